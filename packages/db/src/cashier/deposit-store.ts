/** Deposits, and the steps that they take. */
import type { DepositCheck } from "@pitboss/domain/cashier/deposit-checks";
import type { DepositEvent, DepositState } from "@pitboss/domain/cashier/deposit-machine";
import type { PaymentMethod } from "@pitboss/domain/cashier/payment-method";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { type Currency, currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type PlayerStatus, playerStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

export type DepositSource = "REQUEST" | "WEBHOOK" | "QUERY" | "REPORT";

export interface DepositRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly requestId: string;
  readonly requestKey: string;
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly state: DepositState;
  readonly pspReference: string | null;
  readonly credited: bigint | null;
  readonly pspFee: bigint | null;
  readonly transactionId: bigint | null;
  readonly returnUrl: string | null;
  readonly failure: JsonObject | null;
  readonly nextAction: JsonObject | null;
  readonly checks: readonly DepositCheck[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly expiresAt: Date;
  readonly followAt: Date | null;
  /** How often the provider was asked because no word came. */
  readonly followed: number;
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
  /** Of what came over a chain. */
  readonly chain: ChainOfDeposit | null;
}

export interface ChainOfDeposit {
  /** The address of ours that it came to, and those that it came from. */
  readonly address: string;
  readonly sources: readonly string[];
  readonly txHash: string | null;
  readonly confirmations: number;
  readonly needed: number;
  /** Why it was credited frozen; null where it was not. */
  readonly frozenFor: string | null;
  readonly releaseId: bigint | null;
  readonly convertTo: Currency | null;
  readonly conversionId: bigint | null;
}

interface Row {
  readonly id: string;
  readonly player_id: string;
  readonly nickname: string;
  readonly request_id: string;
  readonly request_key: string;
  readonly body_hash: string;
  readonly trace_id: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  readonly currency: number;
  readonly amount: string;
  readonly state: DepositState;
  readonly psp_reference: string | null;
  readonly credited: string | null;
  readonly psp_fee: string | null;
  readonly transaction_id: string | null;
  readonly return_url: string | null;
  readonly failure: JsonObject | null;
  readonly next_action: JsonObject | null;
  readonly checks: readonly DepositCheck[];
  readonly created_at: string;
  readonly updated_at: string;
  readonly expires_at: string;
  readonly follow_at: string | null;
  readonly followed: number;
  readonly instrument_id: string;
  readonly token: string;
  readonly fingerprint: string;
  readonly brand: string;
  readonly last4: string;
  readonly expires_month: number | null;
  readonly expires_year: number | null;
  readonly country: string | null;
  readonly instrument_since: string;
  readonly chain_address: string | null;
  readonly sources: readonly string[] | null;
  readonly tx_hash: string | null;
  readonly confirmations: number | null;
  readonly needed: number | null;
  readonly frozen_for: string | null;
  readonly release_id: string | null;
  readonly convert_to: number | null;
  readonly conversion_id: string | null;
}

const selectDeposits = sql`
  SELECT d.*, p.nickname, i.token, i.fingerprint, i.brand, i.last4, i.expires_month, i.expires_year, i.country,
         i.created_at AS instrument_since, c.address AS chain_address, c.sources, c.tx_hash, c.confirmations, c.needed,
         c.frozen_for, c.release_id, c.convert_to, c.conversion_id
    FROM deposits d JOIN players p ON p.id = d.player_id JOIN instruments i ON i.id = d.instrument_id
    LEFT JOIN chain_deposits c ON c.deposit_id = d.id`;

export async function findDeposit(db: Executor, id: bigint): Promise<DepositRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`${selectDeposits} WHERE d.id = ${id}`);
  return row && readDeposit(row);
}

export async function findDepositByRequest(db: Executor, requestKey: string): Promise<DepositRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`${selectDeposits} WHERE d.request_key = ${requestKey}::uuid`);
  return row && readDeposit(row);
}

/** By the provider's own id of the payment. */
export async function findDepositByReference(
  db: Executor,
  psp: string,
  reference: string,
): Promise<DepositRecord | undefined> {
  const [row] = await queryRows<Row>(
    db,
    sql`${selectDeposits} WHERE d.psp = ${psp} AND d.psp_reference = ${reference}`,
  );
  return row && readDeposit(row);
}

export interface DepositFilter {
  readonly playerId?: bigint | undefined;
  readonly states?: readonly DepositState[] | undefined;
  readonly psp?: string | undefined;
  readonly currency?: Currency | undefined;
  readonly minAmount?: bigint | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

/** Newest first, by keyset. */
export async function listDeposits(db: Executor, filter: DepositFilter): Promise<DepositRecord[]> {
  const conditions: SQL[] = [sql`d.id < ${filter.before ?? 1n << 62n}`];
  if (filter.playerId !== undefined) conditions.push(sql`d.player_id = ${filter.playerId}`);
  if (filter.states !== undefined) conditions.push(sql`d.state = ANY(${`{${filter.states.join(",")}}`}::text[])`);
  if (filter.psp !== undefined) conditions.push(sql`d.psp = ${filter.psp}`);
  if (filter.currency !== undefined) conditions.push(sql`d.currency = ${currencies[filter.currency].number}`);
  if (filter.minAmount !== undefined) conditions.push(sql`d.amount >= ${filter.minAmount}`);
  if (filter.from !== undefined) conditions.push(sql`d.created_at >= ${filter.from}::timestamptz`);
  if (filter.to !== undefined) conditions.push(sql`d.created_at < ${filter.to}::timestamptz`);
  const rows = await queryRows<Row>(
    db,
    sql`${selectDeposits} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY d.id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readDeposit);
}

/** How many a player tried since the instant, whatever became of them. */
export async function countDepositsSince(db: Executor, playerId: bigint, since: Date): Promise<number> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT count(*) AS count FROM deposits WHERE player_id = ${playerId} AND created_at > ${since}`,
  );
  return Number(row?.count ?? 0);
}

/** What routing and checks ask of whoever deposits. */
export async function findPlayerForDeposit(
  db: Executor,
  id: bigint,
): Promise<{ readonly status: PlayerStatus; readonly country: string } | undefined> {
  const [row] = await queryRows<{ status: number; country: string }>(
    db,
    sql`SELECT status, country FROM players WHERE id = ${id}`,
  );
  return row && { status: playerStatusOf(row.status), country: row.country };
}

export interface NewDeposit {
  readonly playerId: bigint;
  readonly instrumentId: bigint;
  readonly requestKey: string;
  readonly bodyHash: bigint;
  readonly requestId: string;
  readonly traceId: string;
  readonly psp: string;
  readonly method: PaymentMethod;
  readonly currency: Currency;
  readonly amount: bigint;
  readonly returnUrl: string | null;
  readonly checks: readonly DepositCheck[];
  readonly expiresAt: Date;
  readonly followAt: Date;
}

/** Any fixed numbers; they name the locks of players and cards among the advisory locks of the database. */
const locks = { player: 7301, card: 7302 } as const;

/** Deposits of one player, and those from one card, come one after the other until the transaction ends. */
export async function lockForDeposit(
  db: Executor,
  { playerId, psp, fingerprint }: { readonly playerId: bigint; readonly psp: string; readonly fingerprint: string },
): Promise<void> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(${locks.player}, hashtext(${playerId.toString()}))`);
  await db.execute(sql`SELECT pg_advisory_xact_lock(${locks.card}, hashtext(${`${psp}|${fingerprint}`}))`);
}

/** Writes it down with its first step. Under `lockForDeposit`, which keeps a repeat of the request out. */
export async function insertDeposit(db: Executor, deposit: NewDeposit): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`WITH made AS (
          INSERT INTO deposits (player_id, instrument_id, request_key, body_hash, request_id, trace_id, psp, method, currency,
                                amount, return_url, checks, expires_at, follow_at)
          VALUES (${deposit.playerId}, ${deposit.instrumentId}, ${deposit.requestKey}::uuid, ${deposit.bodyHash},
                  ${deposit.requestId}, ${deposit.traceId}::uuid, ${deposit.psp}, ${deposit.method},
                  ${currencies[deposit.currency].number}, ${deposit.amount}, ${deposit.returnUrl}, ${JSON.stringify(deposit.checks)}::jsonb,
                  ${deposit.expiresAt}, ${deposit.followAt})
          RETURNING id
        ), step AS (
          INSERT INTO deposit_steps (deposit_id, number, event, to_state, source)
          SELECT id, 1, 'request', 'INITIATED', 'REQUEST' FROM made
        ) SELECT id FROM made`,
  );
  if (row === undefined) throw new Error("an inserted deposit has an id");
  return BigInt(row.id);
}

/** Tells that it was written down; in the same transaction. */
export async function announceDeposit(db: Executor, playerId: bigint, event: JsonObject): Promise<void> {
  await db.execute(sql`SELECT announce(${playerId}, ${JSON.stringify(event)}::jsonb)`);
}

export interface DepositMove {
  readonly depositId: bigint;
  readonly from: DepositState;
  readonly to: DepositState;
  readonly event: DepositEvent;
  readonly source: DepositSource;
  readonly webhookId: bigint | null;
  readonly details: JsonObject | null;
  readonly reference: string | null;
  readonly nextAction: JsonObject | null;
  readonly failure: JsonObject | null;
  readonly followAt: Date | null;
  /** The event that goes out with it, and whose it is; of steps that move no money. */
  readonly told?: { readonly playerId: bigint; readonly event: JsonObject };
  /** Of a credit alone: the request key of its DEPOSIT, what was taken and what the provider keeps, minor units. */
  readonly credit?: { readonly requestKey: string; readonly amount: bigint; readonly fee: bigint };
}

/** Fails with PB001 where the deposit is no longer in the state `from`. */
export const moveDepositStatement: Statement = {
  name: "move-deposit",
  text: `SELECT move_deposit($1::bigint, $2::text, $3::text, $4::text, $5::text, $6::bigint, $7::jsonb, $8::text, $9::jsonb,
                             $10::jsonb, $11::timestamptz, $12::uuid, $13::bigint, $14::bigint)`,
};

export function moveDepositValues(move: DepositMove): readonly (string | null)[] {
  const json = (value: JsonObject | null): string | null => (value === null ? null : JSON.stringify(value));
  return [
    move.depositId.toString(),
    move.from,
    move.to,
    move.event,
    move.source,
    move.webhookId?.toString() ?? null,
    json(move.details),
    move.reference,
    json(move.nextAction),
    json(move.failure),
    move.followAt?.toISOString() ?? null,
    move.credit?.requestKey ?? null,
    move.credit?.amount.toString() ?? null,
    move.credit?.fee.toString() ?? null,
  ];
}

/** Answers whether it was still where the caller saw it; otherwise nothing happened. */
export async function moveDeposit(db: Executor, move: DepositMove): Promise<boolean> {
  const [d, seen, next, event, source, webhook, details, reference, action, why, follow] = moveDepositValues(move);
  const { told } = move;
  // The player is locked before the deposit, as the ledger's door does it.
  const announced =
    told === undefined ? sql`NULL` : sql`announce(${told.playerId}, ${JSON.stringify(told.event)}::jsonb)`;
  try {
    await db.execute(sql`SELECT ${announced}, move_deposit(${d}::bigint, ${seen}::text, ${next}::text, ${event}::text, ${source}::text,
      ${webhook}::bigint, ${details}::jsonb, ${reference}::text, ${action}::jsonb, ${why}::jsonb, ${follow}::timestamptz,
      NULL, NULL, NULL)`);
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

/** Says when the provider is asked next, and keeps its name of the payment, which comes before any step. */
export async function setDepositFollowUp(
  db: Executor,
  id: bigint,
  { at, reference = null }: { readonly at: Date; readonly reference?: string | null },
): Promise<void> {
  await db.execute(sql`
    UPDATE deposits SET follow_at = ${at}, psp_reference = coalesce(psp_reference, ${reference}::text)
     WHERE id = ${id} AND follow_at IS NOT NULL`);
}

/** Takes deposits that are due, so that no other engine takes them before `until`. */
export async function claimDueDeposits(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE deposits SET follow_at = ${until}, followed = followed + 1
         WHERE id IN (SELECT id FROM deposits WHERE follow_at <= ${now} ORDER BY follow_at LIMIT ${limit}
                       FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export interface DepositStep {
  readonly number: number;
  readonly at: Date;
  readonly event: string;
  readonly from: DepositState | null;
  readonly to: DepositState;
  readonly source: DepositSource;
  readonly webhookId: bigint | null;
  readonly details: JsonObject | null;
}

export async function listDepositSteps(db: Executor, id: bigint): Promise<DepositStep[]> {
  const rows = await queryRows<{
    number: number;
    at: string;
    event: string;
    from_state: DepositState | null;
    to_state: DepositState;
    source: DepositSource;
    webhook_id: string | null;
    details: JsonObject | null;
  }>(db, sql`SELECT * FROM deposit_steps WHERE deposit_id = ${id} ORDER BY number`);
  return rows.map((row) => ({
    number: row.number,
    at: readInstant(row.at),
    event: row.event,
    from: row.from_state,
    to: row.to_state,
    source: row.source,
    webhookId: row.webhook_id === null ? null : BigInt(row.webhook_id),
    details: row.details,
  }));
}

function readDeposit(row: Row): DepositRecord {
  const big = (text: string | null): bigint | null => (text === null ? null : BigInt(text));
  return {
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    requestId: row.request_id,
    requestKey: row.request_key,
    bodyHash: BigInt(row.body_hash),
    traceId: row.trace_id,
    psp: row.psp,
    method: row.method,
    currency: currencyOfNumber(row.currency),
    amount: BigInt(row.amount),
    state: row.state,
    pspReference: row.psp_reference,
    credited: big(row.credited),
    pspFee: big(row.psp_fee),
    transactionId: big(row.transaction_id),
    returnUrl: row.return_url,
    failure: row.failure,
    nextAction: row.next_action,
    checks: row.checks,
    createdAt: readInstant(row.created_at),
    updatedAt: readInstant(row.updated_at),
    expiresAt: readInstant(row.expires_at),
    followAt: readInstantOrNull(row.follow_at),
    followed: row.followed,
    instrument: {
      id: BigInt(row.instrument_id),
      token: row.token,
      fingerprint: row.fingerprint,
      brand: row.brand,
      last4: row.last4,
      expiresMonth: row.expires_month,
      expiresYear: row.expires_year,
      country: row.country,
      createdAt: readInstant(row.instrument_since),
    },
    chain:
      row.chain_address === null
        ? null
        : {
            address: row.chain_address,
            sources: row.sources ?? [],
            txHash: row.tx_hash,
            confirmations: row.confirmations ?? 0,
            needed: row.needed ?? 0,
            frozenFor: row.frozen_for,
            releaseId: big(row.release_id),
            convertTo: row.convert_to === null ? null : currencyOfNumber(row.convert_to),
            conversionId: big(row.conversion_id),
          },
  };
}
