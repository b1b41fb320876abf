import { callEngine } from "../support/casino.ts";
import { ageSecondFactor } from "../support/people.ts";
import { expect, test } from "../support/test.ts";

interface Lobby {
  readonly categories: readonly {
    readonly games: readonly { readonly provider: string; readonly available: boolean }[];
  }[];
}

/** Whether each of the provider's games can be started, as players see it. */
async function readAvailable(provider: string): Promise<boolean[]> {
  const { categories } = (await callEngine("/v1/lobby")) as unknown as Lobby;
  return categories
    .flatMap(({ games }) => games)
    .filter((game) => game.provider === provider)
    .map(({ available }) => available);
}

test("a provider is paused with a reason, the lobby shows it, and it goes on again", async ({ signedInAs }) => {
  const provider = "evolution_demo";
  const before = await readAvailable(provider);
  expect(before.length).toBeGreaterThan(0);
  expect(before.every(Boolean)).toBe(true);

  const page = await signedInAs("operations");
  await ageSecondFactor("operations", 0);
  await page.goto(`/providers/${provider}`);
  await page.getByRole("button", { name: "Pause", exact: true }).click();
  const pausing = page.getByRole("dialog", { name: "Take no more bets" });
  await pausing.getByLabel("Reason").fill("Its results come late");
  await pausing.getByRole("button", { name: /^Pause/ }).click();
  await pausing.getByRole("button", { name: "Close" }).last().click();
  await expect.poll(async () => (await readAvailable(provider)).some(Boolean)).toBe(false);

  await page.getByRole("button", { name: "Take bets again", exact: true }).click();
  const resuming = page.getByRole("dialog", { name: "Take bets again" });
  await resuming.getByLabel("Reason").fill("Its results come in time again");
  await resuming.getByRole("button", { name: /^Take bets again/ }).click();
  await resuming.getByRole("button", { name: "Close" }).last().click();
  await expect.poll(async () => (await readAvailable(provider)).every(Boolean)).toBe(true);
});
