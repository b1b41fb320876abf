/**
 * Bets as staff looks for them, newest first. There is no index for every filter on the busiest table of the house:
 * a page looks at so many bets at most, from the cursor back, and says how far it came. So it takes the same however
 * many bets there are, and a rare thing is found in a few pages rather than in one that never ends.
 */
import { type Currency, currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import {
  type BetOutcome,
  betOutcomeOf,
  betOutcomes,
  type BetStatus,
  betStatuses,
  betStatusOf,
} from "@pitboss/domain/wallet/ledger-codes";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { listWalletIds, newestPostings } from "../wallet/newest-postings.ts";

export interface BetFilter {
  readonly playerId?: bigint | undefined;
  readonly gameIds?: readonly number[] | undefined;
  readonly currency?: Currency | undefined;
  readonly status?: BetStatus | undefined;
  readonly outcome?: BetOutcome | undefined;
  /** Minor units; only together with a currency. */
  readonly minStake?: bigint | undefined;
  readonly minPayout?: bigint | undefined;
  /** Bet ids are times: `from` is included, `before` is not. */
  readonly from?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

export interface BetRow {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly nickname: string;
  readonly gameCode: string;
  readonly gameName: string;
  readonly providerCode: string;
  readonly roundRef: string;
  readonly currency: Currency;
  readonly stake: bigint;
  readonly bonusPart: bigint;
  readonly status: BetStatus;
  readonly outcome: BetOutcome | null;
  readonly payout: bigint;
}

export interface BetPage {
  readonly rows: readonly BetRow[];
  /** The oldest bet that was looked at; null where there was none. */
  readonly scannedTo: bigint | null;
  /** True where there may be more bets before it. */
  readonly more: boolean;
}

/**
 * How many bets a page with filters looks at. Those of the whole house lie side by side: 10,000 take some 70 ms. Those of
 * one player lie each on a page of its own, which may have to come from the disk.
 */
const betScan = 10_000;
const playerBetScan = 2_000;

/** `wallets` are the player's, where the filter names one. */
export function searchBetsStatement(
  filter: BetFilter,
  wallets: readonly bigint[],
): { readonly statement: SQL; readonly scan: number } {
  const conditions = conditionsOf(filter);
  const scan = conditions.length === 0 ? filter.limit : filter.playerId === undefined ? betScan : playerBetScan;
  const statement = sql`
    WITH scanned AS MATERIALIZED (${scannedIds(filter, wallets, scan)}),
    matched AS (
      SELECT b.id, b.player_id, b.game_id, b.round_ref, b.currency, b.stake, coalesce(b.bonus_part, 0) AS bonus_part,
             coalesce(t.status, 1) AS status, t.outcome, coalesce(t.paid_cash + t.paid_bonus, 0) AS payout
        FROM ${scannedBets(filter, scan)} b
        LEFT JOIN LATERAL (
          SELECT status, outcome, paid_cash, paid_bonus FROM bet_transitions
           WHERE bet_id = b.id ORDER BY number DESC LIMIT 1) t ON true
       ${conditions.length === 0 ? sql`` : sql`WHERE ${sql.join(conditions, sql` AND `)}`}
       ORDER BY b.id DESC LIMIT ${filter.limit})
    SELECT e.oldest, e.scanned, m.*, p.nickname, g.code AS game_code, g.name AS game_name, v.code AS provider_code
      FROM (SELECT min(id) AS oldest, count(*) AS scanned FROM scanned) e
      LEFT JOIN matched m ON true
      LEFT JOIN players p ON p.id = m.player_id
      LEFT JOIN games g ON g.id = m.game_id
      LEFT JOIN providers v ON v.id = g.provider_id
     ORDER BY m.id DESC`;
  return { statement, scan };
}

/**
 * The ids that are looked at: of one player from the postings that held money, otherwise from the bets' own key. Among
 * the former may be a withdrawal, which is no bet and falls out where the bets are read.
 */
function scannedIds(filter: BetFilter, wallets: readonly bigint[], scan: number): SQL {
  return filter.playerId === undefined
    ? sql`SELECT id FROM bets ${newestIn(filter, scan)}`
    : newestPostings(wallets, rangeOf(filter), scan, sql`held > 0 AND available < 0`);
}

/** Those bets, newest first. A page that is full early reads no further, and no plan reads a partition whole. */
function scannedBets(filter: BetFilter, scan: number): SQL {
  return filter.playerId === undefined
    ? sql`(SELECT * FROM bets ${newestIn(filter, scan)})`
    : sql`(SELECT own.* FROM scanned s CROSS JOIN LATERAL (SELECT * FROM bets WHERE id = s.id LIMIT 1) own)`;
}

function newestIn(filter: BetFilter, scan: number): SQL {
  const { before, from } = rangeOf(filter);
  return sql`WHERE id < ${before} AND id >= ${from} ORDER BY id DESC LIMIT ${scan}`;
}

function rangeOf({ before, from }: BetFilter): { readonly before: bigint; readonly from: bigint } {
  return { before: before ?? 1n << 62n, from: from ?? 0n };
}

function conditionsOf(filter: BetFilter): SQL[] {
  const conditions: SQL[] = [];
  if (filter.gameIds !== undefined)
    conditions.push(sql`b.game_id = ANY(${`{${filter.gameIds.join(",")}}`}::integer[])`);
  if (filter.currency !== undefined) conditions.push(sql`b.currency = ${currencies[filter.currency].number}`);
  if (filter.minStake !== undefined) conditions.push(sql`b.stake >= ${filter.minStake}`);
  if (filter.status !== undefined) conditions.push(sql`coalesce(t.status, 1) = ${betStatuses[filter.status]}`);
  if (filter.outcome !== undefined) conditions.push(sql`t.outcome = ${betOutcomes[filter.outcome]}`);
  if (filter.minPayout !== undefined) conditions.push(sql`t.paid_cash + t.paid_bonus >= ${filter.minPayout}`);
  return conditions;
}

interface Row {
  readonly oldest: string | null;
  readonly scanned: string;
  readonly id: string | null;
  readonly player_id: string;
  readonly nickname: string;
  readonly game_code: string;
  readonly game_name: string;
  readonly provider_code: string;
  readonly round_ref: string;
  readonly currency: number;
  readonly stake: string;
  readonly bonus_part: string;
  readonly status: number;
  readonly outcome: number | null;
  readonly payout: string;
}

export async function searchBets(db: Executor, filter: BetFilter): Promise<BetPage> {
  const wallets = filter.playerId === undefined ? [] : await listWalletIds(db, filter.playerId);
  const { statement, scan } = searchBetsStatement(filter, wallets);
  const rows = await queryRows<Row>(db, statement);
  const [first] = rows;
  return {
    rows: rows.flatMap((row) => (row.id === null ? [] : [readBet(row, row.id)])),
    scannedTo: first?.oldest == null ? null : BigInt(first.oldest),
    more: Number(first?.scanned ?? 0) === scan,
  };
}

function readBet(row: Row, id: string): BetRow {
  return {
    id: BigInt(id),
    playerId: BigInt(row.player_id),
    nickname: row.nickname,
    gameCode: row.game_code,
    gameName: row.game_name,
    providerCode: row.provider_code,
    roundRef: row.round_ref,
    currency: currencyOfNumber(row.currency),
    stake: BigInt(row.stake),
    bonusPart: BigInt(row.bonus_part),
    status: betStatusOf(row.status),
    outcome: row.outcome === null ? null : betOutcomeOf(row.outcome),
    payout: BigInt(row.payout),
  };
}
