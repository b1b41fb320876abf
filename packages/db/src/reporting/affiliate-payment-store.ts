/** Payments to affiliates: what is owed by approved statements, on its way out of the house. */
import { type Currency, currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { walletKinds } from "@pitboss/domain/wallet/ledger-codes";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

/** Those of a payout's states that a payment to an affiliate can be in: it is approved before there is one. */
export type PaymentState = "APPROVED" | "SUBMITTED" | "UNKNOWN" | "PAID" | "RETURNED";

export interface PaymentRecord {
  readonly id: bigint;
  readonly affiliateId: bigint;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly psp: string;
  readonly token: string;
  readonly label: string;
  readonly state: PaymentState;
  readonly requestKey: string;
  readonly pspReference: string | null;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly firstSentAt: Date | null;
  readonly lastSentAt: Date | null;
  readonly endedAt: Date | null;
  readonly releasedAt: Date | null;
}

interface Row {
  readonly id: string;
  readonly affiliate_id: string;
  readonly currency: number;
  readonly amount: string;
  readonly psp: string;
  readonly token: string;
  readonly label: string;
  readonly state: PaymentState;
  readonly request_key: string;
  readonly psp_reference: string | null;
  readonly failure: string | null;
  readonly created_at: string;
  readonly first_sent_at: string | null;
  readonly last_sent_at: string | null;
  readonly ended_at: string | null;
  readonly released_at: string | null;
}

const columns = sql`id, affiliate_id, currency, amount, psp, token, label, state, request_key, psp_reference, failure, created_at,
  first_sent_at, last_sent_at, ended_at, released_at`;

/**
 * Makes the payments that are due: of each affiliate with a payee, all that the ledger owes, where it reaches the least that
 * is paid and nothing is under way. What came back waits until the payee changes or a person lets it go.
 */
export async function makeDuePayments(db: Executor, currency: Currency): Promise<number> {
  const number = currencies[currency].number;
  const rows = await queryRows(
    db,
    sql`WITH owed AS (
          SELECT a.id, sum(w.available + w.held) AS amount FROM affiliates a
            JOIN wallets w ON w.player_id IS NULL AND w.kind = ${walletKinds.AFFILIATE_LIABILITY} AND w.currency = ${number}
             AND w.qualifier = public_id('aff', a.id)
           WHERE a.status = 'ACTIVE' AND a.payee_psp IS NOT NULL
             AND NOT EXISTS (SELECT FROM affiliate_payments p WHERE p.affiliate_id = a.id
                              AND (p.state IN ('APPROVED', 'SUBMITTED', 'UNKNOWN')
                                   OR (p.state = 'RETURNED' AND p.payee_version = a.payee_version AND p.released_at IS NULL)))
           GROUP BY a.id HAVING sum(w.available + w.held) > 0
        ), made AS (
          INSERT INTO affiliate_payments (affiliate_id, currency, amount, psp, token, label, payee_version, request_key)
          SELECT a.id, ${number}, owed.amount, a.payee_psp, a.payee_token, a.payee_label, a.payee_version, gen_random_uuid()
            FROM owed JOIN affiliates a ON a.id = owed.id WHERE owed.amount >= a.least_payment
          ON CONFLICT DO NOTHING RETURNING id, label
        )
        INSERT INTO affiliate_payment_steps (payment_id, number, state, actor, note)
        SELECT id, 1, 'APPROVED', 'job:affiliate-payments', 'What approved statements left owed' FROM made RETURNING payment_id`,
  );
  return rows.length;
}

/** Payments that are to be sent or asked about; whoever gets one has it until `until`. */
export async function claimDuePayments(db: Executor, until: Date, limit: number): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE affiliate_payments SET work_at = ${until}
         WHERE id IN (SELECT id FROM affiliate_payments WHERE state IN ('APPROVED', 'SUBMITTED', 'UNKNOWN') AND work_at <= now()
                       ORDER BY work_at LIMIT ${limit} FOR UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export async function findPayment(db: Executor, id: bigint): Promise<PaymentRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT ${columns} FROM affiliate_payments WHERE id = ${id}`);
  return row === undefined ? undefined : readPayment(row);
}

/** Newest first. */
export async function listPayments(db: Executor, affiliateId: bigint, limit: number): Promise<PaymentRecord[]> {
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM affiliate_payments WHERE affiliate_id = ${affiliateId} ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map(readPayment);
}

/** False where it did not come back, or was let go before. */
export async function releasePayment(db: Executor, id: bigint): Promise<boolean> {
  const rows = await queryRows(
    db,
    sql`UPDATE affiliate_payments SET released_at = now() WHERE id = ${id} AND state = 'RETURNED' AND released_at IS NULL RETURNING id`,
  );
  return rows.length > 0;
}

export interface PaymentMove {
  readonly paymentId: bigint;
  readonly from: PaymentState;
  readonly to: PaymentState;
  readonly actor: string;
  readonly note: string | null;
  readonly reference?: string | null;
  readonly moneyKey?: string;
  /** After how long it is looked at again, ms. */
  readonly waitMs?: number;
}

export const movePaymentStatement: Statement = {
  name: "move-affiliate-payment",
  text: "SELECT move_affiliate_payment($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::text, $7::uuid, $8::bigint)",
};

export function movePaymentValues(move: PaymentMove): (string | null)[] {
  return [
    move.paymentId.toString(),
    move.from,
    move.to,
    move.actor,
    move.note,
    move.reference ?? null,
    move.moneyKey ?? null,
    String(move.waitMs ?? 0),
  ];
}

/** False where somebody else moved it first. */
export async function movePayment(db: Executor, move: PaymentMove): Promise<boolean> {
  const [payment, from, to, actor, note, reference, key, wait] = movePaymentValues(move);
  const rows = await queryRows(
    db,
    // Locked before the step and not with it: a row that its own statement has changed would be left out of the answer.
    sql`WITH locked AS MATERIALIZED (
          SELECT id FROM affiliate_payments WHERE id = ${payment}::bigint AND state = ${from} FOR UPDATE
        )
        SELECT move_affiliate_payment(id, ${from}, ${to}, ${actor}, ${note}, ${reference}, ${key}::uuid, ${wait}::bigint)
          FROM locked`,
  );
  return rows.length > 0;
}

function readPayment(row: Row): PaymentRecord {
  return {
    id: BigInt(row.id),
    affiliateId: BigInt(row.affiliate_id),
    currency: currencyOfNumber(row.currency),
    amount: BigInt(row.amount),
    psp: row.psp,
    token: row.token,
    label: row.label,
    state: row.state,
    requestKey: row.request_key,
    pspReference: row.psp_reference,
    failure: row.failure,
    createdAt: readInstant(row.created_at),
    firstSentAt: readInstantOrNull(row.first_sent_at),
    lastSentAt: readInstantOrNull(row.last_sent_at),
    endedAt: readInstantOrNull(row.ended_at),
    releasedAt: readInstantOrNull(row.released_at),
  };
}
