/** Free spins from a terminal: given by a plan, listed, shown, cancelled. */
import { type RunningAggregator, runAggregator } from "@pitboss/engine/gaming/free-spins/run-aggregator.fixture";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { buildTools, type Cli, type CliTools, signIn } from "./run-cli.fixture.ts";

let office: Office;
let aggregator: RunningAggregator;
let tools: CliTools;
let operations: Cli;

beforeAll(async () => {
  [office, tools] = await Promise.all([startOffice(), buildTools()]);
  aggregator = await runAggregator(office);
  await office.casino.restart();
  await aggregator.start();
  operations = await tools.newMachine(office.casino.url());
  await signIn(office, operations, office.people.operations);
});
afterAll(async () => {
  tools.remove();
  await aggregator.kill();
  await office.close();
});

interface Listed {
  readonly rows: readonly { readonly freeSpinsId: string; readonly playerId: string; readonly state: string }[];
}

async function list(...more: string[]): Promise<Listed["rows"]> {
  const { stdout } = await operations.run(
    "provider",
    "freespins",
    "list",
    aggregator.speaks.provider,
    ...more,
    "--json",
  );
  return (JSON.parse(stdout) as Listed).rows;
}

test("players get spins by a plan, once for a campaign, and have them cancelled", async () => {
  const players = await Promise.all([
    office.casino.openPlayer({ EUR: "1.00" }),
    office.casino.openPlayer({ EUR: "1.00" }),
  ]);
  const ids = players.map(({ playerId }) => playerId);
  const { provider, game } = aggregator.speaks;
  const issue = (...more: string[]) =>
    operations.run(
      ...["provider", "freespins", "issue", ...ids, "--provider", provider, "--game", game, "--currency", "EUR"],
      ...["--spins", "10", "--campaign", "spring", "--reason", "Spring campaign", ...more],
    );
  expect((await issue("--dry-run")).code).toBe(0);
  expect(await list()).toEqual([]);
  expect((await issue("--yes")).code).toBe(0);
  await vi.waitFor(
    async () => expect((await list("--state", "ISSUED")).map(({ playerId }) => playerId).sort()).toEqual(ids.sort()),
    { timeout: 30_000, interval: 200 },
  );
  // The same campaign again has nothing to give, and gives nothing.
  expect((await issue("--yes")).code).toBe(0);
  expect(await list()).toHaveLength(2);

  const [first] = await list();
  const shown = await operations.run("provider", "freespins", "show", first?.freeSpinsId ?? "");
  expect(shown.stdout).toContain("Spring campaign");
  const id = first?.freeSpinsId ?? "";
  expect((await operations.run("provider", "freespins", "cancel", id, "--reason", "By mistake", "--yes")).code).toBe(0);
  await vi.waitFor(async () => expect((await list("--state", "CANCELLED"))[0]?.freeSpinsId).toBe(id), {
    timeout: 30_000,
    interval: 200,
  });
});

test("a count that is none is a usage failure", async () => {
  const { code } = await operations.run(
    ...["provider", "freespins", "issue", "p_1", "--provider", "x", "--game", "y", "--currency", "EUR"],
    ...["--spins", "none", "--campaign", "z", "--reason", "Whatever", "--yes"],
  );
  expect(code).toBe(2);
});
