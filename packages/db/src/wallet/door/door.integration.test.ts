import { batchOf, firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import type { Outcome } from "@pitboss/domain/gaming/fold-batch";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSession } from "../../kernel/session.ts";
import { deposit, type Door, keyOf, openDoor, place, runCommands, settle } from "../door.fixture.ts";

let door: Door;

beforeAll(async () => {
  door = await openDoor(40);
  await door.run(door.players.map((playerId) => deposit(`first deposit of ${playerId}`, playerId, 100_000n)));
});
afterAll(() => door.close());

function said(outcomes: readonly Outcome[]): string[] {
  return outcomes.map((outcome) => (outcome.kind === "refused" ? outcome.decision.failure.code : outcome.kind));
}

function playerAt(index: number): bigint {
  const playerId = door.players[index];
  if (playerId === undefined) throw new Error("the fixture has forty players");
  return playerId;
}

async function one<T extends object>(text: string, values: readonly unknown[] = []): Promise<T> {
  const { rows } = await door.owner.query<T>(text, [...values]);
  if (rows[0] === undefined) throw new Error(`nothing found: ${text}`);
  return rows[0];
}

describe("a request", () => {
  test("that was refused for good is answered with that refusal, also where its id was then misused in the same batch", async () => {
    const playerId = playerAt(0);
    const outcomes = await door.run([place("poor", playerId, 10n ** 9n), place("poor", playerId, 5n)]);
    expect(said(outcomes)).toEqual(["FUNDS_INSUFFICIENT", "REQUEST_REUSED"]);
    const kept = await one(
      "SELECT d.code FROM requests r JOIN denials d ON d.id = r.ref WHERE r.key = $1 AND r.kind = 3",
      [keyOf("poor")],
    );
    expect(kept).toEqual({ code: "FUNDS_INSUFFICIENT" });
  });

  test("is repeated across batches, in its own words", async () => {
    const playerId = playerAt(1);
    await door.run([place("once", playerId, 100n)]);
    const [again] = await door.run([place("once", playerId, 100n)]);
    const { id } = await one<{ id: string }>("SELECT ref AS id FROM requests WHERE key = $1", [keyOf("once")]);
    expect(again).toMatchObject({ kind: "repeated", request: { kind: "PLACED", ref: BigInt(id) } });
    expect(said(await door.run([place("once", playerId, 101n)]))).toEqual(["REQUEST_REUSED"]);
    expect(await one("SELECT count(*)::int AS bets FROM bets WHERE player_id = $1", [playerId])).toEqual({ bets: 1 });
  });
});

describe("bets as they come back from their rows", () => {
  test("remember what a partial settlement left of them", async () => {
    const playerId = playerAt(2);
    await door.run([
      {
        type: "move",
        request: "a bonus",
        playerId,
        move: {
          type: "BONUS_GRANT",
          playerId,
          currency: "EUR",
          amount: 50_000n,
          grant: "g",
          fundingPolicy: "PRO_RATA",
        },
      },
      place("mixed", playerId, 3_000n),
    ]);
    const part = { bet: { placeKey: keyOf("mixed") }, outcome: "LOSE", payout: 0n, stakePart: 1_000n } as const;
    for (const request of ["part 1", "part 2"]) {
      const outcomes = await door.run([
        { type: "settle", request, playerId, round: "r", results: [part], close: false },
      ]);
      expect(said(outcomes)).toEqual(["accepted"]);
    }
    await door.run([settle("rest", playerId, ["mixed"], 900n)]);
    const purses = await door.owner.query(
      "SELECT kind, available, held FROM wallets WHERE player_id = $1 ORDER BY kind",
      [playerId],
    );
    // Cash to bonus is 2 : 1, for the stake as for the winnings.
    expect(purses.rows).toEqual([
      { kind: 1, available: `${100_000 - 2_000 + 600}`, held: "0" },
      { kind: 2, available: `${50_000 - 1_000 + 300}`, held: "0" },
    ]);
  });
});

describe("batches at once", () => {
  test("on the same players, from several sessions, leave what the same bets leave one by one", async () => {
    const sessions = await Promise.all(
      [0, 1, 2, 3].map((index) => openSession({ url: door.url, applicationName: `side ${index}` })),
    );
    const shared = [playerAt(3), playerAt(4), playerAt(5)];
    await Promise.all(
      sessions.map(async (session, side) => {
        for (let round = 0; round < 12; round += 1) {
          const players = side % 2 === 0 ? shared : [...shared].reverse();
          await runCommands(
            session,
            players.map((playerId) => place(`s${side} r${round} p${playerId}`, playerId, 7n)),
          );
          const bets = players.map((playerId) =>
            settle(`settle s${side} r${round} p${playerId}`, playerId, [`s${side} r${round} p${playerId}`], 3n),
          );
          await runCommands(session, bets);
        }
      }),
    );
    await Promise.all(sessions.map((session) => session.close()));
    for (const playerId of shared) {
      const wallet = await one("SELECT available, held FROM wallets WHERE player_id = $1", [playerId]);
      expect(wallet).toEqual({ available: `${100_000 - 48 * 4}`, held: "0" });
    }
  });

  test("never share an id, and each has its row in the outbox", async () => {
    const { wrong } = await one<{ wrong: number }>(`
      SELECT count(*)::int AS wrong FROM
        (SELECT id >> 10 AS batch, count(*) AS transactions FROM transactions GROUP BY 1) t
        FULL JOIN (SELECT * FROM outbox WHERE transactions > 0) o USING (batch)
       WHERE o.transactions IS DISTINCT FROM t.transactions`);
    expect(wrong).toBe(0);
  });
});

describe("when the database's clock steps back", () => {
  async function stepClock(by: string): Promise<void> {
    await door.owner.query(
      `CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE RETURN clock_timestamp() + interval '${by}'`,
    );
  }

  test("every player's bets are taken all the same, with ids that go on from the newest", async () => {
    await stepClock("0");
    const everyone = door.players.slice(10);
    await door.run(everyone.map((playerId) => deposit(`before the step ${playerId}`, playerId, 100n)));
    const { newest } = await one<{ newest: string }>("SELECT max(id) AS newest FROM transactions");
    await stepClock("-1 hour");
    let last = BigInt(newest);
    // One by one: every wallet was moved last by the same batch, so that each would take the slot right behind it.
    for (const playerId of everyone) {
      const [outcome] = await door.run([place(`after the step ${playerId}`, playerId, 10n)]);
      if (outcome?.kind !== "accepted") throw new Error("the bet is taken");
      const id = outcome.decision.transactions[0]?.id ?? 0n;
      expect(id).toBeGreaterThan(last);
      last = id;
    }
    // It has not run away from the time that it was: a millisecond a batch at the most.
    expect(batchOf(last)).toBeLessThanOrEqual(batchOf(BigInt(newest)) + (BigInt(everyone.length + 1) << 12n));
  });

  test("and forward again, ids follow the clock", async () => {
    await stepClock("2 hours");
    const before = firstIdAt(Date.now() + 2 * 3_600_000 - 60_000);
    const [outcome] = await door.run([place("far ahead", playerAt(9), 10n)]);
    if (outcome?.kind !== "accepted") throw new Error("the bet is taken");
    expect(outcome.decision.transactions[0]?.id).toBeGreaterThan(before);
    await stepClock("0");
    expect(said(await door.run([place("back again", playerAt(9), 10n)]))).toEqual(["accepted"]);
  });
});
