/** How long each stage of a payout may take, by currency and from when on. */
import type { PayoutPolicy } from "@pitboss/domain/cashier/payout-policy";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export type PayoutClock = Pick<
  PayoutPolicy,
  "currency" | "twoFrom" | "reviewMinutes" | "secondMinutes" | "sendMinutes" | "paidMinutes"
> & { readonly effectiveFromMs: number };

/** The newest first: of a currency the first that has begun holds. */
export async function listPayoutClocks(db: Executor): Promise<PayoutClock[]> {
  const rows = await queryRows<{
    currency: Currency;
    effective_from: string;
    two_from: string;
    review_minutes: number;
    second_minutes: number;
    send_minutes: number;
    paid_minutes: number;
  }>(
    db,
    sql`SELECT currency, effective_from, two_from, review_minutes, second_minutes, send_minutes, paid_minutes
          FROM payout_policies ORDER BY effective_from DESC, id DESC`,
  );
  return rows.map((row) => ({
    currency: row.currency,
    effectiveFromMs: readInstant(row.effective_from).getTime(),
    twoFrom: BigInt(row.two_from),
    reviewMinutes: row.review_minutes,
    secondMinutes: row.second_minutes,
    sendMinutes: row.send_minutes,
    paidMinutes: row.paid_minutes,
  }));
}
