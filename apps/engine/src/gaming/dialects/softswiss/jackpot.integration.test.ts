/**
 * What a SOFTSWISS call says of jackpots, over the wire: contributions come and go with their bets, jackpots with the wins
 * that bring them, and each once.
 */
import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { transactionTypeOf } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type DemoProvider, openDemoProviders } from "../../../demo/open-demo-providers.ts";
import { findLedgerFaults } from "../../../testing/check-ledger.ts";
import { numberOf, type TestPlayer } from "../../../testing/start-casino.ts";
import { type Office, startOffice } from "../../../testing/start-office.ts";

let office: Office;
let speaks: DemoProvider;
let player: TestPlayer;

beforeAll(async () => {
  office = await startOffice();
  const opened = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: { min: "0.10", max: "100.00" } });
  const found = opened.find(({ dialect }) => dialect === "softswiss");
  if (found === undefined) throw new Error("the demo has a provider that speaks SOFTSWISS");
  speaks = found;
  player = await office.casino.openPlayer({ EUR: "50.00" });
  // The catalog and the providers are read anew by clocks of their own; until both were, the game or its wallet is unknown.
  await vi.waitFor(
    async () => {
      const { status } = await office.casino.call("POST", "/v1/game-sessions", {
        token: office.casino.operatorKey,
        body: { playerId: player.playerId, gameId: speaks.game, currency: "EUR" },
      });
      expect(status).toBeLessThan(300);
      await play("play", randomUUID());
    },
    { timeout: 20_000, interval: 250 },
  );
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

interface Answer {
  readonly status: number;
  readonly balance?: number;
  /** The dialect's word for a refusal. */
  readonly code?: number;
}

async function send(path: "play" | "rollback", round: string, ...actions: object[]): Promise<Answer> {
  const base = { user_id: player.playerId, currency: "EUR", game: speaks.game, game_id: round, finished: false };
  const body = JSON.stringify({ ...base, actions });
  const hex = createHmac("sha256", speaks.secret).update(body).digest("hex");
  const response = await fetch(`${office.casino.url()}/v1/providers/${speaks.provider}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-request-sign": hex },
    body,
  });
  return { ...((await response.json()) as object), status: response.status };
}

/** Cents; answers the balance that the wire says, in cents. */
async function play(path: "play" | "rollback", round: string, ...actions: object[]): Promise<bigint> {
  const { status, balance } = await send(path, round, ...actions);
  expect(status).toBe(200);
  return BigInt(balance ?? -1);
}

test("a jackpot is paid with its win, once, however often the call is sent", async () => {
  const [round, bet, win] = [randomUUID(), randomUUID(), randomUUID()];
  const before = await play("play", round, { action: "bet", action_id: bet, amount: 100, jackpot_contribution: 2.5 });
  const won = { action: "win", action_id: win, amount: 300, jackpot_win: 1_000 };
  expect(await play("play", round, won)).toBe(before + 1_300n);
  expect(await play("play", round, won)).toBe(before + 1_300n);
});

test("a win whose bet was rolled back pays nothing, and no jackpot either", async () => {
  const [round, bet] = [randomUUID(), randomUUID()];
  const staked = await play("play", round, { action: "bet", action_id: bet, amount: 100 });
  const back = { action: "rollback", action_id: randomUUID(), original_action_id: bet };
  expect(await play("rollback", round, back)).toBe(staked + 100n);
  const late = { action: "win", action_id: randomUUID(), amount: 300, jackpot_win: 1_000 };
  expect(await play("play", round, late)).toBe(staked + 100n);
});

test("a win that was rolled back before it came pays nothing, and no jackpot either", async () => {
  const [round, bet, win] = [randomUUID(), randomUUID(), randomUUID()];
  const staked = await play("play", round, { action: "bet", action_id: bet, amount: 100 });
  const back = { action: "rollback", action_id: randomUUID(), original_action_id: win };
  expect(await play("rollback", round, back)).toBe(staked);
  const late = { action: "win", action_id: win, amount: 300, jackpot_win: 1_000 };
  expect(await play("play", round, late)).toBe(staked);
});

/** Cents in the provider's pool, over all stripes, and what of the house's result went into it. */
async function pool(): Promise<bigint> {
  const { rows } = await office.casino.db.execute<{ sum: string }>(
    sql`SELECT coalesce(sum(available), 0)::text AS sum FROM wallets WHERE kind = 13 AND qualifier = ${speaks.provider}`,
  );
  return BigInt(rows[0]?.sum ?? 0);
}

/** What the ledger has of a bet's jackpot, in order. */
async function jackpotsOf(bet: string): Promise<string[]> {
  const { rows } = await office.casino.db.execute<{ type: number; amount: string }>(sql`
    SELECT j.type, p.available::text AS amount
      FROM transactions t JOIN transactions j ON j.reference = t.id AND j.type IN (13, 14, 24, 25)
      JOIN postings p ON p.transaction_id = j.id JOIN wallets w ON w.id = p.wallet_id AND w.kind = 13
     WHERE t.type = 2 AND coalesce(t.request_uuid::text, t.request_id) = ${bet} ORDER BY j.id`);
  return rows.map(({ type, amount }) => `${transactionTypeOf(type)} ${amount}`);
}

const betOf = (action_id: string, jackpot_contribution: number, amount = 100) => ({
  action: "bet",
  action_id,
  amount,
  jackpot_contribution,
});
const rollbackOf = (original_action_id: string, action_id: string = randomUUID()) => ({
  action: "rollback",
  action_id,
  original_action_id,
});

test("a contribution leaves the pool with its bet, once, however often the rollback is sent", async () => {
  const [round, bet] = [randomUUID(), randomUUID()];
  const before = await pool();
  await play("play", round, betOf(bet, 7));
  await play("play", round, betOf(bet, 7));
  expect(await pool()).toBe(before + 7n);
  const back = rollbackOf(bet);
  await play("rollback", round, back);
  await play("rollback", round, back);
  await play("rollback", round, rollbackOf(bet));
  expect(await pool()).toBe(before);
  // The bet again: its first answer, and nothing moves.
  await play("play", round, betOf(bet, 7));
  expect(await pool()).toBe(before);
  expect(await jackpotsOf(bet)).toEqual(["JACKPOT_CONTRIBUTION 7", "JACKPOT_CONTRIBUTION_REVERSAL -7"]);
});

test("a bet that comes after its rollback contributes nothing", async () => {
  const [round, bet] = [randomUUID(), randomUUID()];
  const before = await pool();
  const balance = await play("rollback", round, rollbackOf(bet));
  expect(await play("play", round, betOf(bet, 7))).toBe(balance);
  expect(await pool()).toBe(before);
});

test("the same bet with another contribution is another bet", async () => {
  const [round, bet] = [randomUUID(), randomUUID()];
  await play("play", round, betOf(bet, 7));
  const before = await pool();
  expect(await send("play", round, betOf(bet, 8))).toMatchObject({ status: 412, code: 155 });
  expect(await pool()).toBe(before);
});

test("a bet that the house voids takes its contribution out of the pool", async () => {
  const [round, bet] = [randomUUID(), randomUUID()];
  const before = await pool();
  await play("play", round, betOf(bet, 9));
  const { rows } = await office.casino.db.execute<{ id: string }>(
    sql`SELECT max(id)::text AS id FROM bets WHERE player_id = ${numberOf(player.playerId)}`,
  );
  const answer = await office.casino.call("POST", "/v1/bets/void", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId: player.playerId,
      betId: formatId("bet", BigInt(rows[0]?.id ?? 0)),
      reason: "exposed cards",
    },
  });
  expect(answer.status).toBe(200);
  expect(await pool()).toBe(before);
});

test("a win that is rolled back takes its jackpot with it, and the bet keeps its contribution", async () => {
  const [round, bet, win] = [randomUUID(), randomUUID(), randomUUID()];
  const before = await pool();
  const staked = await play("play", round, betOf(bet, 5));
  const won = { action: "win", action_id: win, amount: 300, jackpot_win: 1_000 };
  expect(await play("play", round, won)).toBe(staked + 1_300n);
  expect(await pool()).toBe(before + 5n - 1_000n);
  expect(await play("rollback", round, rollbackOf(win))).toBe(staked);
  expect(await play("rollback", round, rollbackOf(win))).toBe(staked);
  expect(await play("play", round, won)).toBe(staked);
  expect(await pool()).toBe(before + 5n);
  expect(await jackpotsOf(bet)).toEqual(["JACKPOT_CONTRIBUTION 5", "JACKPOT_WIN -1000", "JACKPOT_WIN_REVERSAL 1000"]);
});

test("a jackpot without a win and without a bet is paid, and taken back", async () => {
  const [round, win] = [randomUUID(), randomUUID()];
  const [before, balance] = [await pool(), await play("play", round)];
  expect(await play("play", round, { action: "win", action_id: win, amount: 0, jackpot_win: 700 })).toBe(
    balance + 700n,
  );
  expect(await pool()).toBe(before - 700n);
  expect(await play("rollback", round, rollbackOf(win))).toBe(balance);
  expect(await pool()).toBe(before);
});

test("a call that is given up takes back what its first actions had moved in the pool", async () => {
  const [round, bet] = [randomUUID(), randomUUID()];
  const before = await pool();
  const answer = await send("play", round, betOf(bet, 7), betOf(randomUUID(), 7, 99_999_999));
  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(await pool()).toBe(before);
  expect(await jackpotsOf(bet)).toEqual(["JACKPOT_CONTRIBUTION 7", "JACKPOT_CONTRIBUTION_REVERSAL -7"]);
});
