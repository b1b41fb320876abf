import { findWaiting, newIban, payHouse } from "../support/bank-transfers.ts";
import { callEngine } from "../support/casino.ts";
import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { openPlayer, verify } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("a transfer without a reference is credited to the player whom two people find", async ({ signedInAs }) => {
  const playerId = await openPlayer("transferrer");
  await verify(playerId);
  const { reference } = await callEngine("/v1/deposits/bank-references", { playerId });
  const iban = newIban();
  // What bears the reference is credited by itself, and its account is known from then on.
  await payHouse({ amount: "50.00", name: "Ada Byron", iban, reference: String(reference) });
  const cash = async () => {
    const { wallets } = await callEngine(`/v1/wallet?playerId=${playerId}`);
    const all = wallets as { kind: string; currency: string; available: string }[];
    return all.find(({ kind, currency }) => kind === "CASH" && currency === "EUR")?.available;
  };
  await expect.poll(cash).toBe("50.00");

  const finance = await signedInAs("finance");
  await ageSecondFactor("finance", 0);
  const amount = `31.${String(Math.floor(Math.random() * 90) + 10)}`;
  await payHouse({ amount, name: "Ada Byron", iban, remittance: "deposit for my casino account" });
  const creditId = await findWaiting(finance, amount);
  await finance.goto("/bank-transfers?state=IN_INBOX");
  await expect(finance.getByText("No reference", { exact: true }).first()).toBeVisible();
  await finance.goto(`/bank-transfers/${creditId}`);
  await expect(finance.getByText("deposit for my casino account")).toBeVisible();
  await expect(finance.getByRole("link", { name: playerId, exact: true }).first()).toBeVisible();
  await finance.getByRole("button", { name: "Credit to a player" }).click();
  const dialog = finance.getByRole("dialog", { name: "Propose to credit this transfer" });
  await expect(dialog.getByLabel("Player", { exact: true })).toHaveValue(playerId);
  await dialog.getByLabel("Reason").fill("The account is the player's");
  await dialog.getByRole("button", { name: "Credit to a player" }).click();
  await expect(finance).toHaveURL(/\/approvals\/ap_/);
  // Whoever proposed it is not the second person.
  await expect(finance.getByRole("button", { name: "Approve" })).toHaveCount(0);
  expect(await cash()).toBe("50.00");

  const compliance = await signedInAs("compliance");
  await ageSecondFactor("compliance", 0);
  await compliance.goto(new URL(finance.url()).pathname);
  await approve(compliance);
  await expect.poll(async () => Number(await cash())).toBeCloseTo(50 + Number(amount));
  await finance.goto(`/bank-transfers/${creditId}`);
  await expect(finance.getByText("Credited", { exact: true }).first()).toBeVisible();
});
