/** A promo payout of the type JackpotWin comes out of the provider's pool, once; any other from the house's result. */
import { randomUUID } from "node:crypto";
import { transactionTypeOf } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../../demo/open-demo-providers.ts";
import { findLedgerFaults } from "../../../testing/check-ledger.ts";
import { numberOf, type TestPlayer } from "../../../testing/start-casino.ts";
import { type Office, startOffice } from "../../../testing/start-office.ts";

let office: Office;
let provider: DemoProvider;
let player: TestPlayer;

beforeAll(async () => {
  office = await startOffice();
  const opened = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: { min: "0.10", max: "100.00" } });
  const found = opened.find(({ dialect }) => dialect === "evolution");
  if (found === undefined) throw new Error("the demo has a provider that speaks Evolution");
  provider = found;
  player = await office.casino.openPlayer({ EUR: "10.00" });
  // The providers are read anew by a clock of their own; until they were, this one is unknown.
  await vi.waitFor(async () => expect((await pay("FreeRoundPlayableSpent", randomUUID(), 0)).status).toBe("OK"), {
    timeout: 20_000,
    interval: 250,
  });
});
afterAll(async () => {
  expect(await findLedgerFaults(office.casino.db)).toEqual([]);
  await office.close();
});

async function pay(type: string, id: string, amount: number): Promise<{ status: string; balance?: number }> {
  const query = `authToken=${encodeURIComponent(provider.secret)}`;
  const response = await fetch(`${office.casino.url()}/v1/providers/${provider.provider}/promo_payout?${query}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({
      userId: player.playerId,
      sid: "any",
      uuid: randomUUID(),
      currency: "EUR",
      promoTransaction: { type, id, amount },
    }),
  });
  return (await response.json()) as { status: string; balance?: number };
}

/** Types of the player's transactions that move the kind of wallet, with what they moved. */
async function moved(kind: number): Promise<string[]> {
  const { rows } = await office.casino.db.execute<{ type: number; amount: string }>(sql`
    SELECT t.type, p.available::text AS amount FROM transactions t
      JOIN postings p ON p.transaction_id = t.id JOIN wallets w ON w.id = p.wallet_id
     WHERE t.player_id = ${numberOf(player.playerId)} AND w.kind = ${kind} ORDER BY t.id`);
  return rows.map(({ type, amount }) => `${transactionTypeOf(type)} ${amount}`);
}

test("a jackpot is paid from the pool, once, and is no win of the house's result", async () => {
  const id = randomUUID();
  expect(await pay("JackpotWin", id, 250.5)).toMatchObject({ status: "OK", balance: 260.5 });
  expect(await pay("JackpotWin", id, 250.5)).toMatchObject({ status: "BET_ALREADY_SETTLED", balance: 260.5 });
  expect(await moved(13)).toEqual(["JACKPOT_WIN -25050"]);
  expect(await moved(10)).toEqual([]);
  const { rows } = await office.casino.db.execute(
    sql`SELECT bet_id, amount::text, jackpot FROM jackpot_payments WHERE player_id = ${numberOf(player.playerId)}`,
  );
  expect(rows).toEqual([{ bet_id: null, amount: "25050", jackpot: provider.provider }]);
});

test("the same id with another amount is refused", async () => {
  const id = randomUUID();
  await pay("JackpotWin", id, 1);
  expect((await pay("JackpotWin", id, 2)).status).not.toBe("OK");
  expect(await moved(13)).toEqual(["JACKPOT_WIN -25050", "JACKPOT_WIN -100"]);
});

test("a prize that is no jackpot is paid by the house", async () => {
  await pay("FromGame", randomUUID(), 3);
  expect(await moved(10)).toEqual(["PAYOUT -300"]);
});
