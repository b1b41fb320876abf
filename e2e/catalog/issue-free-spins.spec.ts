/** On a provider's page: players are given free spins, once for a campaign, and have them cancelled. */
import { randomUUID } from "node:crypto";
import { callEngine } from "../support/casino.ts";
import { ageSecondFactor } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

interface Players {
  readonly players: readonly { readonly playerId: string }[];
}

const provider = "softswiss_demo";

test("free spins are given to a player by a plan, and cancelled", async ({ signedInAs }) => {
  const { players } = (await callEngine("/v1/demo/players")) as unknown as Players;
  // The last of them: the first ones are what other specs lock and exclude.
  const playerId = players.at(-1)?.playerId ?? "";
  const page = await signedInAs("operations");
  await ageSecondFactor("operations", 0);
  await page.goto(`/providers/${provider}`);
  const section = page.getByRole("region", { name: "Free spins" });
  await section.getByRole("button", { name: "Issue free spins" }).click();
  const form = page.getByRole("dialog", { name: "Free spins for players" });
  await form.getByLabel("Players").fill(playerId);
  await form.getByLabel("Campaign").fill(randomUUID());
  await form.getByLabel("Valid for, days").fill("6");
  await form.getByRole("button", { name: "Preview" }).click();
  const plan = page.getByRole("dialog", { name: "Free spins for players" });
  await expect(plan).toContainText("10 free spins in softswiss_wheel");
  await plan.getByLabel("Reason").fill("A welcome for the spring");
  await plan.getByRole("button", { name: /^Issue free spins/ }).click();
  await plan.getByRole("button", { name: "Close" }).last().click();

  // The newest stands first.
  const row = section
    .getByRole("row")
    .filter({ has: page.locator(`a[href="/players/${playerId}"]`) })
    .first();
  await expect(row).toContainText("10 spins in softswiss_wheel");
  await expect(row).toContainText("Issued");
  await row.getByRole("button", { name: /^Cancel/ }).click();
  const cancelling = page.getByRole("dialog", { name: "Cancel free spins" });
  await cancelling.getByLabel("Reason").fill("Given by mistake");
  await cancelling.getByRole("button", { name: "Cancel (1)" }).click();
  await cancelling.getByRole("button", { name: "Close" }).last().click();
  await section.getByRole("button", { name: "All" }).click();
  await expect(row).toContainText("Cancelled");
});
