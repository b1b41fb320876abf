import { randomUUID } from "node:crypto";
import { ensureLedgerPartitions } from "@pitboss/db/ops/ensure-ledger-partitions";
import { sql } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { findLedgerFaults } from "../../../testing/check-ledger.ts";
import { liveGame, type TestPlayer } from "../../../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../../../testing/start-office.ts";
import { sweepWaiting } from "./sweep-waiting.ts";

let office: Office;
let risk: SignedIn;
let operations: SignedIn;
let player: TestPlayer;

/** The instant that bets are placed at: the ledger's clock runs this far behind. */
async function setBack(by: string): Promise<void> {
  // Only the owner of the function can do this: the engine's own role may not even try.
  const owner = new pg.Client({ connectionString: office.casino.databaseUrl });
  await owner.connect();
  await owner.query(
    `CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE RETURN clock_timestamp() - interval '${by}'`,
  );
  await owner.end();
}

beforeAll(async () => {
  office = await startOffice();
  await ensureLedgerPartitions(office.casino.db, new Date(Date.now() - 40 * 86_400_000), 3);
  await setBack("20 days");
  [risk, operations] = await Promise.all([office.signIn(office.people.risk), office.signIn(office.people.operations)]);
  player = await office.casino.openPlayer({ EUR: "1000.00" });
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

async function call(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await office.casino.call("POST", path, {
    token: office.casino.operatorKey,
    body: { requestId: randomUUID(), playerId: player.playerId, ...body },
  });
  expect(answer.status).toBe(200);
  return answer.body;
}

async function place(roundId: string, stake = "5.00"): Promise<string> {
  const placed = await call("/v1/bets/place", { roundId, gameId: liveGame, stake: { amount: stake, currency: "EUR" } });
  return String(placed["betId"]);
}

const settle = (roundId: string, bets: readonly object[], closed: boolean): Promise<unknown> =>
  call("/v1/rounds/settle", { roundId, gameId: liveGame, closed, bets });

const inbox = async (box: "WAITING" | "LATE_WINS" | "TOMBSTONES" = "WAITING") => {
  // The engine has swept up to ten minutes ago already, and these bets were placed before that only afterwards.
  await office.casino.db.execute(sql`UPDATE bet_sweep SET swept_to = 0`);
  await sweepWaiting(office.deps);
  return (await risk.api.round.troubles.query({ box })).rows;
};

test("a round is found by its age, explained, and voided by two people", async () => {
  await place("stale");
  await place("stale", "2.00");
  await setBack("3 hours");
  const lost = await place("half");
  await place("half");
  await settle("half", [{ betId: lost, outcome: "LOSE" }], false);
  const done = await place("done");
  await settle("done", [{ betId: done, outcome: "LOSE" }], true);
  await setBack("30 minutes");
  await place("young");
  await setBack("0 minutes");

  expect(await inbox()).toMatchObject([
    {
      roundId: "stale",
      trouble: "STALE",
      cause: "NO_RESULT",
      action: "VOID",
      bets: 2,
      amount: { amount: "7.00", currency: "EUR" },
      playerId: player.playerId,
      approvalId: null,
    },
    { roundId: "half", trouble: "STUCK", cause: "PARTLY_SETTLED", action: "ASK_PROVIDER", bets: 1 },
  ]);
  const first = await risk.api.round.troubles.query({ limit: 1 });
  expect(first.rows).toHaveLength(1);
  const second = await risk.api.round.troubles.query({ limit: 1, cursor: first.next });
  expect(second).toMatchObject({ rows: [{ roundId: "half" }], next: null });

  const [stale] = first.rows;
  const selection = {
    by: "round" as const,
    playerId: player.playerId,
    provider: stale?.provider ?? "",
    roundId: "stale",
  };
  const { approvalId, contentHash } = await risk.api.bet.proposeVoid.mutate({ selection, reason: "No result came" });
  expect((await inbox())[0]).toMatchObject({ roundId: "stale", action: "DECIDE_PROPOSAL", approvalId });
  await operations.api.approval.approve.mutate({ approvalId, contentHash });
  expect((await inbox()).map(({ roundId }) => roundId)).toEqual(["half"]);
});

test("a bet that the provider left without a result when it closed the round says so", async () => {
  await office.casino.db.execute(sql`UPDATE providers SET stuck_after_minutes = 10`);
  const forgotten = (await inbox()).find(({ roundId }) => roundId === "young");
  expect(forgotten).toMatchObject({ trouble: "STUCK", cause: "NO_RESULT" });
  await settle("young", [], true);
  expect((await inbox()).find(({ roundId }) => roundId === "young")).toMatchObject({ cause: "CLOSED_WITHOUT_RESULT" });
});

test("a result that comes after its round was closed is booked, shown, and no longer waited for", async () => {
  const betId = (await inbox()).find(({ roundId }) => roundId === "young")?.betId;
  await settle("young", [{ betId, outcome: "WIN", payout: { amount: "8.00", currency: "EUR" } }], true);
  expect(await inbox("LATE_WINS")).toMatchObject([
    { roundId: "young", betId, trouble: "LATE_WIN", action: "COMPARE_ROUND", amount: { amount: "8.00" } },
  ]);
  expect((await inbox()).map(({ roundId }) => roundId)).not.toContain("young");
});

test("a rollback before its bet is shown until the bet has met it", async () => {
  const placeRequestId = randomUUID();
  const rollbackId = randomUUID();
  await call("/v1/bets/rollback", { requestId: rollbackId, placeRequestId });
  expect(await inbox("TOMBSTONES")).toMatchObject([
    { requestId: rollbackId, playerId: player.playerId, cause: "BET_NEVER_CAME", action: "COMPARE_ROUND" },
  ]);
  const late = await office.casino.call("POST", "/v1/bets/place", {
    token: office.casino.operatorKey,
    body: {
      requestId: placeRequestId,
      playerId: player.playerId,
      roundId: "late",
      gameId: liveGame,
      stake: { amount: "1.00", currency: "EUR" },
    },
  });
  expect(late.body["code"]).toBe("BET_ROLLED_BACK");
  expect(await inbox("TOMBSTONES")).toMatchObject([{ cause: "BET_CAME_AFTER_ROLLBACK", action: "NONE" }]);
});

test("a cursor that none was given is refused", async () => {
  expect(await failureOf(risk.api.round.troubles.query({ cursor: "99999999999999999999" }))).toMatchObject({
    code: "CURSOR_INVALID",
  });
});

test("what was compared is taken out with a reason, what is too old is proposed to be voided, and what waits stays", async () => {
  const reason = "Compared with the provider's round";
  const show = (targets: string[]) => operations.api.plan.roundResolve.show.query({ targets, params: {} });
  const carryOut = async (targets: string[]) => {
    const { hash: plan, items } = await show(targets);
    return operations.api.plan.roundResolve.carryOut.mutate({ plan, items: [...items], params: {}, reason });
  };
  const [late] = await inbox("LATE_WINS");
  const [tombstone] = await inbox("TOMBSTONES");
  const half = (await inbox()).find(({ roundId }) => roundId === "half");
  const ids = [late, tombstone, half].map((row) => row?.troubleId ?? "");
  expect((await show([ids[2] ?? "", "bet_zzzz.7"])).leftOut).toMatchObject([
    { id: ids[2], code: "ROUND_STILL_WAITS" },
    { id: "bet_zzzz.7", code: "RECORD_NOT_FOUND" },
  ]);
  await office.casino.db.execute(sql`UPDATE providers SET stale_after_minutes = 60`);
  const plan = await show(ids);
  expect(plan.items).toMatchObject([
    { id: ids[0], before: { trouble: "LATE_WIN", paid: "8.00 EUR" }, after: { state: "RESOLVED" } },
    { id: ids[1], before: { trouble: "TOMBSTONE" } },
    { id: ids[2], before: { trouble: "STALE", held: "5.00 EUR" }, after: { proposed: "round.void" } },
  ]);
  const { items } = await carryOut(ids);
  expect(items).toMatchObject([
    { done: true, result: { state: "RESOLVED" } },
    { done: true, result: { state: "RESOLVED" } },
    { done: true, result: { status: "PROPOSED" } },
  ]);
  expect(await inbox("LATE_WINS")).toEqual([]);
  expect(await inbox("TOMBSTONES")).toEqual([]);
  expect((await inbox()).find(({ roundId }) => roundId === "half")).toMatchObject({ action: "DECIDE_PROPOSAL" });
  expect((await show([ids[0] ?? ""])).leftOut).toMatchObject([{ code: "RECORD_NOT_FOUND" }]);
  const auditor = await office.signIn(office.people.auditor);
  const { rows } = await auditor.api.audit.list.query({ action: "round.resolve" });
  expect(rows).toHaveLength(2);
  expect(rows[0]).toMatchObject({ reason });
  expect(await failureOf(auditor.api.plan.roundResolve.show.query({ targets: ids, params: {} }))).toMatchObject({
    code: "NOT_ALLOWED",
  });
});
