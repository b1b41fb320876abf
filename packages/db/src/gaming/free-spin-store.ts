/** Free spins that were issued with providers as they stand, and the one way in which they get on. */
import type { FreeSpinsEvent, FreeSpinsState } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { currencies, type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../kernel/arrays.ts";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";
import { isStale } from "./bank-transfer-store.ts";

/** Why a provider did not do it: the house's word, and the provider's own code and message. */
export type FreeSpinsFailure = { readonly reason: string; readonly code: string; readonly message: string };

export interface FreeSpinsRecord {
  readonly id: bigint;
  readonly providerId: number;
  readonly provider: string;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly country: string;
  readonly playerSince: Date;
  readonly currency: Currency;
  readonly games: readonly string[];
  readonly spins: number;
  readonly betLevel: number | null;
  readonly validUntil: Date;
  readonly state: FreeSpinsState;
  readonly won: bigint | null;
  readonly requestId: string;
  readonly bodyHash: bigint;
  readonly actor: string;
  readonly reason: string;
  readonly failure: FreeSpinsFailure | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly lastSentAt: Date | null;
  readonly sends: number;
  readonly recallSentAt: Date | null;
  readonly workAt: Date | null;
  readonly worked: number;
}

interface FreeSpinsText {
  readonly id: string;
  readonly provider_id: number;
  readonly provider: string;
  readonly player_id: string;
  readonly nickname: string;
  readonly country: string;
  readonly player_since: string;
  readonly currency: number;
  readonly games: string[];
  readonly spins: number;
  readonly bet_level: number | null;
  readonly valid_until: string;
  readonly state: FreeSpinsState;
  readonly won: string | null;
  readonly request_id: string;
  readonly body_hash: string;
  readonly actor: string;
  readonly reason: string;
  readonly failure: FreeSpinsFailure | null;
  readonly created_at: string;
  readonly updated_at: string;
  readonly last_sent_at: string | null;
  readonly sends: number;
  readonly recall_sent_at: string | null;
  readonly work_at: string | null;
  readonly worked: number;
}

const selectIssues: SQL = sql`
  SELECT f.*, o.code AS provider, p.nickname, p.country, p.created_at AS player_since
    FROM free_spin_issues f
    JOIN providers o ON o.id = f.provider_id
    JOIN players p ON p.id = f.player_id`;

export async function findFreeSpins(db: Executor, id: bigint): Promise<FreeSpinsRecord | undefined> {
  const [row] = await queryRows<FreeSpinsText>(db, sql`${selectIssues} WHERE f.id = ${id}`);
  return row && readIssue(row);
}

export async function findFreeSpinsByRequest(db: Executor, requestKey: string): Promise<FreeSpinsRecord | undefined> {
  const [row] = await queryRows<FreeSpinsText>(db, sql`${selectIssues} WHERE f.request_key = ${requestKey}::uuid`);
  return row && readIssue(row);
}

export interface FreeSpinsFilter {
  readonly providerId?: number;
  readonly playerId?: bigint;
  readonly states?: readonly FreeSpinsState[];
  /** Only those before this one. */
  readonly before?: bigint;
  readonly limit: number;
}

/** Newest first. */
export async function listFreeSpins(db: Executor, filter: FreeSpinsFilter): Promise<FreeSpinsRecord[]> {
  const conditions: SQL[] = [sql`true`];
  if (filter.providerId !== undefined) conditions.push(sql`f.provider_id = ${filter.providerId}`);
  if (filter.playerId !== undefined) conditions.push(sql`f.player_id = ${filter.playerId}`);
  if (filter.states !== undefined) conditions.push(sql`f.state = ANY(${textArray(filter.states)}::text[])`);
  if (filter.before !== undefined) conditions.push(sql`f.id < ${filter.before}`);
  const rows = await queryRows<FreeSpinsText>(
    db,
    sql`${selectIssues} WHERE ${sql.join(conditions, sql` AND `)} ORDER BY f.id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readIssue);
}

export interface NewFreeSpins {
  readonly providerId: number;
  readonly playerId: bigint;
  readonly currency: Currency;
  readonly games: readonly string[];
  readonly spins: number;
  readonly betLevel: number | null;
  readonly validUntil: Date;
  readonly requestKey: string;
  readonly requestId: string;
  readonly bodyHash: bigint;
  readonly actor: string;
  readonly reason: string;
}

/** Undefined where this request was written down already. */
export async function insertFreeSpins(db: Executor, made: NewFreeSpins): Promise<bigint | undefined> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO free_spin_issues (provider_id, player_id, currency, games, spins, bet_level, valid_until,
                                      request_key, request_id, body_hash, actor, reason)
        VALUES (${made.providerId}, ${made.playerId}, ${currencies[made.currency].number},
                ${textArray(made.games)}::text[], ${made.spins}, ${made.betLevel},
                ${made.validUntil.toISOString()}::timestamptz, ${made.requestKey}::uuid, ${made.requestId},
                ${made.bodyHash}, ${made.actor}, ${made.reason})
        ON CONFLICT (request_key) DO NOTHING RETURNING id`,
  );
  return row === undefined ? undefined : BigInt(row.id);
}

export interface FreeSpinsMove {
  readonly event: FreeSpinsEvent;
  readonly actor: string;
  readonly details?: JsonObject;
  readonly change?: {
    readonly workAt?: Date;
    /** What was won in all, minor units. */
    readonly won?: bigint;
    readonly failure?: FreeSpinsFailure;
  };
}

export const moveFreeSpinsStatement: Statement = {
  name: "move-free-spins",
  text: "SELECT move_free_spins($1::bigint, $2, $3, $4, $5::jsonb, $6::jsonb, $7::uuid)",
};

/** `moneyKey` is of the payout in whose transaction it runs. */
export function moveFreeSpinsValues(
  { id, state }: Pick<FreeSpinsRecord, "id" | "state">,
  { event, actor, details, change = {} }: FreeSpinsMove,
  moneyKey: string | null,
): readonly (string | null)[] {
  const changed = { work_at: change.workAt?.toISOString(), won: change.won?.toString(), failure: change.failure };
  const told = details === undefined ? null : JSON.stringify(details);
  return [id.toString(), state, event, actor, told, JSON.stringify(changed), moneyKey];
}

/** Where no money moves with it. False where it is no longer where it was seen. */
export async function moveFreeSpins(
  db: Executor,
  seen: Pick<FreeSpinsRecord, "id" | "state">,
  move: FreeSpinsMove,
): Promise<boolean> {
  const [id, state, event, actor, details, change] = moveFreeSpinsValues(seen, move, null);
  try {
    await db.execute(sql`
      SELECT move_free_spins(${id}::bigint, ${state}, ${event}, ${actor}, ${details}::jsonb, ${change}::jsonb, NULL)`);
    return true;
  } catch (error) {
    if (isStale(error)) return false;
    throw error;
  }
}

/** Takes issues that are due, so that no other engine takes them before `until`. */
export async function claimDueFreeSpins(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE free_spin_issues SET work_at = ${until.toISOString()}::timestamptz, worked = worked + 1
         WHERE id IN (SELECT id FROM free_spin_issues WHERE work_at <= ${now.toISOString()}::timestamptz
                       ORDER BY work_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export async function setFreeSpinsWork(db: Executor, id: bigint, at: Date): Promise<void> {
  await db.execute(sql`
    UPDATE free_spin_issues SET work_at = ${at.toISOString()}::timestamptz WHERE id = ${id} AND work_at IS NOT NULL`);
}

/** Before the provider hears of a cancellation. False where it is not being cancelled any more. */
export async function markRecallSent(db: Executor, id: bigint, workAt: Date): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    UPDATE free_spin_issues SET recall_sent_at = clock_timestamp(), work_at = ${workAt.toISOString()}::timestamptz
     WHERE id = ${id} AND state = 'RECALLING'`);
  return rowCount === 1;
}

export interface FreeSpinsStep {
  readonly at: Date;
  readonly event: string;
  readonly from: FreeSpinsState | null;
  readonly to: FreeSpinsState;
  readonly actor: string;
  readonly details: JsonObject | null;
}

export async function listFreeSpinsSteps(db: Executor, issueId: bigint): Promise<FreeSpinsStep[]> {
  const rows = await queryRows<Omit<FreeSpinsStep, "at"> & { readonly at: string }>(
    db,
    sql`SELECT at, event, from_state AS "from", to_state AS "to", actor, details FROM free_spin_steps
         WHERE issue_id = ${issueId} ORDER BY number LIMIT 500`,
  );
  return rows.map((row) => ({ ...row, at: readInstant(row.at) }));
}

function readIssue(row: FreeSpinsText): FreeSpinsRecord {
  return {
    id: BigInt(row.id),
    providerId: row.provider_id,
    provider: row.provider,
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    country: row.country,
    playerSince: readInstant(row.player_since),
    currency: currencyOfNumber(row.currency),
    games: row.games,
    spins: row.spins,
    betLevel: row.bet_level,
    validUntil: readInstant(row.valid_until),
    state: row.state,
    won: row.won === null ? null : BigInt(row.won),
    requestId: row.request_id,
    bodyHash: BigInt(row.body_hash),
    actor: row.actor,
    reason: row.reason,
    failure: row.failure,
    createdAt: readInstant(row.created_at),
    updatedAt: readInstant(row.updated_at),
    lastSentAt: readInstantOrNull(row.last_sent_at),
    sends: row.sends,
    recallSentAt: readInstantOrNull(row.recall_sent_at),
    workAt: readInstantOrNull(row.work_at),
    worked: row.worked,
  };
}
