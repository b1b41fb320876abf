/** What a SOFTSWISS call says of jackpots, over the wire: a jackpot is paid behind a win that was accepted, and once. */
import { createHmac, randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../../demo/open-demo-providers.ts";
import { findLedgerFaults } from "../../../testing/check-ledger.ts";
import type { TestPlayer } from "../../../testing/start-casino.ts";
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

/** Cents; answers the balance that the wire says, in cents. */
async function play(path: "play" | "rollback", round: string, ...actions: object[]): Promise<bigint> {
  const base = { user_id: player.playerId, currency: "EUR", game: speaks.game, game_id: round, finished: false };
  const body = JSON.stringify({ ...base, actions });
  const hex = createHmac("sha256", speaks.secret).update(body).digest("hex");
  const response = await fetch(`${office.casino.url()}/v1/providers/${speaks.provider}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", "x-request-sign": hex },
    body,
  });
  const answer = (await response.json()) as { balance: number };
  expect(response.status).toBe(200);
  return BigInt(answer.balance);
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
