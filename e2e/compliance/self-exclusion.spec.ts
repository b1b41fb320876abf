import { randomUUID } from "node:crypto";
import { callEngine } from "../support/casino.ts";
import { openPlayer } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("a player whom support excludes bets and deposits no more, and compliance reads why", async ({ signedInAs }) => {
  const playerId = await openPlayer("excluded", "20.00");
  const support = await signedInAs("support");
  await support.goto(`/players/${playerId}?tab=rg`);
  await expect(support.getByText("Never excluded")).toBeVisible();
  await support.getByRole("button", { name: "Exclude" }).click();
  const dialog = support.getByRole("dialog", { name: "Exclude" });
  await dialog.getByLabel("How").click();
  await support.getByRole("option", { name: "Self-exclusion" }).click();
  await dialog.getByLabel("Days").fill("180");
  await dialog.getByLabel("Reason").fill("Asked for it on the phone");
  await dialog.getByRole("button", { name: "Exclude" }).click();
  await expect(support.getByText("Self-exclusion, until it is lifted")).toBeVisible();

  const bet = {
    requestId: randomUUID(),
    playerId,
    roundId: `R-${randomUUID()}`,
    gameId: "pragm_live_roulette",
    selection: [],
    stake: { amount: "1.00", currency: "EUR" },
  };
  await expect(callEngine("/v1/bets/place", bet)).rejects.toThrow(/SELF_EXCLUDED/);
  const deposit = {
    requestId: randomUUID(),
    playerId,
    amount: { amount: "10.00", currency: "EUR" },
    method: "card",
    token: `pm_card_visa_${playerId}`,
  };
  await expect(callEngine("/v1/deposits", deposit)).rejects.toThrow(/SELF_EXCLUDED/);

  const compliance = await signedInAs("compliance");
  await compliance.goto("/rg");
  await expect(compliance.getByRole("table").getByText(playerId, { exact: true })).toBeVisible();
});
