/**
 * A provider that is killed in the middle of its day and goes on: its file and the house's rounds agree to the last one,
 * and what is put wrong on purpose is found, all of it and nothing else.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../demo/open-demo-providers.ts";
import { planRound } from "../../demo/play/provider-day.ts";
import { playDay, type ProviderDay } from "../../simulation/provider-day/play-day.ts";
import { type Compared, proveDay, spoilFile } from "../../simulation/provider-day/prove-day.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

const rounds = 600;
const disorderPercent = 5;
const day = new Date().toISOString().slice(0, 10);
let office: Office;
let provider: DemoProvider;
let staff: SignedIn;
let folder: string;
const players: { readonly playerId: string; readonly session: string }[] = [];

beforeAll(async () => {
  office = await startOffice({ RATE_LIMIT_ADDRESS: "1000000" });
  folder = mkdtempSync(join(tmpdir(), "pitboss-provider-"));
  const { casino } = office;
  const opened = await openDemoProviders(casino.db, office.deps.vault, { EUR: { min: "0.10", max: "1000.00" } });
  const found = opened.find(({ dialect }) => dialect === "hub88");
  if (found === undefined) throw new Error("the demo has a provider for each dialect");
  provider = found;
  await casino.restart({ RATE_LIMIT_ADDRESS: "1000000" });
  for (let made = 0; made < 8; made += 1) {
    const { playerId } = await casino.openPlayer({ EUR: "90000.00" });
    const body = { playerId, gameId: provider.game, currency: "EUR" };
    const answer = await casino.call("POST", "/v1/game-sessions", { token: casino.operatorKey, body });
    players.push({ playerId, session: String(answer.body["token"]) });
  }
  staff = await office.signIn(office.people.operations);
}, 120_000);
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
  rmSync(folder, { recursive: true });
});

function dayOf(seed: string, lost: readonly number[], kills: readonly number[]): ProviderDay {
  return { provider, engineUrl: office.casino.url(), players, folder, seed, rounds, disorderPercent, lost, kills };
}

async function compare(lines: readonly string[]): Promise<Compared> {
  const file = { format: "csv" as const, text: lines.join("\n") };
  const asked = { provider: provider.provider, day, file };
  const plan = await staff.api.roundRecon.plan.mutate(asked);
  const run = await staff.api.roundRecon.run.mutate({ ...asked, reason: "The daily file" });
  const { rows } = await staff.api.recon.breaks.query({ source: "provider", group: "open", limit: 100 });
  // What was shown beforehand is what was found.
  expect(sumUp(Object.values(plan.byType))).toBe(run.open);
  const breaks = rows.map(({ type, subject }) => `${type} ${subject["roundId"] ?? ""}`);
  return { state: run.state, matched: Number(run.matched), open: run.open, cleared: run.cleared, breaks };
}

function sumUp(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

test("killed twice and resumed, its day agrees round for round, and each fault in its file is found", {
  timeout: 300_000,
}, async () => {
  const planned = Array.from({ length: rounds }, (_, index) => planRound({ seed: "a", disorderPercent }, index));
  expect(planned.filter(({ disorder }) => disorder !== null).length).toBeGreaterThan(rounds / 50);
  const plan = dayOf("a", [], [Math.floor(rounds / 4), Math.floor(rounds / 2)]);
  const lines = await playDay(plan);
  expect(lines).toHaveLength(rounds + 1);
  expect(await proveDay(plan, lines, 40, compare)).toEqual([]);
  // Ten of each kind.
  const { breaks } = spoilFile(plan, lines, 40);
  const kinds = new Map<string, number>();
  for (const [kind = ""] of breaks.map((one) => one.split(" "))) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  expect([...kinds.values()]).toEqual([10, 10, 10, 10]);
});

test("calls that got lost on the way are found, round by round", { timeout: 300_000 }, async () => {
  const settled = (index: number): boolean => planRound({ seed: "b", disorderPercent }, index).disorder === null;
  const lost = Array.from({ length: 100 }, (_, index) => index)
    .filter(settled)
    .slice(0, 20);
  const lines = await playDay(dayOf("b", lost, [Math.floor(rounds / 3)]));
  const a = readFileSync(join(folder, "a-rounds.csv"), "utf8").trim().split("\n");
  const expected = lost.map((index) => planRound({ seed: "b", disorderPercent }, index).round);
  const compared = await compare([...a, ...lines.slice(1)]);
  expect(compared).toMatchObject({ state: "BREAKS", matched: 2 * rounds - lost.length, open: lost.length });
  expect([...compared.breaks].sort()).toEqual(expected.map((round) => `ROUND_STATUS_DIFFERS ${round}`).sort());
});
