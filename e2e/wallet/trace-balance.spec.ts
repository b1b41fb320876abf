import { readPlayed } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("a balance is explained by the transactions that led to it, each the one before plus its change", async ({
  signedInAs,
}) => {
  const { playerId, cash } = readPlayed();
  const page = await signedInAs("support");
  await page.goto(`/players/${playerId}`);
  await page.getByRole("link", { name: "Explain the balance Cash in EUR" }).click();
  await expect(page.getByRole("heading", { name: /Cash balance in EUR, explained/ })).toBeVisible();
  await expect(page.getByText("On this page each balance is the one before it plus its change.")).toBeVisible();

  const chain = page.getByRole("table", { name: "Chain of transactions" });
  await expect(chain.getByRole("row", { name: /Deposit/ })).toBeVisible();
  await expect(chain.getByRole("row", { name: /Payout/ })).toBeVisible();
  await expect(chain.getByRole("row").nth(1)).toContainText(cash);
});

test("a transaction shows its postings, which sum to zero, and its proof", async ({ signedInAs }) => {
  const page = await signedInAs("finance");
  await page.goto(`/ledger?player=${readPlayed().playerId}`);
  await page
    .getByRole("table", { name: "Ledger" })
    .getByRole("row", { name: /Payout/ })
    .getByRole("link")
    .first()
    .click();
  await expect(page).toHaveURL(/\/ledger\/tx_/);
  await expect(page.getByRole("group", { name: "Postings" })).toBeVisible();
});
