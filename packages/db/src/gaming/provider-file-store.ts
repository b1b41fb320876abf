/** Daily files of game providers, and the house's own rounds to compare them with. */
import type { OwnBet, OwnRound } from "@pitboss/domain/gaming/reconciliation/compare-rounds";
import type { RoundFileFormat, ToldRound, ToldStatus } from "@pitboss/domain/gaming/reconciliation/read-round-file";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { currencies, type Currency, currencyOfNumber, isCurrency } from "@pitboss/domain/wallet/currency";
import { betOutcomes, betStatusOf, transactionTypes } from "@pitboss/domain/wallet/ledger-codes";
import { parseAmount } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { sql } from "drizzle-orm";
import { numberArray } from "../kernel/arrays.ts";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface NewProviderFile {
  readonly providerId: number;
  /** `2026-11-27`, UTC. */
  readonly day: string;
  readonly format: RoundFileFormat;
  readonly sha256: string;
  readonly importedBy: string;
}

/** So many rounds are written in one statement. */
const chunk = 10_000;

/** False where these bytes are the day's newest file already; an older one that comes again is the newest again. */
export async function insertProviderFile(
  db: Executor,
  file: NewProviderFile,
  rounds: readonly ToldRound[],
): Promise<boolean> {
  const [made] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO provider_files (provider_id, day, format, sha256, rounds, imported_by)
        SELECT ${file.providerId}, ${file.day}::date, ${file.format}, ${file.sha256}, ${rounds.length}, ${file.importedBy}
         WHERE (SELECT sha256 FROM provider_files WHERE provider_id = ${file.providerId} AND day = ${file.day}::date
                 ORDER BY id DESC LIMIT 1) IS DISTINCT FROM ${file.sha256}
        RETURNING id`,
  );
  if (made === undefined) return false;
  for (let at = 0; at < rounds.length; at += chunk) {
    const rows = rounds.slice(at, at + chunk).map((round) => ({
      line: round.line,
      round_ref: round.roundRef,
      player: round.player,
      player_id: round.playerId?.toString() ?? null,
      bets: round.bets.toString(),
      wins: round.wins.toString(),
      currency: currencies[round.currency].number,
      status: round.status,
    }));
    await db.execute(sql`
      INSERT INTO provider_file_rounds (file_id, line, round_ref, player, player_id, bets, wins, currency, status)
      SELECT ${made.id}::bigint, r.* FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r (line integer, round_ref text, player text, player_id bigint, bets bigint, wins bigint, currency smallint,
              status text)`);
  }
  return true;
}

export interface ProviderFileRow {
  readonly id: bigint;
  readonly day: string;
  readonly format: RoundFileFormat;
  readonly sha256: string;
  readonly rounds: number;
  readonly importedBy: string;
  readonly importedAt: Date;
}

/** The newest file of a day; undefined where there is none. */
export async function findProviderFile(
  db: Executor,
  providerId: number,
  day: string,
): Promise<ProviderFileRow | undefined> {
  const [row] = await queryRows<Omit<ProviderFileRow, "id" | "importedAt"> & { id: string; importedAt: string }>(
    db,
    sql`SELECT id, day::text AS day, format, sha256, rounds, imported_by AS "importedBy", imported_at AS "importedAt"
          FROM provider_files WHERE provider_id = ${providerId} AND day = ${day}::date ORDER BY id DESC LIMIT 1`,
  );
  return row && { ...row, id: BigInt(row.id), importedAt: readInstant(row.importedAt) };
}

/** Whether these bytes were taken in for the day, now or earlier. */
export async function isFileKnown(db: Executor, providerId: number, day: string, sha256: string): Promise<boolean> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`SELECT id FROM provider_files
         WHERE provider_id = ${providerId} AND day = ${day}::date AND sha256 = ${sha256}`,
  );
  return rows.length > 0;
}

/** In the order of the file. */
export async function listToldRounds(db: Executor, fileId: bigint, roundRef?: string): Promise<ToldRound[]> {
  const rows = await queryRows<{
    line: number;
    round_ref: string;
    player: string;
    player_id: string | null;
    bets: string;
    wins: string;
    currency: number;
    status: ToldStatus;
  }>(
    db,
    sql`SELECT * FROM provider_file_rounds WHERE file_id = ${fileId}
           AND (${roundRef ?? null}::text IS NULL OR round_ref = ${roundRef ?? null}::text) ORDER BY line`,
  );
  return rows.map((row) => ({
    line: row.line,
    roundRef: row.round_ref,
    player: row.player,
    playerId: row.player_id === null ? null : BigInt(row.player_id),
    bets: BigInt(row.bets),
    wins: BigInt(row.wins),
    currency: currencyOfNumber(row.currency),
    status: row.status,
  }));
}

export interface OwnRoundsAsked {
  readonly providerId: number;
  /** Hashes of rounds that are wanted whenever they began. */
  readonly hashes: readonly bigint[];
  /** Whether all rounds with a bet in this time are wanted too. */
  readonly begun: boolean;
  /** Wins without a bet are looked for in this time and the day after it. */
  readonly from: Date;
  readonly to: Date;
}

/** The house's rounds of a provider, by `player|round`, with every bet of each. */
export async function loadOwnRounds(db: Executor, asked: OwnRoundsAsked): Promise<Map<string, OwnRound>> {
  const { providerId, hashes, begun, from, to } = asked;
  const [fromAt, toAt] = [from.toISOString(), to.toISOString()];
  const bets = await queryRows<BetText>(
    db,
    sql`WITH wanted AS (
          SELECT b.round_hash FROM bets b JOIN games g ON g.id = b.game_id AND g.provider_id = ${providerId}
           WHERE ${begun}::boolean AND b.id >= first_transaction_id_at(${fromAt}::timestamptz)
             AND b.id < first_transaction_id_at(${toAt}::timestamptz)
          UNION
          SELECT unnest(${numberArray(hashes)}::bigint[]))
        SELECT b.id, b.player_id, b.round_ref, b.currency, b.stake, t.status, t.outcome, t.paid
          FROM wanted w
          JOIN bets b ON b.round_hash = w.round_hash
          JOIN games g ON g.id = b.game_id AND g.provider_id = ${providerId}
          LEFT JOIN LATERAL (
            SELECT status, outcome, paid_cash + paid_bonus AS paid FROM bet_transitions
             WHERE bet_id = b.id ORDER BY number DESC LIMIT 1) t ON true
         ORDER BY b.id`,
  );
  const rounds = new Map<string, Draft>();
  for (const bet of bets) {
    const round = roundOf(rounds, bet.player_id, bet.round_ref, currencyOfNumber(bet.currency), BigInt(bet.id));
    round.bets.push(readBet(bet));
  }
  await addHouseWins(db, asked, rounds);
  return rounds;
}

type Draft = { -readonly [K in keyof OwnRound]: K extends "bets" ? OwnBet[] : OwnRound[K] };

interface BetText {
  readonly id: string;
  readonly player_id: string;
  readonly round_ref: string;
  readonly currency: number;
  readonly stake: string;
  readonly status: number | null;
  readonly outcome: number | null;
  readonly paid: string | null;
}

function readBet({ id, stake, status, outcome, paid }: BetText): OwnBet {
  const givenBack = outcome === betOutcomes.VOID || outcome === betOutcomes.ROLLED_BACK;
  return {
    betId: BigInt(id),
    stake: BigInt(stake),
    paid: BigInt(paid ?? 0),
    status: status === null ? "HELD" : betStatusOf(status),
    givenBack,
  };
}

function roundOf(
  rounds: Map<string, Draft>,
  playerId: string,
  roundRef: string,
  currency: Currency,
  firstId: bigint,
): Draft {
  const player = BigInt(playerId);
  const name = `${formatId("player", player)}|${roundRef}`;
  let round = rounds.get(name);
  if (round === undefined) {
    const startedAtMs = transactionTimeMs(firstId);
    round = { roundRef, playerId: player, currency, bets: [], houseWins: 0n, startedAtMs };
    rounds.set(name, round);
  }
  return round;
}

/** Wins of free rounds and the like, which no bet stands behind: their transactions say of which round they are. */
async function addHouseWins(
  db: Executor,
  { providerId, from, to }: OwnRoundsAsked,
  rounds: Map<string, Draft>,
): Promise<void> {
  // A round that began on the day may win on the next.
  const until = new Date(to.getTime() + 86_400_000);
  const wins = await queryRows<{ id: string; player_id: string; round: string; amount: string; currency: string }>(
    db,
    sql`SELECT id, player_id, details->>'round' AS round, details->>'amount' AS amount, details->>'currency' AS currency
          FROM transactions
         WHERE id >= first_transaction_id_at(${from.toISOString()}::timestamptz)
           AND id < first_transaction_id_at(${until.toISOString()}::timestamptz)
           AND type = ${transactionTypes.PAYOUT} AND reference IS NULL AND player_id IS NOT NULL
           AND details->>'provider' = ${String(providerId)} AND details->>'round' IS NOT NULL
         ORDER BY id`,
  );
  for (const win of wins) {
    if (!isCurrency(win.currency)) continue;
    const amount = parseAmount(win.amount, win.currency);
    if (!amount.ok) continue;
    const round = roundOf(rounds, win.player_id, win.round, win.currency, BigInt(win.id));
    round.houseWins += amount.value;
  }
}

/** Which of these rounds stand in the newest files of these days, by `player|round`. */
export async function listRoundsOfDays(
  db: Executor,
  providerId: number,
  days: readonly string[],
): Promise<{ readonly names: ReadonlySet<string>; readonly days: ReadonlySet<string> }> {
  const rows = await queryRows<{ day: string; name: string | null }>(
    db,
    sql`WITH newest AS (
          SELECT DISTINCT ON (day) id, day FROM provider_files
           WHERE provider_id = ${providerId} AND day = ANY(${`{${days.join(",")}}`}::date[]) ORDER BY day, id DESC)
        SELECT n.day::text AS day, r.player || '|' || r.round_ref AS name
          FROM newest n LEFT JOIN provider_file_rounds r ON r.file_id = n.id`,
  );
  return {
    names: new Set(rows.flatMap(({ name }) => (name === null ? [] : [name]))),
    days: new Set(rows.map(({ day }) => day)),
  };
}

/** Days of which a provider's file was taken in, newest first. */
export async function listProviderFiles(
  db: Executor,
  limit: number,
): Promise<(ProviderFileRow & { readonly provider: string })[]> {
  const rows = await queryRows<
    Omit<ProviderFileRow, "id" | "importedAt"> & { id: string; importedAt: string; provider: string }
  >(
    db,
    sql`SELECT f.id, p.code AS provider, f.day::text AS day, f.format, f.sha256, f.rounds, f.imported_by AS "importedBy",
               f.imported_at AS "importedAt"
          FROM provider_files f JOIN providers p ON p.id = f.provider_id ORDER BY f.id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id), importedAt: readInstant(row.importedAt) }));
}
