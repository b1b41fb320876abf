/** The checks themselves: each kind of damage, done past every guard, is seen, and a sound ledger has none. */
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { openTestEngine, type TestEngine } from "../edge/engine.fixture.ts";
import { placeBody, settleBody } from "../gaming/place-body.fixture.ts";
import { checkLedger } from "./check-ledger.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await openTestEngine({ casino: { players: 2, cash: 100_000n, bonus: 5_000n } });
  for (const { publicId } of engine.casino.players) {
    const bets = [1, 2, 3].map(() => placeBody(engine.casino, { playerId: publicId }));
    for (const body of bets) await engine.send({ path: "/v1/bets/place", body });
    const [won = {}, lost = {}] = bets;
    const win = { outcome: "WIN", payout: { amount: "36.00", currency: "EUR" } };
    await engine.send({ path: "/v1/rounds/settle", body: settleBody(won, win) });
    await engine.send({ path: "/v1/rounds/settle", body: settleBody(lost) });
    const poor = placeBody(engine.casino, { playerId: publicId, stake: { amount: "4999", currency: "EUR" } });
    await engine.send({ path: "/v1/bets/place", body: poor });
  }
});
afterAll(() => engine.close());

/** What a session without triggers and constraints does is undone behind each test. */
afterEach(async () => {
  await engine.owner.query("ROLLBACK");
});

async function brokenAfter(damage: string): Promise<string[]> {
  await engine.owner.query("BEGIN");
  await engine.owner.query("SET LOCAL session_replication_role = replica");
  await engine.owner.query(
    "ALTER TABLE wallets DROP CONSTRAINT player_never_negative; ALTER TABLE postings DROP CONSTRAINT posting_moves",
  );
  await engine.owner.query(damage);
  // Inside the transaction that did the damage: the check's own BEGIN and COMMIT must not end it.
  const inside = {
    query: (text: string) => (/^(BEGIN|COMMIT)/.test(text) ? Promise.resolve({ rows: [] }) : engine.owner.query(text)),
  } as unknown as Parameters<typeof checkLedger>[0];
  return (await checkLedger(inside)).map(({ broken }) => broken);
}

const someBet = "(SELECT min(id) FROM bets)";
const cash = "(SELECT min(id) FROM wallets WHERE kind = 1)";

test("a sound ledger has nothing broken", async () => {
  expect(await checkLedger(engine.owner)).toEqual([]);
});

test.each([
  ["made of nothing", `UPDATE postings SET available = available + 1 WHERE wallet_id = ${cash}`, "do not sum to zero"],
  [
    "in a wallet alone",
    `UPDATE wallets SET available = available + 1 WHERE id = ${cash}`,
    "not the sums of its postings",
  ],
  [
    "in the balances after",
    `UPDATE postings SET available_after = available_after + 1 WHERE wallet_id = ${cash}`,
    "do not follow",
  ],
  ["owed by a player", `UPDATE wallets SET available = -1 WHERE id = ${cash}`, "balance is below zero"],
  ["that was owed", `UPDATE postings SET held_after = -1 WHERE wallet_id = ${cash}`, "was below zero"],
  ["held for no bet", `DELETE FROM bets WHERE id = (SELECT max(id) FROM bets)`, "what is held is not"],
  [
    "paid beside its bet",
    "UPDATE bet_transitions SET paid_cash = paid_cash + 1 WHERE outcome = 1",
    "postings are not what its stake",
  ],
  ["settled twice over", `UPDATE bet_transitions SET number = 2 WHERE bet_id = ${someBet}`, "transitions have a gap"],
  ["lost with its postings", `DELETE FROM postings WHERE transaction_id = ${someBet}`, "transaction without postings"],
  ["lost with its transaction", `DELETE FROM transactions WHERE id = ${someBet}`, "bet without its HOLD"],
  ["bet without a request", `DELETE FROM requests WHERE ref = ${someBet}`, "bet without its one request"],
  [
    "bet under two requests",
    `INSERT INTO requests SELECT gen_random_uuid(), 1, ${someBet}, 1`,
    "bet without its one request",
  ],
  ["settled of nobody", "UPDATE bet_transitions SET bet_id = bet_id + 512", "transition of a bet that does not exist"],
  ["refused without a reason", "DELETE FROM denials", "answer points at nothing"],
  ["told to nobody", "DELETE FROM outbox", "does not count its transactions"],
])("money %s is seen", async (_what, damage, seen) => {
  expect(await brokenAfter(damage)).toContainEqual(expect.stringContaining(seen));
});
