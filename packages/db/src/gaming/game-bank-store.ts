/** Game banks of players: the sessions with a provider's own wallet. */
import type {
  BankCloseReason,
  BankSessionEvent,
  BankSessionState,
} from "@pitboss/domain/gaming/game-bank/bank-machines";
import { walletKinds } from "@pitboss/domain/wallet/ledger-codes";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";

export interface GameBankRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly providerId: number;
  readonly provider: string;
  readonly game: string;
  readonly gameSessionId: bigint | null;
  readonly currency: Currency;
  readonly state: BankSessionState;
  readonly closeReason: BankCloseReason | null;
  readonly said: string | null;
  /** What the ledger has in the bank, minor units. */
  readonly balance: bigint;
  readonly createdAt: Date;
  readonly usedAt: Date;
  readonly closedAt: Date | null;
  readonly worked: number;
  /** When the game session that it was last used for ends, or has ended. */
  readonly playEndsAt: Date | null;
}

interface BankText {
  readonly id: string;
  readonly player_id: string;
  readonly nickname: string;
  readonly provider_id: number;
  readonly provider: string;
  readonly game: string;
  readonly game_session_id: string | null;
  readonly currency: number;
  readonly state: BankSessionState;
  readonly close_reason: BankCloseReason | null;
  readonly said: string | null;
  readonly balance: string;
  readonly created_at: string;
  readonly used_at: string;
  readonly closed_at: string | null;
  readonly worked: number;
  readonly play_ends_at: string | null;
}

const selectBanks: SQL = sql`
  SELECT b.*, p.nickname, o.code AS provider, g.code AS game,
         least(s.expires_at, s.ended_at) AS play_ends_at,
         CASE WHEN b.state IN ('CLOSED', 'FAILED') THEN 0 ELSE coalesce(w.available, 0) END AS balance
    FROM game_bank_sessions b
    JOIN players p ON p.id = b.player_id
    JOIN providers o ON o.id = b.provider_id
    JOIN games g ON g.id = b.game_id
    LEFT JOIN game_sessions s ON s.id = b.game_session_id
    LEFT JOIN wallets w ON w.player_id = b.player_id AND w.currency = b.currency AND w.kind = ${walletKinds.IN_GAME_BANK}
         AND w.qualifier = o.code`;

export async function findGameBank(db: Executor, id: bigint): Promise<GameBankRecord | undefined> {
  const [row] = await queryRows<BankText>(db, sql`${selectBanks} WHERE b.id = ${id}`);
  return row && readBank(row);
}

/** A player's banks, newest first. */
export async function listGameBanks(
  db: Executor,
  { playerId, live, limit }: { readonly playerId: bigint; readonly live: boolean; readonly limit: number },
): Promise<GameBankRecord[]> {
  const rows = await queryRows<BankText>(
    db,
    sql`${selectBanks} WHERE b.player_id = ${playerId} AND (NOT ${live}::boolean OR b.state NOT IN ('CLOSED', 'FAILED'))
         ORDER BY b.id DESC LIMIT ${limit}`,
  );
  return rows.map(readBank);
}

/** A provider's banks that are open or being closed, the longest unused first. */
export async function listLiveBanks(
  db: Executor,
  { providerId, limit }: { readonly providerId: number; readonly limit: number },
): Promise<GameBankRecord[]> {
  const rows = await queryRows<BankText>(
    db,
    sql`${selectBanks} WHERE b.provider_id = ${providerId} AND b.state NOT IN ('CLOSED', 'FAILED')
         ORDER BY b.used_at, b.id LIMIT ${limit}`,
  );
  return rows.map(readBank);
}

export interface WantedBank {
  readonly playerId: bigint;
  readonly providerId: number;
  readonly gameId: number;
  readonly gameSessionId: bigint | null;
  /** ISO 4217 number. */
  readonly currency: number;
  /** When the worker looks after it, should whoever opens it not live to do so. */
  readonly workAt: Date;
}

/** The player's live bank with the provider in this currency, now used for this game; a new one where there is none. */
export async function takeGameBank(db: Executor, wanted: WantedBank): Promise<GameBankRecord> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO game_bank_sessions (player_id, provider_id, currency, game_id, game_session_id, work_at)
        VALUES (${wanted.playerId}, ${wanted.providerId}, ${wanted.currency}, ${wanted.gameId}, ${wanted.gameSessionId},
                ${wanted.workAt.toISOString()}::timestamptz)
        ON CONFLICT (player_id, provider_id, currency) WHERE state NOT IN ('CLOSED', 'FAILED')
        DO UPDATE SET game_id = excluded.game_id, game_session_id = excluded.game_session_id, used_at = clock_timestamp()
        RETURNING id`,
  );
  const bank = await findGameBank(db, BigInt(row?.id ?? 0));
  if (bank === undefined) throw new Error("a bank that was written is there");
  return bank;
}

export interface BankChange {
  readonly closeReason?: BankCloseReason;
  readonly said?: string;
  readonly workAt?: Date;
}

/** False where it is no longer where it was seen, or where something of it is still under way. */
export async function moveGameBank(
  db: Executor,
  { id, state }: Pick<GameBankRecord, "id" | "state">,
  event: BankSessionEvent,
  { closeReason, said, workAt }: BankChange = {},
): Promise<boolean> {
  const change = JSON.stringify({ close_reason: closeReason, said, work_at: workAt?.toISOString() });
  const [row] = await queryRows<{ moved: boolean }>(
    db,
    sql`SELECT move_game_bank_session(${id}, ${state}, ${event}, ${change}::jsonb) AS moved`,
  );
  return row?.moved === true;
}

/** Takes banks that are due, so that no other engine takes them before `until`. */
export async function claimDueBanks(
  db: Executor,
  { now, until, limit }: { readonly now: Date; readonly until: Date; readonly limit: number },
): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`UPDATE game_bank_sessions SET work_at = ${until.toISOString()}::timestamptz, worked = worked + 1
         WHERE id IN (SELECT id FROM game_bank_sessions WHERE work_at <= ${now.toISOString()}::timestamptz
                       ORDER BY work_at LIMIT ${limit} FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  return rows.map(({ id }) => BigInt(id));
}

export async function setBankWork(db: Executor, id: bigint, at: Date, said: string | null): Promise<void> {
  await db.execute(sql`
    UPDATE game_bank_sessions SET work_at = ${at.toISOString()}::timestamptz, said = ${said}
     WHERE id = ${id} AND work_at IS NOT NULL`);
}

function readBank(row: BankText): GameBankRecord {
  return {
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    providerId: row.provider_id,
    provider: row.provider,
    game: row.game,
    gameSessionId: row.game_session_id === null ? null : BigInt(row.game_session_id),
    currency: currencyOfNumber(row.currency),
    state: row.state,
    closeReason: row.close_reason,
    said: row.said,
    balance: BigInt(row.balance),
    createdAt: readInstant(row.created_at),
    usedAt: readInstant(row.used_at),
    closedAt: readInstantOrNull(row.closed_at),
    worked: row.worked,
    playEndsAt: readInstantOrNull(row.play_ends_at),
  };
}
