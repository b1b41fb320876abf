/** Chargebacks: where they stand, every step, and what is said against them. */
import type { ChargebackState, DisputeReport } from "@pitboss/domain/cashier/chargeback";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

export interface ChargebackRecord {
  readonly id: bigint;
  readonly depositId: bigint;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly psp: string;
  readonly reference: string;
  readonly state: ChargebackState;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly lost: bigint;
  readonly reasonCode: string;
  readonly reason: string;
  readonly openedAt: Date;
  readonly dueAt: Date | null;
  readonly closedAt: Date | null;
  readonly transactionId: bigint;
  readonly reversalId: bigint | null;
}

interface Row {
  readonly id: string;
  readonly deposit_id: string;
  readonly player_id: string;
  readonly nickname: string;
  readonly psp: string;
  readonly psp_reference: string;
  readonly state: ChargebackState;
  readonly currency: number;
  readonly amount: string;
  readonly lost: string;
  readonly reason_code: string;
  readonly reason: string;
  readonly opened_at: string;
  readonly due_at: string | null;
  readonly closed_at: string | null;
  readonly transaction_id: string;
  readonly reversal_id: string | null;
}

const selectChargebacks = sql`SELECT c.*, p.nickname FROM chargebacks c JOIN players p ON p.id = c.player_id`;

export async function findChargeback(db: Executor, id: bigint): Promise<ChargebackRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`${selectChargebacks} WHERE c.id = ${id}`);
  return row && readChargeback(row);
}

export async function findChargebackOf(db: Executor, depositId: bigint): Promise<ChargebackRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`${selectChargebacks} WHERE c.deposit_id = ${depositId}`);
  return row && readChargeback(row);
}

export interface ChargebackFilter {
  readonly states?: readonly ChargebackState[] | undefined;
  readonly psp?: string | undefined;
  readonly playerId?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listChargebacks(db: Executor, filter: ChargebackFilter): Promise<ChargebackRecord[]> {
  const conditions: SQL[] = [sql`c.id < ${filter.before ?? 1n << 62n}`];
  if (filter.states !== undefined) conditions.push(sql`c.state = ANY(${`{${filter.states.join(",")}}`}::text[])`);
  if (filter.psp !== undefined) conditions.push(sql`c.psp = ${filter.psp}`);
  if (filter.playerId !== undefined) conditions.push(sql`c.player_id = ${filter.playerId}`);
  const rows = await queryRows<Row>(
    db,
    sql`${selectChargebacks} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY c.id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readChargeback);
}

/** In the transaction of its CHARGEBACK; fails with PB001 where the deposit is no longer CREDITED. */
export const openChargebackStatement: Statement = {
  name: "open-chargeback",
  text: `SELECT open_chargeback($1::bigint, $2::uuid, $3::text, $4::text, $5::bigint, $6::text, $7::text, $8::timestamptz, $9::bigint)`,
};

export function openChargebackValues(
  deposit: { readonly id: bigint; readonly psp: string },
  report: DisputeReport,
  requestKey: string,
  webhookId: bigint,
): readonly (string | null)[] {
  const { reference, amount, reasonCode, reason, dueAt } = report;
  return [
    deposit.id.toString(),
    requestKey,
    deposit.psp,
    reference,
    amount.toString(),
    reasonCode,
    reason,
    dueAt?.toISOString() ?? null,
    webhookId.toString(),
  ];
}

export interface ChargebackMove {
  readonly id: bigint;
  readonly from: ChargebackState;
  readonly to: ChargebackState;
  readonly actor: string;
  readonly note: string | null;
  readonly webhookId: bigint | null;
  /** Of one that was won: the request key of its CHARGEBACK_REVERSAL. */
  readonly reversalKey: string | null;
}

/** Fails with PB001 where the chargeback is no longer in the state `from`. */
export const moveChargebackStatement: Statement = {
  name: "move-chargeback",
  text: "SELECT move_chargeback($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::bigint, $7::uuid)",
};

export function moveChargebackValues(move: ChargebackMove): readonly (string | null)[] {
  const { id, from, to, actor, note, webhookId, reversalKey } = move;
  return [id.toString(), from, to, actor, note, webhookId?.toString() ?? null, reversalKey];
}

/** Answers whether it was still where the caller saw it; otherwise nothing happened, and the transaction is lost. */
export async function moveChargeback(db: Executor, move: ChargebackMove): Promise<boolean> {
  const [id, from, to, actor, note, webhook] = moveChargebackValues(move);
  const [seen] = await queryRows<{ state: string }>(
    db,
    sql`SELECT state FROM chargebacks WHERE id = ${id}::bigint FOR NO KEY UPDATE`,
  );
  if (seen?.state !== from) return false;
  await db.execute(sql`
    SELECT move_chargeback(${id}::bigint, ${from}::text, ${to}::text, ${actor}::text, ${note}::text, ${webhook}::bigint, NULL)`);
  return true;
}

export interface ChargebackStep {
  readonly number: number;
  readonly at: Date;
  readonly to: ChargebackState;
  readonly actor: string;
  readonly note: string | null;
  readonly webhookId: bigint | null;
}

export async function listChargebackSteps(db: Executor, id: bigint): Promise<ChargebackStep[]> {
  const rows = await queryRows<{
    number: number;
    at: string;
    to_state: ChargebackState;
    actor: string;
    note: string | null;
    webhook_id: string | null;
  }>(db, sql`SELECT * FROM chargeback_steps WHERE chargeback_id = ${id} ORDER BY number`);
  return rows.map((row) => ({
    number: row.number,
    at: readInstant(row.at),
    to: row.to_state,
    actor: row.actor,
    note: row.note,
    webhookId: row.webhook_id === null ? null : BigInt(row.webhook_id),
  }));
}

export interface ChargebackEvidence {
  readonly id: bigint;
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly object: string;
  readonly addedBy: string;
  readonly addedAt: Date;
}

export async function listEvidence(db: Executor, chargebackId: bigint): Promise<ChargebackEvidence[]> {
  const rows = await queryRows<{
    id: string;
    name: string;
    media_type: string;
    bytes: number;
    sha256: string;
    object: string;
    added_by: string;
    added_at: string;
  }>(db, sql`SELECT * FROM chargeback_evidence WHERE chargeback_id = ${chargebackId} ORDER BY id`);
  return rows.map((row) => ({
    id: BigInt(row.id),
    name: row.name,
    mediaType: row.media_type,
    bytes: row.bytes,
    sha256: row.sha256,
    object: row.object,
    addedBy: row.added_by,
    addedAt: readInstant(row.added_at),
  }));
}

/** False where the very same file is there already. */
export async function insertEvidence(
  db: Executor,
  chargebackId: bigint,
  file: Omit<ChargebackEvidence, "id" | "addedAt">,
): Promise<boolean> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO chargeback_evidence (chargeback_id, name, media_type, bytes, sha256, object, added_by)
        VALUES (${chargebackId}, ${file.name}, ${file.mediaType}, ${file.bytes}, ${file.sha256}, ${file.object}, ${file.addedBy})
        ON CONFLICT (chargeback_id, sha256) DO NOTHING RETURNING id`,
  );
  return rows.length > 0;
}

/** Whether the rule in force locks a player who has these chargebacks; with the rule's numbers. */
export async function findLockRule(
  db: Executor,
  playerId: bigint,
  at: Date,
): Promise<{ readonly lockAt: number; readonly withinDays: number; readonly count: number } | undefined> {
  const [row] = await queryRows<{ lock_at: number; within_days: number; count: string }>(
    db,
    sql`SELECT r.lock_at, r.within_days,
               (SELECT count(*) FROM chargebacks c
                 WHERE c.player_id = ${playerId} AND c.opened_at > ${at}::timestamptz - r.within_days * interval '1 day') AS count
          FROM chargeback_rules r WHERE r.effective_from <= ${at} ORDER BY r.effective_from DESC, r.id DESC LIMIT 1`,
  );
  return row && { lockAt: row.lock_at, withinDays: row.within_days, count: Number(row.count) };
}

function readChargeback(row: Row): ChargebackRecord {
  return {
    id: BigInt(row.id),
    depositId: BigInt(row.deposit_id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    psp: row.psp,
    reference: row.psp_reference,
    state: row.state,
    currency: currencyOfNumber(row.currency),
    amount: BigInt(row.amount),
    lost: BigInt(row.lost),
    reasonCode: row.reason_code,
    reason: row.reason,
    openedAt: readInstant(row.opened_at),
    dueAt: readInstantOrNull(row.due_at),
    closedAt: readInstantOrNull(row.closed_at),
    transactionId: BigInt(row.transaction_id),
    reversalId: row.reversal_id === null ? null : BigInt(row.reversal_id),
  };
}
