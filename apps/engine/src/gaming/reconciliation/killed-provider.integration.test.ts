/**
 * A provider that is killed in the middle of its day and goes on: its file and the house's rounds agree to the last one,
 * and what is put wrong on purpose is found, all of it and nothing else.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../demo/open-demo-providers.ts";
import { planRound } from "../../demo/play/provider-day.ts";
import { findLedgerFaults } from "../../testing/check-ledger.ts";
import { type Office, type SignedIn, startOffice } from "../../testing/start-office.ts";

const rounds = 600;
const disorderPercent = 5;
const day = new Date().toISOString().slice(0, 10);
const script = join(import.meta.dirname, "../../simulate-provider.ts");
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

/** Starts the provider's process, and kills it as soon as it has finished so many rounds more. */
async function runProvider(seed: string, lost: readonly number[], kills: readonly number[]): Promise<string[]> {
  const [settings, journal, file] = ["settings.json", "journal", "rounds.csv"].map((name) =>
    join(folder, `${seed}-${name}`),
  );
  if (settings === undefined || journal === undefined || file === undefined) throw new Error("three names");
  const engineUrl = office.casino.url();
  writeFileSync(
    settings,
    JSON.stringify({ ...provider, engineUrl, players, seed, rounds, disorderPercent, lost, journal, file }),
  );
  const done = (): number => (existsSync(journal) ? readFileSync(journal, "utf8").split("\n").length - 1 : 0);
  for (const kill of [...kills, undefined]) {
    const child: ChildProcess = spawn(process.execPath, [script, settings], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr?.on("data", (bytes: Buffer) => (said += bytes.toString()));
    const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
    if (kill !== undefined) {
      while (done() < kill && child.exitCode === null) await sleep(5);
      expect(child.exitCode, said).toBeNull();
      child.kill("SIGKILL");
      await ended;
      expect(existsSync(file)).toBe(false);
    } else expect(await ended, said).toBe(0);
  }
  return readFileSync(file, "utf8").trim().split("\n");
}

async function compare(lines: readonly string[]) {
  const file = { format: "csv" as const, text: lines.join("\n") };
  const plan = await staff.api.roundRecon.plan.mutate({ provider: provider.provider, day, file });
  const run = await staff.api.roundRecon.run.mutate({
    provider: provider.provider,
    day,
    file,
    reason: "The daily file",
  });
  return { plan, run };
}

test("killed twice and resumed, its day agrees round for round", { timeout: 300_000 }, async () => {
  const lines = await runProvider("a", [], [Math.floor(rounds / 4), Math.floor(rounds / 2)]);
  expect(lines).toHaveLength(rounds + 1);
  const planned = Array.from({ length: rounds }, (_, index) => planRound({ seed: "a", disorderPercent }, index));
  expect(planned.filter(({ disorder }) => disorder !== null).length).toBeGreaterThan(rounds / 50);
  const { run } = await compare(lines);
  expect(run).toMatchObject({ state: "CLEAN", matched: rounds, open: 0 });

  // Faults in the file, each in a round of its own that was settled.
  const faulty = planned.flatMap(({ status }, index) => (status === "CLOSED" ? [index] : [])).slice(0, 40);
  const wrong = lines.flatMap((line, at) => {
    const kind = faulty.indexOf(at - 1) % 4;
    const [round, player, bets = "", wins = "", ...rest] = line.split(",");
    if (kind === 0) return [line, line];
    if (kind === 1) return [[round, player, bets, `1${wins}`, ...rest].join(",")];
    if (kind === 2) return [[round, player, bets, wins, "EUR", "cancelled"].join(",")];
    if (kind === 3) return [line, [`${round ?? ""}x`, player, bets, wins, ...rest].join(",")];
    return [line];
  });
  const found = await compare(wrong);
  expect(found.plan.byType).toEqual({
    ROUND_DUPLICATED: 10,
    ROUND_AMOUNT_DIFFERS: 10,
    ROUND_STATUS_DIFFERS: 10,
    ROUND_MISSING_HERE: 10,
  });
  // The right file of the day clears what the wrong one had brought up.
  expect((await compare(lines)).run).toMatchObject({ state: "CLEAN", cleared: 40, open: 0 });
});

test("calls that got lost on the way are found, round by round", { timeout: 300_000 }, async () => {
  const settled = (index: number): boolean => planRound({ seed: "b", disorderPercent }, index).disorder === null;
  const lost = Array.from({ length: 100 }, (_, index) => index)
    .filter(settled)
    .slice(0, 20);
  const lines = await runProvider("b", lost, [Math.floor(rounds / 3)]);
  const a = readFileSync(join(folder, "a-rounds.csv"), "utf8").trim().split("\n");
  const { run } = await compare([...a, ...lines.slice(1)]);
  expect(run).toMatchObject({ state: "BREAKS", matched: 2 * rounds - lost.length, open: lost.length });
  const { rows } = await staff.api.recon.breaks.query({ source: "provider", group: "open", limit: 100 });
  const expected = lost.map((index) => planRound({ seed: "b", disorderPercent }, index).round);
  expect(rows.map(({ type, subject }) => `${type} ${subject["roundId"] ?? ""}`).sort()).toEqual(
    expected.map((round) => `ROUND_STATUS_DIFFERS ${round}`).sort(),
  );
});
