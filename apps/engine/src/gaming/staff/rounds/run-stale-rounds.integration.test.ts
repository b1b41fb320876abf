import { randomUUID } from "node:crypto";
import { listOpenAlerts } from "@pitboss/db/ops/house-alert-store";
import { ensureLedgerPartitions } from "@pitboss/db/ops/ensure-ledger-partitions";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { loadGameCatalog } from "../../../catalog/game-catalog.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { createLog } from "../../../kernel/log.ts";
import { createMetrics } from "../../../ops/metrics.ts";
import { findLedgerFaults } from "../../../testing/check-ledger.ts";
import { liveGame, type TestPlayer } from "../../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../../testing/start-office.ts";
import { createLanes, type Lanes } from "../../../wallet/lanes.ts";
import { answerText } from "../../present.ts";
import { sideEvents } from "../../side-events.ts";
import { runStaleRounds } from "./run-stale-rounds.ts";
import { sweepWaiting } from "./sweep-waiting.ts";

let office: Office;
let operations: SignedIn;
let risk: SignedIn;
let player: TestPlayer;
let lanes: Lanes;

/** All of this happens three weeks back: an instant is told to the ledger, and the house looks at it from today. */
async function setLedgerBack(): Promise<void> {
  await ensureLedgerPartitions(office.casino.db, new Date(Date.now() - 40 * 86_400_000), 3);
  const owner = new pg.Client({ connectionString: office.casino.databaseUrl });
  await owner.connect();
  await owner.query(
    `CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE RETURN clock_timestamp() - interval '20 days'`,
  );
  await owner.end();
}

beforeAll(async () => {
  office = await startOffice();
  await setLedgerBack();
  const { db, databaseUrl } = office.casino;
  [operations, risk] = await Promise.all([office.signIn(office.people.operations), office.signIn(office.people.risk)]);
  const log = createLog("silent");
  const catalog = await loadGameCatalog(db, log);
  catalog.stop();
  lanes = createLanes({
    databaseUrl,
    count: 2,
    maxBatch: 100,
    maxQueue: 1_000,
    engineId: "stale",
    batch: { games: catalog.rules, answerText, sideEvents },
    log,
    observe: () => undefined,
  });
  while (!lanes.up()) await new Promise((resolve) => setTimeout(resolve, 10));
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await lanes.stop();
  await office.close();
});

beforeEach(async () => {
  player = await office.casino.openPlayer({ EUR: "1000.00" });
});

async function call(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await office.casino.call("POST", path, {
    token: office.casino.operatorKey,
    body: { requestId: randomUUID(), playerId: player.playerId, ...body },
  });
  expect(answer.status).toBe(200);
  return answer.body;
}

async function place(roundId: string, amount = "5.00"): Promise<string> {
  const placed = await call("/v1/bets/place", { roundId, gameId: liveGame, stake: { amount, currency: "EUR" } });
  return String(placed["betId"]);
}

const allow = (mostBets: number, eur: string, autoVoid = true) =>
  operations.api.round.setStalePolicy.mutate({
    provider: "pragm",
    autoVoid,
    mostBets,
    mostAmounts: { EUR: eur },
    runEveryMinutes: 5,
    reason: "Settles within a day",
  });

/** The house as it is this many days from now. */
function later(days: number): StaffDeps {
  const at = Date.now() + days * 86_400_000;
  return { ...office.deps, lanes, clock: { now: () => at } };
}

/** Bets are swept onto the list of those that wait, as the engine does all the time. */
async function sweep(days: number): Promise<void> {
  const { db } = office.casino;
  await db.execute(sql`UPDATE bet_sweep SET swept_to = 0`);
  await db.execute(sql`UPDATE stale_policies SET last_run_at = NULL`);
  await sweepWaiting(later(days));
}

async function run(days = 0): Promise<void> {
  await sweep(days);
  await runStaleRounds(later(days), createMetrics().healing);
}

const statusOf = async (betId: string) => (await risk.api.bet.show.query({ betId })).status;

test("stale bets within the limits are voided by the house itself, with reason and audit, and give the money back", async () => {
  await allow(10, "10.00");
  const bets = [await place("a"), await place("b")];
  await run();
  expect(await Promise.all(bets.map(statusOf))).toEqual(["VOIDED", "VOIDED"]);
  const wallets = await risk.api.player.balances.query({ playerId: player.playerId });
  expect(wallets.find(({ currency, kind }) => currency === "EUR" && kind === "CASH")).toMatchObject({
    available: "1000.00",
    held: "0.00",
  });
  const { rows } = await office.casino.db.execute(
    sql`SELECT actor_kind, actor_id, channel, reason FROM audit_log WHERE action = 'bet.void' AND after->>'bet' = ${bets[0]}`,
  );
  expect(rows).toEqual([
    {
      actor_kind: "system",
      actor_id: "stale-rounds",
      channel: "job",
      reason: "pragm sent no result within 20160 minutes (stale-run v1)",
    },
  ]);
  const [policy] = (await risk.api.round.stalePolicies.query()).filter(({ providerCode }) => providerCode === "pragm");
  expect(policy?.lastFound).toMatchObject({ found: 2, voided: 2, refused: 0, failed: 0, stop: null });
});

test("above the limit of money none is voided, people are told, and two of them void what was left", async () => {
  await allow(10, "9.99");
  const bets = [await place("c"), await place("d")];
  await run();
  expect(await Promise.all(bets.map(statusOf))).toEqual(["HELD", "HELD"]);
  const [alert] = await risk.api.alert.list.query();
  expect(alert).toMatchObject({
    kind: "STALE_BETS",
    subject: "pragm",
    data: { stop: "TOO_MUCH_MONEY", over: "10.00 EUR > 9.99 EUR", bets: 2 },
    acknowledged: null,
  });
  const taken = { alertId: alert?.alertId ?? "", reason: "Calling the provider" };
  await risk.api.alert.acknowledge.mutate(taken);
  expect(await failureOf(operations.api.alert.acknowledge.mutate(taken))).toMatchObject({ code: "NOTHING_CHANGES" });
  await run();
  expect(await risk.api.alert.list.query()).toMatchObject([{ times: 2, acknowledged: { by: "risk" } }]);

  const selection = { by: "stale" as const, provider: "pragm" };
  const plan = await risk.api.bet.planVoid.query({ selection });
  expect(plan).toMatchObject({ count: 2, sums: [{ amount: "10.00", currency: "EUR" }] });
  const { approvalId, contentHash } = await risk.api.bet.proposeVoid.mutate({
    selection,
    plan: plan.hash,
    reason: "The provider confirmed that no result comes",
  });
  // What waits for a second person is no longer the house's to void, nor to warn of.
  await run();
  expect(await Promise.all(bets.map(statusOf))).toEqual(["HELD", "HELD"]);
  expect(await listOpenAlerts(office.casino.db)).toEqual([]);
  await operations.api.approval.approve.mutate({ approvalId, contentHash });
  expect(await Promise.all(bets.map(statusOf))).toEqual(["VOIDED", "VOIDED"]);
});

test("above the limit of bets none is voided", async () => {
  await allow(1, "100.00");
  const bets = [await place("e"), await place("f")];
  await run();
  expect(await Promise.all(bets.map(statusOf))).toEqual(["HELD", "HELD"]);
  expect(await risk.api.alert.list.query()).toMatchObject([{ data: { stop: "TOO_MANY_BETS", bets: 2, more: true } }]);
  await allow(2, "100.00");
  await run();
  expect(await Promise.all(bets.map(statusOf))).toEqual(["VOIDED", "VOIDED"]);
  expect(await risk.api.alert.list.query()).toEqual([]);
});

test("a round of which the provider has told a part is left to people, and so is one that is not old enough", async () => {
  await allow(10, "100.00");
  const lost = await place("g");
  const open = await place("g");
  await call("/v1/rounds/settle", {
    roundId: "g",
    gameId: liveGame,
    closed: false,
    bets: [{ betId: lost, outcome: "LOSE" }],
  });
  await run();
  expect(await statusOf(open)).toBe("HELD");
  const young = await place("h");
  await run(-7);
  expect(await statusOf(young)).toBe("HELD");
  await run(-5);
  expect(await statusOf(young)).toBe("VOIDED");
});

test("two engines at once make one run", async () => {
  await allow(10, "100.00");
  await place("i");
  const { db } = office.casino;
  await sweep(0);
  const before = await db.execute(sql`SELECT count(*)::int AS runs FROM stale_runs`);
  const metrics = createMetrics().healing;
  await Promise.all([1, 2].map(() => runStaleRounds(later(0), metrics)));
  const after = await db.execute(sql`SELECT count(*)::int AS runs FROM stale_runs`);
  expect(Number(after.rows[0]?.["runs"]) - Number(before.rows[0]?.["runs"])).toBe(1);
});

test("how long a provider may be without a result is changed with the rest, and stays as it is where it is not named", async () => {
  const change = { provider: "pragm", autoVoid: false, mostBets: 1, mostAmounts: {}, runEveryMinutes: 60 };
  const staleOf = async () =>
    (await operations.api.round.stalePolicies.query()).find(({ providerCode }) => providerCode === "pragm")
      ?.staleAfterMinutes;
  const before = await staleOf();
  const set = (staleAfterMinutes?: number) =>
    operations.api.round.setStalePolicy.mutate({
      ...change,
      ...(staleAfterMinutes === undefined ? {} : { staleAfterMinutes }),
      reason: "As their contract has it",
    });
  await set(2_880);
  expect(await staleOf()).toBe(2_880);
  await set();
  expect(await staleOf()).toBe(2_880);
  expect(await failureOf(set(60))).toMatchObject({ code: "REQUEST_INVALID" });
  await set(before);
});

test("a limit that is no amount of its currency is refused", async () => {
  const change = { provider: "pragm", autoVoid: true, mostBets: 1, runEveryMinutes: 60, reason: "Trying it out" };
  expect(
    await failureOf(operations.api.round.setStalePolicy.mutate({ ...change, mostAmounts: { JPY: "1.50" } })),
  ).toMatchObject({ code: "AMOUNT_INVALID" });
  expect(
    await failureOf(operations.api.round.setStalePolicy.mutate({ ...change, provider: "nobody", mostAmounts: {} })),
  ).toMatchObject({ code: "PROVIDER_NOT_FOUND" });
});
