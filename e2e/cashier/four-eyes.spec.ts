import { callEngine } from "../support/casino.ts";
import { sayYes } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { askForPayout, depositByCard, openPlayer, verify } from "../support/seed-play.ts";
import { askStaffApi, tellStaffApi } from "../support/staff-api.ts";
import { expect, test } from "../support/test.ts";

/** A player with their papers in order, who asks for more than one person may let go. */
async function askForMuch(): Promise<string> {
  const playerId = await openPlayer("magda");
  await verify(playerId);
  await depositByCard(playerId, "8000.00");
  return askForPayout(playerId, "6000.00");
}

test("a large payout is paid once two people have said yes, and one alone is refused in the page and by the engine", async ({
  signedInAs,
}) => {
  const payoutId = await askForMuch();
  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  await sayYes(finance, payoutId, "Papers and statement agree");
  await expect(finance.getByText("You have said yes. Somebody else has to as well.")).toBeVisible();
  await expect(finance.getByRole("button", { name: "Say yes" })).toHaveCount(0);
  const { contentHash } = await askStaffApi<{ contentHash: string }>(finance, "payout.show", { payoutId });
  const again = { payoutId, contentHash, reason: "Once more, by the same person" };
  expect(await tellStaffApi(finance, "payout.approve", again)).toEqual({ code: "APPROVAL_OWN" });

  const second = await signedInAs("finance-2");
  await ageSecondFactor("finance-2", 0);
  await sayYes(second, payoutId, "Seen as well, and nothing is odd");
  await expect
    .poll(async () => (await callEngine(`/v1/payouts/${payoutId}`))["status"], { timeout: 30_000 })
    .toBe("PAID");
  await second.reload();
  await expect(second.getByText("Paid").first()).toBeVisible();
  await expect(second.getByText(/^Demo finance said yes first/)).toBeVisible();
  await expect(second.getByText(/^Demo finance-2 said yes/)).toBeVisible();
});

test("whoever takes the next one from the queue gets its page, and may turn it down with a message for the player", async ({
  signedInAs,
}) => {
  const payoutId = await askForMuch();
  const risk = await signedInAs("risk");
  await ageSecondFactor("risk", 0);
  await risk.goto("/payouts");
  await risk.getByRole("button", { name: "Take the next one" }).click();
  await expect(risk).toHaveURL(/\/payouts\/pay_/);
  await risk.goto(`/payouts/${payoutId}`);
  await risk.getByRole("button", { name: "Reject" }).click();
  const dialog = risk.getByRole("dialog", { name: "Reject this payout" });
  await dialog.getByLabel("Reason").fill("The statement is somebody else's");
  await dialog.getByRole("button", { name: "Reject" }).click();
  await expect(dialog).toBeHidden();
  const payout = await callEngine(`/v1/payouts/${payoutId}`);
  expect(payout["status"]).toBe("REJECTED");
  expect(JSON.stringify(payout)).not.toContain("somebody else");
});
