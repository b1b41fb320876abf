/** Reports from a terminal, over a whole engine with its background and the embedded store. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { liveGame } from "@pitboss/engine/testing/start-casino";
import { type Office, startOffice } from "@pitboss/engine/testing/start-office";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildTools, type Cli, type CliTools, signIn } from "../run-cli.fixture.ts";

let office: Office;
let tools: CliTools;
let finance: Cli;
let operations: Cli;
const today = new Date().toISOString().slice(0, 10);
const period = ["--from", today, "--to", today];

beforeAll(async () => {
  tools = await buildTools();
  office = await startOffice({ REPORTS: "on" });
  [finance, operations] = (await Promise.all([0, 1].map(() => tools.newMachine(office.casino.url())))) as [Cli, Cli];
  await signIn(office, finance, office.people.finance);
  await signIn(office, operations, office.people.operations);
  await play();
}, 120_000);
afterAll(async () => {
  await office.close();
  tools.remove();
});

/** A bet of 10.00 that wins 36.00, and one of 100.00 that loses. */
async function play(): Promise<void> {
  const { casino } = office;
  const player = await casino.openPlayer({ EUR: "500.00" });
  for (const [round, stake, outcome, payout] of [
    ["r1", "10.00", "WIN", "36.00"],
    ["r2", "100.00", "LOSE", "0.00"],
  ] as const) {
    const common = { playerId: player.playerId, roundId: round, gameId: liveGame };
    const send = (path: string, body: object) =>
      casino.call("POST", path, { token: casino.operatorKey, body: { ...common, ...body } });
    const placed = await send("/v1/bets/place", { requestId: `${round}-p`, stake: { amount: stake, currency: "EUR" } });
    const bet = { betId: placed.body["betId"], outcome, payout: { amount: payout, currency: "EUR" } };
    await send("/v1/rounds/settle", { requestId: `${round}-s`, bets: [bet] });
  }
}

test("figures come within seconds, with their totals and how fresh they are", async () => {
  await expect
    .poll(
      async () =>
        JSON.parse((await finance.run("report", "ggr", ...period, "--by", "game", "--json")).stdout || "{}") as unknown,
      {
        timeout: 30_000,
        interval: 500,
      },
    )
    .toMatchObject({
      totals: [
        { currency: "EUR", bets: "2", players: "1", turnover: "110.00", wins: "36.00", ggr: "74.00", rtp: "0.327273" },
      ],
    });
  const shown = await finance.run("report", "ggr", ...period, "--by", "game");
  expect(shown.stdout).toMatch(/live_roulette +EUR +2 +1 +110\.00 +36\.00 +74\.00/);
  expect(shown.stderr).toMatch(/As of the newest event|batches of events are not in it yet/);
}, 60_000);

test("a figure opens into its transactions", async () => {
  const { stdout } = await finance.run("report", "facts", ...period, "--game", liveGame, "--json");
  expect((JSON.parse(stdout) as { rows: unknown[] }).rows).toMatchObject([
    { kind: "SETTLED", stake: "100.00", win: "0.00", ggr: "100.00" },
    { kind: "SETTLED", stake: "10.00", win: "36.00", ggr: "-26.00", gameId: liveGame },
  ]);
});

test("a day that is not over is not closed, and what can't be meant is said before anything is asked", async () => {
  const closed = await finance.run("report", "tie-out", today);
  expect([closed.code, closed.stderr]).toEqual([3, expect.stringContaining("not over")]);
  const wrong = await finance.run("report", "ggr", ...period, "--by", "colour");
  expect(wrong.code).toBe(2);
});

test("figures and facts are had as files, in the formats that each can be", async () => {
  const folder = finance.configDir;
  const files = [
    ["figures", "xlsx", "PK"],
    ["figures", "pdf", "%PDF"],
    ["figures", "csv", "Game,Currency,Bets"],
    ["facts", "parquet", "PAR1"],
    ["facts", "csv", "transactionId,line"],
  ] as const;
  for (const [what, format, begins] of files) {
    const out = join(folder, `${what}.${format}`);
    const more = what === "figures" ? ["--by", "game"] : [];
    const words = [...period, "--format", format, "--out", out, "--reason", "For the month", "--json", ...more];
    const { code, stderr, stdout } = await finance.run("export", what, ...words);
    expect([what, format, code, stderr]).toEqual([what, format, 0, expect.any(String)]);
    const bytes = await readFile(out);
    expect([what, format, bytes.subarray(0, begins.length).toString()]).toEqual([what, format, begins]);
    // A deposit, and two settlements; figures are by game, and money beside games is no game's.
    expect([what, format, (JSON.parse(stdout) as { rows: string }).rows]).toEqual([
      what,
      format,
      what === "facts" ? "3" : "2",
    ]);
  }
  const csv = await readFile(join(folder, "figures.csv"), "utf8");
  expect(csv).toContain("live_roulette,EUR,2,1,110.00,36.00,74.00,74.00");
  const refused = await finance.run("export", "facts", ...period, "--format", "pdf", "--reason", "For the month");
  expect(refused.code).toBe(2);
}, 90_000);

test("the facts are made anew, and are what they were", async () => {
  const refused = await finance.run("report", "rebuild", "--reason", "To be sure", "--yes");
  expect(refused.code).toBe(4);
  const { code, stdout, stderr } = await operations.run(
    "report",
    "rebuild",
    "--reason",
    "To be sure",
    "--yes",
    "--json",
  );
  expect([code, stderr.includes("Refused")]).toEqual([0, false]);
  expect(stdout).toContain('"identical": true');
}, 60_000);

test("a CSV has head lines of zone and filters where they are asked for, and none otherwise", async () => {
  for (const more of [[], ["--preamble"]]) {
    const file = join(finance.configDir, `figures${more.length}.csv`);
    const order = ["figures", ...period, "--format", "csv", "--out", file, "--reason", "Monthly close", ...more];
    await finance.run("export", ...order, "--json");
    const text = await readFile(file, "utf8");
    expect(text.startsWith("#")).toBe(more.length === 1);
    if (more.length === 1) expect(text).toContain(`# Days: ${today} to ${today}, of UTC\r\n# Filters: none\r\n`);
  }
});

test("a day that is not tied out is not for a regulator, and the answer names it", async () => {
  const told = await finance.run(
    ...["export", "regulator", ...period, "--jurisdiction", "MT", "--reason", "Monthly report", "--json"],
  );
  expect(told.code).toBe(3);
  expect(told.stderr + told.stdout).toContain("DAYS_NOT_TIED");
});

test("a report is scheduled, paused, resumed and deleted", async () => {
  const create = ["export", "schedule", "create", "--name", "Daily", "--list", "figures", "--every", "daily"];
  const stranger = await finance.run(...create, "--to", "nobody@example.test", "--reason", "Each morning", "--json");
  expect(stranger.code).not.toBe(0);
  const made = await finance.run(...create, "--zone", "Europe/Malta", "--reason", "Each morning", "--json");
  const { scheduleId } = JSON.parse(made.stdout) as { scheduleId: string };
  const listed = async () =>
    (JSON.parse((await finance.run("export", "schedule", "list", "--json")).stdout) as { rows: object[] }).rows;
  expect(await listed()).toMatchObject([{ scheduleId, status: "ACTIVE", timing: { zone: "Europe/Malta", hour: 6 } }]);
  for (const [change, rows] of [
    ["pause", [{ status: "PAUSED", nextDueAt: null }]],
    ["resume", [{ status: "ACTIVE" }]],
    ["delete", []],
  ] as const) {
    await finance.run("export", "schedule", change, scheduleId, "--reason", "A test of it", "--json");
    expect(await listed()).toMatchObject(rows);
  }
});
