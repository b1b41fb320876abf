/** What tests of payouts have in common: players with money from a card, payouts of theirs, and what the provider has. */
import { randomUUID } from "node:crypto";
import { readFileSync, existsSync } from "node:fs";
import { join } from "node:path";
import { setKycLevel, setScreening } from "@pitboss/db/compliance/standing-store";
import pg from "pg";
import { expect, vi } from "vitest";
import { numberOf, type Answer } from "../../testing/start-casino.ts";
import type { Office } from "../../testing/start-office.ts";
import { relaxPayoutRule } from "../staff/rules/relax-payout-rule.fixture.ts";

export const patience = { timeout: 30_000, interval: 40 };

export interface Funded {
  readonly playerId: string;
  readonly instrumentId: string;
  readonly token: string;
}

export interface FundedWish {
  readonly card?: string;
  readonly deposit?: string;
  readonly country?: string;
}

export interface PayoutHouse {
  /** A player who is verified and screened, and whose money came from a card that is not new. */
  fund(wish?: FundedWish): Promise<Funded>;
  ask(wish: {
    readonly playerId: string;
    readonly instrumentId: string;
    readonly amount?: string;
    readonly requestId?: string;
    readonly forfeitBonus?: boolean;
  }): Promise<Answer>;
  payout(payoutId: unknown): Promise<Record<string, unknown>>;
  until(payoutId: unknown, status: string): Promise<Record<string, unknown>>;
  cash(playerId: string): Promise<{ available: string; held: string }>;
  /** What the provider has paid, or is about to, by the house's id. */
  sentTo(payoutId: unknown): readonly { readonly id: string; readonly status: string }[];
  /** From now on nobody asks whether a deposit was played with. */
  forgiveTurnover(): Promise<void>;
  /** A statement as the database's owner, whose hands nothing binds but constraints and triggers. */
  owner(text: string, values?: readonly unknown[]): Promise<pg.QueryResult>;
}

export function createPayoutHouse(office: Office): PayoutHouse {
  const { casino } = office;
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    casino.call(method, path, { token: casino.operatorKey, ...(body === undefined ? {} : { body }) });
  const payout: PayoutHouse["payout"] = async (payoutId) => (await call("GET", `/v1/payouts/${String(payoutId)}`)).body;
  const owner: PayoutHouse["owner"] = async (text, values = []) => {
    const client = new pg.Client({ connectionString: casino.databaseUrl });
    await client.connect();
    try {
      return await client.query(text, [...values]);
    } finally {
      await client.end();
    }
  };
  return {
    payout,
    owner,
    async forgiveTurnover() {
      await relaxPayoutRule(casino.databaseUrl, "EUR", { dayAmountTimes: 100 });
    },
    async fund({ card = "visa", deposit = "100.00", country } = {}) {
      const { playerId, token } = await casino.openPlayer();
      const number = numberOf(playerId);
      await setKycLevel(casino.db, number, 2);
      await setScreening(casino.db, number, "CLEAR", new Date());
      if (country !== undefined) await owner("UPDATE players SET country = $1 WHERE id = $2", [country, number]);
      const made = await call("POST", "/v1/deposits", {
        requestId: randomUUID(),
        playerId,
        amount: { amount: deposit, currency: "EUR" },
        method: "card",
        token: `pm_card_${card}_${playerId}`,
      });
      expect(made.body).toMatchObject({ status: "CREDITED" });
      // The card is an old acquaintance.
      await owner("ALTER TABLE instruments DISABLE TRIGGER append_only");
      await owner("UPDATE instruments SET created_at = now() - interval '90 days' WHERE player_id = $1", [number]);
      await owner("ALTER TABLE instruments ENABLE TRIGGER append_only");
      const { body } = await call("GET", `/v1/instruments?playerId=${playerId}`);
      const [instrument] = body["instruments"] as { instrumentId: string }[];
      return { playerId, token, instrumentId: instrument?.instrumentId ?? "" };
    },
    ask: ({ playerId, instrumentId, amount = "40.00", requestId = randomUUID(), forfeitBonus }) =>
      call("POST", "/v1/payouts", {
        requestId,
        playerId,
        instrumentId,
        amount: { amount, currency: "EUR" },
        ...(forfeitBonus === undefined ? {} : { forfeitBonus }),
      }),
    until: (payoutId, status) =>
      vi.waitFor(async () => {
        const now = await payout(payoutId);
        expect(now["status"]).toBe(status);
        return now;
      }, patience),
    async cash(playerId) {
      const { body } = await call("GET", `/v1/wallet?playerId=${playerId}`);
      const wallets = body["wallets"] as { kind: string; currency: string; available: string; held: string }[];
      const cash = wallets.find(({ kind, currency }) => kind === "CASH" && currency === "EUR");
      return { available: cash?.available ?? "none", held: cash?.held ?? "none" };
    },
    sentTo(payoutId) {
      const journal = join(casino.dataDir, "simulators", "stripe.jsonl.payouts");
      if (!existsSync(journal)) return [];
      const newest = new Map<string, { id: string; status: string; metadata: { payout_id?: string } }>();
      for (const line of readFileSync(journal, "utf8").split("\n")) {
        if (line === "") continue;
        const one = JSON.parse(line) as { id: string; status: string; metadata: { payout_id?: string } };
        newest.set(one.id, one);
      }
      return [...newest.values()].filter(({ metadata }) => metadata.payout_id === payoutId);
    },
  };
}
