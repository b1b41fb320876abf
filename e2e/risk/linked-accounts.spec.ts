import { openPlayer, showCardOf } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("two accounts that show one card are linked, as a picture and as a table, and a rule finds them", async ({
  signedInAs,
}) => {
  const one = await openPlayer("one of two", "20.00");
  const other = await openPlayer("the other");
  await showCardOf(one, other);

  const risk = await signedInAs("risk");
  await risk.goto(`/players/${one}?tab=links`);
  await expect(risk.getByRole("group", { name: /^Picture of \d+ accounts/ })).toBeVisible();
  const shared = risk.getByRole("region", { name: "What they share" });
  await expect(shared.getByText("Payment instrument").first()).toBeVisible();
  await expect(shared.getByText(other, { exact: true }).first()).toBeVisible();

  await risk.goto("/risk/rules");
  const rule = risk.getByRole("region", { name: "Two accounts on one payment instrument" });
  await rule.getByRole("button", { name: "Change" }).click();
  const dialog = risk.getByRole("dialog", { name: /^shared-instrument, version/ });
  await dialog.getByRole("button", { name: "Dry run" }).click();
  await expect(dialog.getByText(/findings? of \d+ players?/)).toBeVisible();
  await expect(dialog.getByText(other, { exact: true })).toBeVisible();

  const support = await signedInAs("support");
  await support.goto(`/players/${one}`);
  await expect(support.getByRole("tab", { name: "Notes" })).toBeVisible();
  await expect(support.getByRole("tab", { name: "Links" })).toHaveCount(0);
});
