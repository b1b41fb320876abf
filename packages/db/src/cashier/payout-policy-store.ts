/** What the house asks of a payout: by currency, and by where the player lives. */
import type { PayoutPolicy } from "@pitboss/domain/cashier/payout-policy";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

interface Row {
  readonly id: string;
  readonly currency: Currency;
  readonly min_amount: string;
  readonly max_amount: string;
  readonly auto_below: string;
  readonly two_from: string;
  readonly low_risk_below: number;
  readonly most_a_day: number;
  readonly day_amount: string;
  readonly turnover_percent: number;
  readonly fresh_hours: number;
  readonly kyc_from: string;
  readonly review_minutes: number;
  readonly second_minutes: number;
  readonly send_minutes: number;
  readonly paid_minutes: number;
}

/** The one in force at the instant; undefined where the house pays nothing out in this currency. */
export function findPayoutPolicy(db: Executor, currency: Currency, at: Date): Promise<PayoutPolicy | undefined> {
  return readOne(
    db,
    sql`currency = ${currency} AND effective_from <= ${at} ORDER BY effective_from DESC, id DESC LIMIT 1`,
  );
}

export function findPolicyById(db: Executor, id: bigint): Promise<PayoutPolicy | undefined> {
  return readOne(db, sql`id = ${id}`);
}

async function readOne(db: Executor, where: SQL): Promise<PayoutPolicy | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT * FROM payout_policies WHERE ${where}`);
  if (row === undefined) return undefined;
  return {
    id: BigInt(row.id),
    currency: row.currency,
    minAmount: BigInt(row.min_amount),
    maxAmount: BigInt(row.max_amount),
    autoBelow: BigInt(row.auto_below),
    twoFrom: BigInt(row.two_from),
    lowRiskBelow: row.low_risk_below,
    mostADay: row.most_a_day,
    dayAmount: BigInt(row.day_amount),
    turnoverPercent: row.turnover_percent,
    freshHours: row.fresh_hours,
    kycFrom: BigInt(row.kyc_from),
    reviewMinutes: row.review_minutes,
    secondMinutes: row.second_minutes,
    sendMinutes: row.send_minutes,
    paidMinutes: row.paid_minutes,
  };
}

/** Countries in which a player may not take a payout back, as of the instant, and whether others may. */
export async function listCancelRules(db: Executor, at: Date): Promise<ReadonlyMap<string, boolean>> {
  const rows = await queryRows<{ country: string; may_cancel: boolean }>(
    db,
    sql`SELECT DISTINCT ON (country) country, may_cancel FROM payout_jurisdictions WHERE effective_from <= ${at}
         ORDER BY country, effective_from DESC, id DESC`,
  );
  return new Map(rows.map(({ country, may_cancel }) => [country, may_cancel]));
}

/** Whether a player of this country may take a payout back; where no row speaks of it, not. */
export function mayCancelIn(rules: ReadonlyMap<string, boolean>, country: string): boolean {
  return rules.get(country) ?? rules.get("**") ?? false;
}
