import { sql } from "drizzle-orm";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type BetOutcome, betOutcomeOf, type BetStatus, betStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import type { Database } from "../kernel/pool.ts";

export interface BetRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly providerId: number;
  readonly gameCode: string;
  readonly roundRef: string;
  readonly currency: Currency;
  readonly stake: bigint;
  readonly bonusPart: bigint;
  readonly selection: unknown;
  readonly transitions: readonly TransitionRecord[];
}

export interface TransitionRecord {
  readonly status: BetStatus;
  readonly outcome: BetOutcome | null;
  readonly settledCash: bigint;
  readonly settledBonus: bigint;
  readonly paidCash: bigint;
  readonly paidBonus: bigint;
  readonly transactionId: bigint;
  readonly late: boolean;
}

export async function findBetById(db: Database, id: bigint): Promise<BetRecord | undefined> {
  const { rows } = await db.execute<Record<string, string> & { selection: unknown }>(sql`
    SELECT b.id, b.player_id, g.provider_id, g.code, b.round_ref, b.currency, b.stake, coalesce(b.bonus_part, 0) AS bonus_part, b.selection
      FROM bets b JOIN games g ON g.id = b.game_id WHERE b.id = ${id}`);
  const [row] = rows;
  if (row === undefined) return undefined;
  return {
    id,
    playerId: BigInt(row["player_id"] ?? 0),
    providerId: Number(row["provider_id"]),
    gameCode: row["code"] ?? "",
    roundRef: row["round_ref"] ?? "",
    currency: currencyOfNumber(Number(row["currency"])),
    stake: BigInt(row["stake"] ?? 0),
    bonusPart: BigInt(row["bonus_part"] ?? 0),
    selection: row.selection,
    transitions: await listTransitions(db, id),
  };
}

async function listTransitions(db: Database, betId: bigint): Promise<TransitionRecord[]> {
  const { rows } = await db.execute<Record<string, string | null> & { late: boolean }>(sql`
    SELECT status, outcome, settled_cash, settled_bonus, paid_cash, paid_bonus, transaction_id, late
      FROM bet_transitions WHERE bet_id = ${betId} ORDER BY number`);
  return rows.map((row) => ({
    status: betStatusOf(Number(row["status"])),
    outcome: row["outcome"] === null ? null : betOutcomeOf(Number(row["outcome"])),
    settledCash: BigInt(row["settled_cash"] ?? 0),
    settledBonus: BigInt(row["settled_bonus"] ?? 0),
    paidCash: BigInt(row["paid_cash"] ?? 0),
    paidBonus: BigInt(row["paid_bonus"] ?? 0),
    transactionId: BigInt(row["transaction_id"] ?? 0),
    late: row.late,
  }));
}
