/** The house's bounds of deposits. */
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import type { DepositRule } from "@pitboss/domain/cashier/deposit-checks";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** Those that are in force at the instant, by currency. */
export async function listDepositRules(
  db: Executor,
  method: PaymentMethod,
  at: Date,
): Promise<ReadonlyMap<Currency, DepositRule>> {
  const rows = await queryRows<{
    currency: string;
    min_amount: string;
    max_amount: string;
    most_an_hour: number;
    open_minutes: number;
  }>(
    db,
    sql`SELECT DISTINCT ON (currency) currency, min_amount, max_amount, most_an_hour, open_minutes
          FROM deposit_rules WHERE method = ${method} AND effective_from <= ${at}
         ORDER BY currency, effective_from DESC, id DESC`,
  );
  const rules = new Map<Currency, DepositRule>();
  for (const row of rows) {
    if (!isCurrency(row.currency)) continue;
    rules.set(row.currency, {
      minAmount: BigInt(row.min_amount),
      maxAmount: BigInt(row.max_amount),
      mostAnHour: row.most_an_hour,
      openMinutes: row.open_minutes,
    });
  }
  return rules;
}
