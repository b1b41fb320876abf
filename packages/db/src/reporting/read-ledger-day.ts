/** A day of the ledger, straight from its rows: what each type of transaction moved on each kind of wallet. */
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { transactionTypeOf, walletKindOf } from "@pitboss/domain/wallet/ledger-codes";
import type { LedgerSum } from "@pitboss/domain/reporting/tie-out";
import { firstIdAt } from "@pitboss/domain/wallet/transaction-id";
import { sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

interface Row {
  readonly type: number;
  readonly kind: number;
  readonly currency: number;
  readonly sum: string;
}

/** `from` and `to` are ms since 1970; the last instant is not included. Ids carry their time, so a day is a range of them. */
export async function readLedgerSums(db: Executor, from: number, to: number): Promise<LedgerSum[]> {
  const [first, end] = [firstIdAt(from), firstIdAt(to)];
  const rows = await queryRows<Row>(
    db,
    sql`SELECT t.type, w.kind, p.currency, sum(p.available + p.held)::text AS sum
          FROM transactions t
          JOIN postings p ON p.transaction_id = t.id
          JOIN wallets w ON w.id = p.wallet_id
         WHERE t.id >= ${first} AND t.id < ${end} AND p.transaction_id >= ${first} AND p.transaction_id < ${end}
         GROUP BY t.type, w.kind, p.currency`,
  );
  return rows.map(({ type, kind, currency, sum }) => ({
    type: transactionTypeOf(type),
    wallet: walletKindOf(kind),
    currency: currencyOfNumber(currency),
    sum: BigInt(sum),
  }));
}
