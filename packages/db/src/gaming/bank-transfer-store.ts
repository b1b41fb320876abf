/** Transfers to and from game banks as they stand, and the one way in which they get on. */
import type {
  BankDirection,
  BankTransferEvent,
  BankTransferState,
} from "@pitboss/domain/gaming/game-bank/bank-machines";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";

/** Why a provider took no transfer, in its own words. */
export type BankRefusal = { readonly code: string; readonly message: string };

export interface BankTransferRecord {
  readonly id: bigint;
  readonly sessionId: bigint;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly providerId: number;
  readonly provider: string;
  readonly currency: Currency;
  readonly direction: BankDirection;
  readonly amount: bigint | null;
  readonly everything: boolean;
  readonly balanceAfter: bigint | null;
  readonly state: BankTransferState;
  readonly requestKey: string;
  readonly requestId: string;
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly actor: string | null;
  readonly failure: BankRefusal | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly lastSentAt: Date | null;
  readonly sends: number;
  readonly workAt: Date | null;
  readonly worked: number;
}

interface TransferText {
  readonly id: string;
  readonly session_id: string;
  readonly player_id: string;
  readonly nickname: string;
  readonly provider_id: number;
  readonly provider: string;
  readonly currency: number;
  readonly direction: BankDirection;
  readonly amount: string | null;
  readonly everything: boolean;
  readonly balance_after: string | null;
  readonly state: BankTransferState;
  readonly request_key: string;
  readonly request_id: string;
  readonly body_hash: string;
  readonly trace_id: string;
  readonly actor: string | null;
  readonly failure: BankRefusal | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_sent_at: string | null;
  readonly sends: number;
  readonly work_at: string | null;
  readonly worked: number;
}

const selectTransfers: SQL = sql`
  SELECT t.*, b.player_id, b.provider_id, b.currency, p.nickname, o.code AS provider
    FROM game_bank_transfers t
    JOIN game_bank_sessions b ON b.id = t.session_id
    JOIN players p ON p.id = b.player_id
    JOIN providers o ON o.id = b.provider_id`;

export async function findBankTransfer(db: Executor, id: bigint): Promise<BankTransferRecord | undefined> {
  const [row] = await queryRows<TransferText>(db, sql`${selectTransfers} WHERE t.id = ${id}`);
  return row && readTransfer(row);
}

export async function findTransferByRequest(db: Executor, requestKey: string): Promise<BankTransferRecord | undefined> {
  const [row] = await queryRows<TransferText>(db, sql`${selectTransfers} WHERE t.request_key = ${requestKey}::uuid`);
  return row && readTransfer(row);
}

/** The one that is under way in a bank, if any. */
export async function findOpenTransfer(db: Executor, sessionId: bigint): Promise<BankTransferRecord | undefined> {
  const [row] = await queryRows<TransferText>(
    db,
    sql`${selectTransfers} WHERE t.session_id = ${sessionId} AND t.state IN ('REQUESTED', 'SENT', 'UNKNOWN')`,
  );
  return row && readTransfer(row);
}

export interface TransferFilter {
  readonly sessionId?: bigint;
  readonly providerId?: number;
  readonly playerId?: bigint;
  readonly states?: readonly BankTransferState[];
  /** Only those before this one. */
  readonly before?: bigint;
  readonly limit: number;
}

/** Newest first. */
export async function listBankTransfers(db: Executor, filter: TransferFilter): Promise<BankTransferRecord[]> {
  const { sessionId, providerId, playerId, states, before, limit } = filter;
  const named = states === undefined ? null : `{${states.join(",")}}`;
  const rows = await queryRows<TransferText>(
    db,
    sql`${selectTransfers}
         WHERE (${sessionId ?? null}::bigint IS NULL OR t.session_id = ${sessionId ?? null}::bigint)
           AND (${providerId ?? null}::integer IS NULL OR b.provider_id = ${providerId ?? null}::integer)
           AND (${playerId ?? null}::bigint IS NULL OR b.player_id = ${playerId ?? null}::bigint)
           AND (${named}::text[] IS NULL OR t.state = ANY(${named}::text[]))
           AND (${before ?? null}::bigint IS NULL OR t.id < ${before ?? null}::bigint)
         ORDER BY t.id DESC LIMIT ${limit}`,
  );
  return rows.map(readTransfer);
}

/** When those were asked for of which the outcome is open, by provider; the oldest alone where there are very many. */
export async function listOpenTransferTimes(db: Executor): Promise<{ readonly provider: string; readonly at: Date }[]> {
  const rows = await queryRows<{ provider: string; created_at: string }>(
    db,
    sql`SELECT o.code AS provider, t.created_at
          FROM game_bank_transfers t
          JOIN game_bank_sessions b ON b.id = t.session_id
          JOIN providers o ON o.id = b.provider_id
         WHERE t.state IN ('REQUESTED', 'SENT', 'UNKNOWN') ORDER BY t.id LIMIT 1000`,
  );
  return rows.map(({ provider, created_at }) => ({ provider, at: readInstant(created_at) }));
}

/** A number for a transfer that is about to be written down, so that the ledger can refer to it. */
export async function nextBankTransferId(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`SELECT nextval(pg_get_serial_sequence('game_bank_transfers', 'id')) AS id`,
  );
  if (row === undefined) throw new Error("a sequence has a next number");
  return BigInt(row.id);
}

export interface NewBankTransfer {
  readonly id: bigint;
  readonly sessionId: bigint;
  readonly direction: BankDirection;
  readonly amount: bigint | null;
  readonly requestKey: string;
  readonly requestId: string;
  readonly bodyHash: bigint;
  readonly traceId: string;
  readonly actor: string | null;
  readonly workAt: Date;
}

/** Of one that goes in it runs along with the TRANSFER_OUT of the same request key; it fails where there is none. */
export const requestTransferStatement: Statement = {
  name: "request-bank-transfer",
  text: "SELECT request_game_bank_transfer($1::jsonb)",
};

export function requestTransferValues(made: NewBankTransfer): readonly string[] {
  const row = {
    id: made.id.toString(),
    session_id: made.sessionId.toString(),
    direction: made.direction,
    amount: made.amount?.toString() ?? null,
    everything: made.amount === null,
    request_key: made.requestKey,
    request_id: made.requestId,
    body_hash: made.bodyHash.toString(),
    trace_id: made.traceId,
    actor: made.actor,
    work_at: made.workAt.toISOString(),
  };
  return [JSON.stringify(row)];
}

export async function requestBankTransfer(db: Executor, made: NewBankTransfer): Promise<void> {
  const [row = ""] = requestTransferValues(made);
  await db.execute(sql`SELECT request_game_bank_transfer(${row}::jsonb)`);
}

export interface TransferMove {
  readonly event: BankTransferEvent;
  readonly actor: string;
  readonly details?: JsonObject;
  readonly change?: {
    readonly workAt?: Date;
    readonly amount?: bigint;
    readonly balanceAfter?: bigint;
    readonly failure?: BankRefusal;
  };
}

export const moveTransferStatement: Statement = {
  name: "move-bank-transfer",
  text: "SELECT move_game_bank_transfer($1::bigint, $2, $3, $4, $5::jsonb, $6::jsonb, $7::uuid)",
};

/** `moneyKey` is of the posting in whose transaction it runs. */
export function moveTransferValues(
  { id, state }: Pick<BankTransferRecord, "id" | "state">,
  { event, actor, details, change = {} }: TransferMove,
  moneyKey: string | null,
): readonly (string | null)[] {
  const changed = {
    work_at: change.workAt?.toISOString(),
    amount: change.amount?.toString(),
    balance_after: change.balanceAfter?.toString(),
    failure: change.failure,
  };
  const told = details === undefined ? null : JSON.stringify(details);
  return [id.toString(), state, event, actor, told, JSON.stringify(changed), moneyKey];
}

/** Where no money moves with it. False where it is no longer where it was seen. */
export async function moveBankTransfer(
  db: Executor,
  seen: Pick<BankTransferRecord, "id" | "state">,
  move: TransferMove,
): Promise<boolean> {
  const [id, state, event, actor, details, change] = moveTransferValues(seen, move, null);
  try {
    await db.execute(sql`
      SELECT move_game_bank_transfer(${id}::bigint, ${state}, ${event}, ${actor}, ${details}::jsonb, ${change}::jsonb, NULL)`);
    return true;
  } catch (error) {
    if (isStale(error)) return false;
    throw error;
  }
}

export function isStale(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ("code" in error && error.code === "PB001") || isStale(error.cause);
}

/** Takes transfers that are due, so that no other engine takes them before `until`. */
export async function claimDueTransfers(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE game_bank_transfers SET work_at = ${until.toISOString()}::timestamptz, worked = worked + 1
         WHERE id IN (SELECT id FROM game_bank_transfers WHERE work_at <= ${now.toISOString()}::timestamptz
                       ORDER BY work_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export async function setTransferWork(db: Executor, id: bigint, at: Date): Promise<void> {
  await db.execute(sql`
    UPDATE game_bank_transfers SET work_at = ${at.toISOString()}::timestamptz WHERE id = ${id} AND work_at IS NOT NULL`);
}

export interface BankStep {
  readonly at: Date;
  readonly event: string;
  readonly from: BankTransferState | null;
  readonly to: BankTransferState;
  readonly actor: string;
  readonly details: JsonObject | null;
}

export async function listBankSteps(db: Executor, transferId: bigint): Promise<BankStep[]> {
  const rows = await queryRows<{
    at: string;
    event: string;
    from_state: BankTransferState | null;
    to_state: BankTransferState;
    actor: string;
    details: JsonObject | null;
  }>(
    db,
    sql`SELECT at, event, from_state, to_state, actor, details FROM game_bank_steps
         WHERE transfer_id = ${transferId} ORDER BY number LIMIT 500`,
  );
  return rows.map(({ at, event, from_state, to_state, actor, details }) => ({
    at: readInstant(at),
    event,
    from: from_state,
    to: to_state,
    actor,
    details,
  }));
}

function readTransfer(row: TransferText): BankTransferRecord {
  return {
    id: BigInt(row.id),
    sessionId: BigInt(row.session_id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    providerId: row.provider_id,
    provider: row.provider,
    currency: currencyOfNumber(row.currency),
    direction: row.direction,
    amount: row.amount === null ? null : BigInt(row.amount),
    everything: row.everything,
    balanceAfter: row.balance_after === null ? null : BigInt(row.balance_after),
    state: row.state,
    requestKey: row.request_key,
    requestId: row.request_id,
    bodyHash: BigInt(row.body_hash),
    traceId: row.trace_id,
    actor: row.actor,
    failure: row.failure,
    createdAt: readInstant(row.created_at),
    updatedAt: readInstant(row.updated_at),
    lastSentAt: readInstantOrNull(row.last_sent_at),
    sends: row.sends,
    workAt: readInstantOrNull(row.work_at),
    worked: row.worked,
  };
}
