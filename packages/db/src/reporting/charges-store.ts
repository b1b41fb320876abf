/** What providers and states take of the house's result, every version of it: few rows, all of them read at once. */
import type { ChargeBase, ChargeKind, ChargeVersion } from "@pitboss/domain/reporting/charges";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export type ChargeRecord = ChargeVersion & { readonly approvalId: bigint | null; readonly createdAt: Date };

/** By kind, subject and version, ascending. */
export async function listCharges(db: Executor): Promise<ChargeRecord[]> {
  const rows = await queryRows<{
    kind: ChargeKind;
    subject: string;
    version: number;
    effective_from: string;
    base: ChargeBase;
    rate_ppm: number;
    minimum: string | null;
    currency: Currency | null;
    approval_id: string | null;
    created_at: string;
  }>(
    db,
    sql`SELECT kind, subject, version, effective_from::text, base, rate_ppm, minimum, currency, approval_id, created_at
          FROM report_charges ORDER BY kind, subject, version`,
  );
  return rows.map((row) => ({
    kind: row.kind,
    subject: row.subject,
    version: row.version,
    effectiveFrom: row.effective_from,
    base: row.base,
    ratePpm: row.rate_ppm,
    minimum:
      row.minimum === null || row.currency === null ? null : { amount: BigInt(row.minimum), currency: row.currency },
    approvalId: row.approval_id === null ? null : BigInt(row.approval_id),
    createdAt: readInstant(row.created_at),
  }));
}

export async function insertCharge(
  db: Executor,
  { minimum, ...charge }: ChargeVersion & { readonly approvalId: bigint },
): Promise<void> {
  await db.execute(sql`
    INSERT INTO report_charges (kind, subject, version, effective_from, base, rate_ppm, minimum, currency, approval_id)
    VALUES (${charge.kind}, ${charge.subject}, ${charge.version}, ${charge.effectiveFrom}::date, ${charge.base},
            ${charge.ratePpm}, ${minimum?.amount ?? null}, ${minimum?.currency ?? null}, ${charge.approvalId})`);
}
