import { approve } from "../support/decide.ts";
import { ageSecondFactor } from "../support/people.ts";
import { openPlayer } from "../support/seed-play.ts";
import { expect, test } from "../support/test.ts";

test("a limit profile changes by two people, who both see what it changes, and then explains a stake", async ({
  signedInAs,
}) => {
  const playerId = await openPlayer("bounded", "20.00");
  const risk = await signedInAs("risk");
  await ageSecondFactor("risk", 0);
  await risk.goto("/limit-profiles");
  await risk.getByRole("region", { name: "DEFAULT" }).getByRole("button", { name: "Propose a change" }).click();
  const dialog = risk.getByRole("dialog", { name: /^Propose version \d+ of DEFAULT$/ });
  const rows = dialog.getByLabel("Rules");
  await rows.fill(`${await rows.inputValue()}\nbetMax EUR 321.00 player=${playerId}`);
  await dialog.getByRole("button", { name: "Show the difference" }).click();
  await expect(dialog.getByText(`betMax EUR ${playerId}`)).toBeVisible();
  await dialog.getByLabel("Reason").fill("Asked for a bound of their own");
  await dialog.getByRole("button", { name: "Propose", exact: true }).click();
  await expect(risk).toHaveURL(/\/approvals\/ap_/);
  await expect(risk.getByRole("button", { name: "Approve" })).toHaveCount(0);
  const path = new URL(risk.url()).pathname;

  const compliance = await signedInAs("compliance");
  await ageSecondFactor("compliance", 0);
  await compliance.goto(path);
  await expect(compliance.getByRole("cell", { name: `betMax EUR ${playerId}` })).toBeVisible();
  await approve(compliance);

  await compliance.goto(`/players/${playerId}?tab=rg`);
  await expect(compliance.getByRole("region", { name: "Explain limits" }).getByText("321.00").first()).toBeVisible();
});
