/** What payment providers sent: stored raw before anything is made of it, processed once, kept for ever. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export type WebhookState = "STORED" | "DONE" | "DEAD" | "FORGED";

export interface NewWebhook {
  readonly psp: string;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly state: "STORED" | "DEAD" | "FORGED";
  readonly outcome: string | null;
  readonly headers: JsonObject;
  readonly body: Buffer;
}

/** Keeps it; of an event that was sent before only that it came again. */
export async function storeWebhook(db: Executor, webhook: NewWebhook): Promise<void> {
  const { psp, eventId, type, state, outcome, headers, body } = webhook;
  await db.execute(sql`
    INSERT INTO psp_webhooks (psp, event_id, type, state, outcome, headers, body, due_at)
    VALUES (${psp}, ${eventId}, ${type}, ${state}, ${outcome}, ${JSON.stringify(headers)}::jsonb, ${body},
            CASE WHEN ${state} = 'STORED' THEN now() END)
    ON CONFLICT (psp, event_id) WHERE event_id IS NOT NULL DO UPDATE SET deliveries = psp_webhooks.deliveries + 1`);
}

export interface WebhookRecord {
  readonly id: bigint;
  readonly psp: string;
  readonly eventId: string | null;
  readonly type: string | null;
  readonly state: WebhookState;
  readonly outcome: string | null;
  readonly depositId: bigint | null;
  readonly payoutId: bigint | null;
  readonly receivedAt: Date;
  readonly doneAt: Date | null;
  readonly dueAt: Date | null;
  readonly attempts: number;
  readonly deliveries: number;
}

export interface RawWebhook extends WebhookRecord {
  readonly headers: JsonObject;
  readonly body: Buffer;
}

interface Row {
  readonly id: string;
  readonly psp: string;
  readonly event_id: string | null;
  readonly type: string | null;
  readonly state: WebhookState;
  readonly outcome: string | null;
  readonly deposit_id: string | null;
  readonly payout_id: string | null;
  readonly received_at: string;
  readonly done_at: string | null;
  readonly due_at: string | null;
  readonly attempts: number;
  readonly deliveries: number;
}
interface RawRow extends Row {
  readonly headers: JsonObject;
  readonly body: Buffer;
}

const columns = sql.raw(
  [
    "id",
    "psp",
    "event_id",
    "type",
    "state",
    "outcome",
    "deposit_id",
    "payout_id",
    "received_at",
    "done_at",
    "due_at",
    "attempts",
    "deliveries",
  ]
    .map((name) => `w.${name}`)
    .join(", "),
);

/** Takes what is due, so that no other engine takes it before `until`. */
export async function claimWebhooks(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<RawWebhook[]> {
  const rows = await queryRows<RawRow>(
    db,
    sql`UPDATE psp_webhooks w SET due_at = ${until}, attempts = attempts + 1
         WHERE id IN (SELECT id FROM psp_webhooks WHERE due_at <= ${now} ORDER BY due_at, id LIMIT ${limit}
                       FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING ${columns}, w.headers, w.body`,
  );
  return rows.map(readRaw);
}

export interface WebhookEnd {
  readonly state: "DONE" | "DEAD";
  readonly outcome: string;
  readonly depositId: bigint | null;
  readonly payoutId?: bigint;
}

export async function endWebhook(
  db: Executor,
  id: bigint,
  { state, outcome, depositId, payoutId }: WebhookEnd,
): Promise<void> {
  await db.execute(sql`
    UPDATE psp_webhooks SET state = ${state}, outcome = ${outcome}, deposit_id = coalesce(${depositId}::bigint, deposit_id),
           payout_id = coalesce(${payoutId ?? null}::bigint, payout_id),
           due_at = NULL, done_at = clock_timestamp()
     WHERE id = ${id} AND state = 'STORED'`);
}

/** It could not be processed now, and is tried again at that time. */
export async function postponeWebhook(db: Executor, id: bigint, due: Date, outcome: string): Promise<void> {
  await db.execute(
    sql`UPDATE psp_webhooks SET due_at = ${due}, outcome = ${outcome} WHERE id = ${id} AND state = 'STORED'`,
  );
}

/** Has a dead one processed again; false where it is not dead. */
export async function reviveWebhook(db: Executor, id: bigint, due: Date): Promise<boolean> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE psp_webhooks SET state = 'STORED', due_at = ${due}, attempts = 0, done_at = NULL
         WHERE id = ${id} AND state = 'DEAD' AND event_id IS NOT NULL RETURNING id`,
  );
  return rows.length > 0;
}

export interface WebhookFilter {
  readonly states?: readonly WebhookState[] | undefined;
  readonly psp?: string | undefined;
  readonly type?: string | undefined;
  readonly depositId?: bigint | undefined;
  readonly payoutId?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

export async function listWebhooks(db: Executor, filter: WebhookFilter): Promise<WebhookRecord[]> {
  const conditions: SQL[] = [sql`w.id < ${filter.before ?? 1n << 62n}`];
  if (filter.states !== undefined) conditions.push(sql`w.state = ANY(${`{${filter.states.join(",")}}`}::text[])`);
  if (filter.psp !== undefined) conditions.push(sql`w.psp = ${filter.psp}`);
  if (filter.type !== undefined) conditions.push(sql`w.type = ${filter.type}`);
  if (filter.depositId !== undefined) conditions.push(sql`w.deposit_id = ${filter.depositId}`);
  if (filter.payoutId !== undefined) conditions.push(sql`w.payout_id = ${filter.payoutId}`);
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM psp_webhooks w WHERE ${sql.join(conditions, sql` AND `)}
         ORDER BY w.id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readWebhook);
}

export async function findWebhook(db: Executor, id: bigint): Promise<RawWebhook | undefined> {
  const [row] = await queryRows<RawRow>(
    db,
    sql`SELECT ${columns}, w.headers, w.body FROM psp_webhooks w WHERE w.id = ${id}`,
  );
  return row && readRaw(row);
}

export async function countDeadWebhooks(db: Executor): Promise<number> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT count(*) AS count FROM psp_webhooks WHERE state = 'DEAD'`,
  );
  return Number(row?.count ?? 0);
}

function readWebhook(row: Row): WebhookRecord {
  return {
    id: BigInt(row.id),
    psp: row.psp,
    eventId: row.event_id,
    type: row.type,
    state: row.state,
    outcome: row.outcome,
    depositId: row.deposit_id === null ? null : BigInt(row.deposit_id),
    payoutId: row.payout_id === null ? null : BigInt(row.payout_id),
    receivedAt: readInstant(row.received_at),
    doneAt: readInstantOrNull(row.done_at),
    dueAt: readInstantOrNull(row.due_at),
    attempts: row.attempts,
    deliveries: row.deliveries,
  };
}

function readRaw(row: RawRow): RawWebhook {
  return { ...readWebhook(row), headers: row.headers, body: row.body };
}
