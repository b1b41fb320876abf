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
