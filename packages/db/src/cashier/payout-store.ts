/** Payouts as they stand, and the one way in which they get on. */
import type { PayoutCheck } from "@pitboss/domain/cashier/payout-checks";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import type { PayoutEvent, PayoutState } from "@pitboss/domain/cashier/payout-machine";
import type { PayoutRejection } from "@pitboss/domain/cashier/payout-words";
import type { JsonObject, JsonValue } from "@pitboss/domain/kernel/json";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

export type PayoutSource = "REQUEST" | "RULE" | "STAFF" | "WORKER" | "WEBHOOK" | "QUERY";

export interface PayoutRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly requestKey: string;
  readonly requestId: string;
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly country: string;
  readonly deviceId: bigint | null;
  readonly forfeitAccepted: boolean;
  readonly state: PayoutState;
  readonly policyId: bigint;
  readonly checks: readonly PayoutCheck[];
  readonly score: number;
  /** How many different people have to say yes; null until it was judged. */
  readonly people: number | null;
  readonly content: JsonObject | null;
  /** Hex. */
  readonly contentHash: string | null;
  readonly approvalId: bigint | null;
  readonly pspReference: string | null;
  readonly failure: JsonObject | null;
  readonly rejection: PayoutRejection | null;
  readonly holdId: bigint;
  readonly settleId: bigint | null;
  readonly releaseId: bigint | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly stageAt: Date;
  readonly dueAt: Date | null;
  readonly workAt: Date | null;
  readonly worked: number;
  readonly sentAt: Date | null;
  readonly lastSentAt: Date | null;
  readonly claimedBy: bigint | null;
  readonly claimedUntil: Date | null;
  readonly snoozedUntil: Date | null;
  /** What arrived, where that is less than was asked for; the rest is the player's again. */
  readonly paid: bigint | null;
  readonly instrument: {
    readonly id: bigint;
    readonly token: string;
    readonly fingerprint: string;
    readonly brand: string;
    readonly last4: string;
    /** Of a card alone. */
    readonly expiresMonth: number | null;
    readonly expiresYear: number | null;
    readonly country: string | null;
    readonly createdAt: Date;
  };
}

export interface PayoutRow {
  readonly id: string;
  readonly player_id: string;
  readonly nickname: string;
  readonly request_key: string;
  readonly request_id: string;
  readonly body_hash: string;
  readonly trace_id: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  readonly currency: number;
  readonly amount: string;
  readonly country: string;
  readonly device_id: string | null;
  readonly forfeit_accepted: boolean;
  readonly state: PayoutState;
  readonly policy_id: string;
  readonly checks: readonly PayoutCheck[];
  readonly score: number;
  readonly people: number | null;
  readonly content: JsonObject | null;
  readonly hash: string | null;
  readonly approval_id: string | null;
  readonly psp_reference: string | null;
  readonly failure: JsonObject | null;
  readonly rejection: PayoutRejection | null;
  readonly hold_id: string;
  readonly settle_id: string | null;
  readonly release_id: string | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly stage_at: string;
  readonly due_at: string | null;
  readonly work_at: string | null;
  readonly worked: number;
  readonly sent_at: string | null;
  readonly last_sent_at: string | null;
  readonly claimed_by: string | null;
  readonly claimed_until: string | null;
  readonly snoozed_until: string | null;
  readonly paid: string | null;
  readonly instrument_id: string;
  readonly token: string;
  readonly fingerprint: string;
  readonly brand: string;
  readonly last4: string;
  readonly expires_month: number | null;
  readonly expires_year: number | null;
  readonly instrument_country: string | null;
  readonly instrument_since: string;
}

export const selectPayouts: SQL = sql`
  SELECT x.*, encode(x.content_hash, 'hex') AS hash, p.nickname, i.token, i.fingerprint, i.brand, i.last4, i.expires_month,
         i.expires_year, i.country AS instrument_country, i.created_at AS instrument_since
    FROM payouts x JOIN players p ON p.id = x.player_id JOIN instruments i ON i.id = x.instrument_id`;

export async function findPayout(db: Executor, id: bigint): Promise<PayoutRecord | undefined> {
  const [row] = await queryRows<PayoutRow>(db, sql`${selectPayouts} WHERE x.id = ${id}`);
  return row && readPayout(row);
}

export async function findPayoutByRequest(db: Executor, requestKey: string): Promise<PayoutRecord | undefined> {
  const [row] = await queryRows<PayoutRow>(db, sql`${selectPayouts} WHERE x.request_key = ${requestKey}::uuid`);
  return row && readPayout(row);
}

/** A number for a payout that is about to be written down, so that the ledger can refer to it. */
export async function nextPayoutId(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(db, sql`SELECT nextval('payouts_id_seq') AS id`);
  if (row === undefined) throw new Error("a sequence has a next number");
  return BigInt(row.id);
}

/** Any fixed number; it names the lock among the advisory locks of the database. */
const playerLock = 7311;

/** Requests of one player come one after the other, until the transaction ends. */
export async function lockForPayout(db: Executor, playerId: bigint): Promise<void> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(${playerLock}, hashtext(${playerId.toString()}))`);
}

/** Where a transaction also locks a proposal the player comes first, as everywhere in the ledger. */
export async function lockPlayerOf(db: Executor, payoutId: bigint): Promise<void> {
  await db.execute(
    sql`SELECT FROM players WHERE id = (SELECT player_id FROM payouts WHERE id = ${payoutId}) FOR NO KEY UPDATE`,
  );
}

/** Where it is and what was judged, and nobody changes it until the transaction ends. */
export async function lockPayout(
  db: Executor,
  id: bigint,
): Promise<{ readonly state: PayoutState; readonly contentHash: string | null } | undefined> {
  const [row] = await queryRows<{ state: PayoutState; hash: string | null }>(
    db,
    sql`SELECT state, encode(content_hash, 'hex') AS hash FROM payouts WHERE id = ${id} FOR NO KEY UPDATE`,
  );
  return row && { state: row.state, contentHash: row.hash };
}

export interface NewPayout {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly instrumentId: bigint;
  readonly requestKey: string;
  readonly requestId: string;
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  /** ISO 4217 number, as the ledger stores it. */
  readonly currency: number;
  readonly amount: bigint;
  readonly country: string;
  readonly deviceId: bigint | null;
  readonly forfeitAccepted: boolean;
  readonly policyId: bigint;
  readonly checks: readonly PayoutCheck[];
  readonly dueAt: Date;
  readonly workAt: Date;
}

/** Written along with the WITHDRAW_HOLD of the same request key; fails where there is none. */
export const requestPayoutStatement: Statement = {
  name: "request-payout",
  text: "SELECT request_payout($1::jsonb, $2::jsonb)",
};

export function requestPayoutValues(payout: NewPayout, told: JsonObject): readonly string[] {
  const row = {
    id: payout.id.toString(),
    player_id: payout.playerId.toString(),
    instrument_id: payout.instrumentId.toString(),
    request_key: payout.requestKey,
    request_id: payout.requestId,
    body_hash: payout.bodyHash.toString(),
    trace_id: payout.traceId,
    psp: payout.psp,
    method: payout.method,
    currency: payout.currency,
    amount: payout.amount.toString(),
    country: payout.country,
    device_id: payout.deviceId?.toString() ?? null,
    forfeit_accepted: payout.forfeitAccepted,
    policy_id: payout.policyId.toString(),
    checks: payout.checks,
    due_at: payout.dueAt.toISOString(),
    work_at: payout.workAt.toISOString(),
  };
  return [JSON.stringify(row), JSON.stringify(told)];
}

/** What a step changes beside the state; what is not named stays, but `workAt`, which is then null. */
export interface PayoutChange {
  readonly workAt?: Date | null;
  readonly dueAt?: Date | null;
  readonly pspReference?: string;
  readonly failure?: JsonObject;
  readonly rejection?: PayoutRejection;
  readonly approvalId?: bigint;
  readonly judged?: {
    readonly checks: readonly PayoutCheck[];
    readonly score: number;
    readonly people: number;
    readonly policyId: bigint;
    readonly content: JsonObject;
    readonly contentHash: string;
  };
}

export interface PayoutMove {
  readonly payoutId: bigint;
  readonly from: PayoutState;
  readonly event: PayoutEvent;
  readonly source: PayoutSource;
  readonly actor: string | null;
  readonly webhookId?: bigint | null;
  readonly details: JsonObject | null;
  readonly change: PayoutChange;
  /** The request key of the ledger's posting that this step goes with. */
  readonly moneyKey?: string;
  /** The event that goes out with it. */
  readonly told?: JsonObject;
}

/** Fails with PB001 where the payout is no longer in the state `from`. */
export const movePayoutStatement: Statement = {
  name: "move-payout",
  text: `SELECT move_payout($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::bigint, $7::jsonb, $8::jsonb, $9::uuid,
                            $10::jsonb)`,
};

/** Along with `payPart`, in the same transaction. */
export const notePartPaidStatement: Statement = {
  name: "note-part-paid",
  text: "SELECT note_part_paid($1::bigint, $2::bigint)",
};

export function movePayoutValues(move: PayoutMove): readonly (string | null)[] {
  return [
    move.payoutId.toString(),
    move.from,
    move.event,
    move.source,
    move.actor,
    move.webhookId?.toString() ?? null,
    move.details === null ? null : JSON.stringify(move.details),
    JSON.stringify(changeOf(move.change)),
    move.moneyKey ?? null,
    move.told === undefined ? null : JSON.stringify(move.told),
  ];
}

function changeOf(change: PayoutChange): Record<string, JsonValue> {
  const { judged } = change;
  return {
    work_at: change.workAt?.toISOString() ?? null,
    ...(change.dueAt === undefined ? {} : { due_at: change.dueAt?.toISOString() ?? null }),
    ...(change.pspReference === undefined ? {} : { psp_reference: change.pspReference }),
    ...(change.failure === undefined ? {} : { failure: change.failure }),
    ...(change.rejection === undefined ? {} : { rejection: change.rejection }),
    ...(change.approvalId === undefined ? {} : { approval_id: change.approvalId.toString() }),
    ...(judged === undefined
      ? {}
      : {
          checks: judged.checks as unknown as JsonValue,
          score: judged.score,
          people: judged.people,
          policy_id: judged.policyId.toString(),
          content: judged.content,
          content_hash: judged.contentHash,
        }),
  };
}

/** Answers whether it was still where the caller saw it; otherwise nothing happened. Of steps that post nothing. */
export async function movePayout(db: Executor, move: PayoutMove): Promise<boolean> {
  const [id, seen, event, source, actor, webhook, details, change, , told] = movePayoutValues(move);
  try {
    await db.execute(sql`SELECT move_payout(${id}::bigint, ${seen}::text, ${event}::text, ${source}::text, ${actor}::text,
      ${webhook}::bigint, ${details}::jsonb, ${change}::jsonb, NULL, ${told}::jsonb)`);
    return true;
  } catch (error) {
    if (error instanceof Error && codeOf(error) === "PB001") return false;
    throw error;
  }
}

function codeOf(error: Error): unknown {
  if ("code" in error) return error.code;
  return error.cause instanceof Error ? codeOf(error.cause) : undefined;
}

export interface PayoutStep {
  readonly number: number;
  readonly at: Date;
  readonly event: string;
  readonly from: PayoutState | null;
  readonly to: PayoutState;
  readonly source: PayoutSource;
  readonly actor: string | null;
  readonly webhookId: bigint | null;
  readonly details: JsonObject | null;
}

export async function listPayoutSteps(db: Executor, id: bigint): Promise<PayoutStep[]> {
  const rows = await queryRows<{
    number: number;
    at: string;
    event: string;
    from_state: PayoutState | null;
    to_state: PayoutState;
    source: PayoutSource;
    actor: string | null;
    webhook_id: string | null;
    details: JsonObject | null;
  }>(db, sql`SELECT * FROM payout_steps WHERE payout_id = ${id} ORDER BY number`);
  return rows.map(({ number, at, event, from_state, to_state, source, actor, webhook_id, details }) => ({
    number,
    at: readInstant(at),
    event,
    from: from_state,
    to: to_state,
    source,
    actor,
    webhookId: webhook_id === null ? null : BigInt(webhook_id),
    details,
  }));
}

export function readPayout(row: PayoutRow): PayoutRecord {
  const big = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return {
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    requestKey: row.request_key,
    requestId: row.request_id,
    bodyHash: BigInt(row.body_hash),
    traceId: row.trace_id,
    psp: row.psp,
    method: row.method,
    currency: currencyOfNumber(row.currency),
    amount: BigInt(row.amount),
    country: row.country,
    deviceId: big(row.device_id),
    forfeitAccepted: row.forfeit_accepted,
    state: row.state,
    policyId: BigInt(row.policy_id),
    checks: row.checks,
    score: row.score,
    people: row.people,
    content: row.content,
    contentHash: row.hash,
    approvalId: big(row.approval_id),
    pspReference: row.psp_reference,
    failure: row.failure,
    rejection: row.rejection,
    holdId: BigInt(row.hold_id),
    settleId: big(row.settle_id),
    releaseId: big(row.release_id),
    createdAt: readInstant(row.created_at),
    updatedAt: readInstant(row.updated_at),
    stageAt: readInstant(row.stage_at),
    dueAt: readInstantOrNull(row.due_at),
    workAt: readInstantOrNull(row.work_at),
    worked: row.worked,
    sentAt: readInstantOrNull(row.sent_at),
    lastSentAt: readInstantOrNull(row.last_sent_at),
    claimedBy: big(row.claimed_by),
    claimedUntil: readInstantOrNull(row.claimed_until),
    snoozedUntil: readInstantOrNull(row.snoozed_until),
    paid: big(row.paid),
    instrument: {
      id: BigInt(row.instrument_id),
      token: row.token,
      fingerprint: row.fingerprint,
      brand: row.brand,
      last4: row.last4,
      expiresMonth: row.expires_month,
      expiresYear: row.expires_year,
      country: row.instrument_country,
      createdAt: readInstant(row.instrument_since),
    },
  };
}
