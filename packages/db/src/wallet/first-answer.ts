/** Reads again what a request was answered first, where the answer lies in a bet or a denial. */
import { sql } from "drizzle-orm";
import { currencyOfNumber, type Currency } from "@pitboss/domain/wallet/currency";
import type { Database } from "../kernel/pool.ts";

export interface PlacedFacts {
  readonly betId: bigint;
  readonly stake: bigint;
  readonly balanceAfter: bigint;
  readonly maxBet: bigint;
  readonly currency: Currency;
}

export async function findPlacedFacts(db: Database, betId: bigint): Promise<PlacedFacts | undefined> {
  const { rows } = await db.execute<Record<"stake" | "balance_after" | "max_bet" | "currency", string>>(
    sql`SELECT stake, balance_after, max_bet, currency FROM bets WHERE id = ${betId}`,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    betId,
    stake: BigInt(row.stake),
    balanceAfter: BigInt(row.balance_after),
    maxBet: BigInt(row.max_bet),
    currency: currencyOfNumber(Number(row.currency)),
  };
}

export interface DenialFacts {
  readonly code: string;
  readonly detail: string | null;
  readonly inputs: Record<string, string | number | boolean | null>;
  readonly traceId: string;
}

export async function findDenial(db: Database, id: bigint): Promise<DenialFacts | undefined> {
  const { rows } = await db.execute<DenialFacts & Record<string, unknown>>(
    sql`SELECT code, detail, inputs, trace_id AS "traceId" FROM denials WHERE id = ${id}`,
  );
  return rows[0];
}
