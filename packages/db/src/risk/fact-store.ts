/** The facts that rules are judged by: written by the consumer of events, read for the players that a rule looks at. */
import type {
  MoneyFact,
  MoneyFactKind,
  PlayerFacts,
  PlayMinute,
} from "@pitboss/domain/risk/monitoring/monitoring-facts";
import { currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { sql } from "drizzle-orm";
import { numberArray, textArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** Who paid over what. */
export interface PaymentInstrument {
  /** The same for the same card or account, whoever brings it. */
  readonly instrument: string;
  readonly method: string;
}

/** By the transaction that moved the money; what the cashier does not know has none. */
export async function listPaymentInstruments(
  db: Executor,
  transactions: readonly bigint[],
): Promise<Map<bigint, PaymentInstrument>> {
  if (transactions.length === 0) return new Map();
  const wanted = sql`${numberArray(transactions)}::bigint[]`;
  const rows = await queryRows<{ id: string; instrument: string; method: string }>(
    db,
    sql`SELECT d.transaction_id AS id, i.psp || ':' || i.fingerprint AS instrument, d.method
          FROM deposits d JOIN instruments i ON i.id = d.instrument_id WHERE d.transaction_id = ANY(${wanted})
         UNION ALL
        SELECT p.hold_id, i.psp || ':' || i.fingerprint, p.method
          FROM payouts p JOIN instruments i ON i.id = p.instrument_id WHERE p.hold_id = ANY(${wanted})`,
  );
  return new Map(rows.map(({ id, instrument, method }) => [BigInt(id), { instrument, method }]));
}

export interface NewMoneyFact extends MoneyFact {
  readonly playerId: bigint;
}

/** An event that came before changes nothing. */
export async function insertMoneyFacts(db: Executor, facts: readonly NewMoneyFact[]): Promise<void> {
  if (facts.length === 0) return;
  await db.execute(sql`
    INSERT INTO money_facts (event_id, player_id, at, amount, currency, kind, instrument, method)
    SELECT * FROM unnest(${textArray(facts.map(({ id }) => id))}::text[], ${numberArray(facts.map(({ playerId }) => playerId))}::bigint[],
      ${textArray(facts.map(({ atMs }) => new Date(atMs).toISOString()))}::timestamptz[],
      ${numberArray(facts.map(({ amount }) => amount))}::bigint[],
      ${numberArray(facts.map(({ currency }) => currencies[currency].number))}::smallint[],
      ${textArray(facts.map(({ kind }) => kind))}::text[], ${textArray(facts.map(({ instrument }) => instrument))}::text[],
      ${textArray(facts.map(({ method }) => method))}::text[])
    ON CONFLICT (event_id) DO NOTHING`);
}

export interface CountedMinute extends PlayMinute {
  readonly playerId: bigint;
  readonly lastEvent: bigint;
}

/** The newest event that was counted in each of these players' minutes: `player minute currency` → number. */
export async function listCountedEvents(
  db: Executor,
  players: readonly bigint[],
  from: Date,
): Promise<Map<string, bigint>> {
  if (players.length === 0) return new Map();
  const rows = await queryRows<{ player: string; ms: string; currency: number; last: string }>(
    db,
    sql`SELECT player_id AS player, extract(epoch FROM minute) * 1000 AS ms, currency, last_event AS last FROM play_minutes
         WHERE player_id = ANY(${numberArray(players)}::bigint[]) AND minute >= ${from.toISOString()}::timestamptz`,
  );
  return new Map(
    rows.map(({ player, ms, currency, last }) => [
      minuteKey(BigInt(player), Number(ms), currencyOfNumber(currency)),
      BigInt(last),
    ]),
  );
}

export function minuteKey(playerId: bigint, atMs: number, currency: string): string {
  return `${playerId} ${atMs} ${currency}`;
}

/** Adds to what was counted before. */
export async function addPlayMinutes(db: Executor, minutes: readonly CountedMinute[]): Promise<void> {
  if (minutes.length === 0) return;
  const numbers = (read: (minute: CountedMinute) => bigint | number): string => numberArray(minutes.map(read));
  await db.execute(sql`
    INSERT INTO play_minutes (player_id, minute, currency, bets, staked, voided, minimum, opposite, last_event)
    SELECT * FROM unnest(${numbers(({ playerId }) => playerId)}::bigint[],
      ${textArray(minutes.map(({ atMs }) => new Date(atMs).toISOString()))}::timestamptz[],
      ${numbers(({ currency }) => currencies[currency].number)}::smallint[], ${numbers(({ bets }) => bets)}::integer[],
      ${numbers(({ staked }) => staked)}::bigint[], ${numbers(({ voided }) => voided)}::integer[],
      ${numbers(({ minimum }) => minimum)}::integer[], ${numbers(({ opposite }) => opposite)}::integer[],
      ${numbers(({ lastEvent }) => lastEvent)}::bigint[])
    ON CONFLICT (player_id, minute, currency) DO UPDATE
      SET bets = play_minutes.bets + excluded.bets, staked = play_minutes.staked + excluded.staked,
          voided = play_minutes.voided + excluded.voided, minimum = play_minutes.minimum + excluded.minimum,
          opposite = play_minutes.opposite + excluded.opposite, last_event = excluded.last_event`);
}

/** Minutes older than this are of no use to any rule. */
export async function deleteOldMinutes(db: Executor, before: Date): Promise<void> {
  await db.execute(sql`DELETE FROM play_minutes WHERE minute < ${before.toISOString()}::timestamptz`);
}

interface FactRow {
  readonly player: string;
  readonly country: string;
  readonly money: readonly [string, number, MoneyFactKind, number, string, string | null, string | null][] | null;
  readonly play: readonly [number, number, number, string, number, number, number][] | null;
  readonly seen: readonly number[] | null;
}

/**
 * What is known of these players since then. `signs` asks for their days of play as well, which only rests are judged by.
 * Shared things come from elsewhere.
 */
export async function readPlayerFacts(
  db: Executor,
  players: readonly bigint[],
  since: { readonly money: Date; readonly play: Date; readonly signs: boolean },
): Promise<PlayerFacts[]> {
  if (players.length === 0) return [];
  const money = sql`${since.money.toISOString()}::timestamptz`;
  const play = sql`${since.play.toISOString()}::timestamptz`;
  const rows = await queryRows<FactRow>(
    db,
    sql`SELECT p.id AS player, p.country,
               (SELECT json_agg(json_build_array(f.event_id, extract(epoch FROM f.at) * 1000, f.kind, f.currency, f.amount::text,
                                                 f.instrument, f.method) ORDER BY f.at, f.event_id)
                  FROM money_facts f WHERE f.player_id = p.id AND f.at >= ${money}) AS money,
               (SELECT json_agg(json_build_array(extract(epoch FROM m.minute) * 1000, m.currency, m.bets, m.staked::text, m.voided,
                                                 m.minimum, m.opposite) ORDER BY m.minute, m.currency)
                  FROM play_minutes m WHERE m.player_id = p.id AND m.minute >= ${play}) AS play,
               (SELECT json_agg(extract(epoch FROM sign.at) * 1000) FROM (
                  SELECT max(f.at) AS at FROM money_facts f WHERE f.player_id = p.id AND f.at < ${money} AND ${since.signs}
                   UNION SELECT unnest(ARRAY[min(m.minute), max(m.minute)]) FROM play_minutes m
                          WHERE m.player_id = p.id AND ${since.signs} GROUP BY date_trunc('day', m.minute)) sign
                 WHERE sign.at IS NOT NULL) AS seen
          FROM players p WHERE p.id = ANY(${numberArray(players)}::bigint[]) ORDER BY p.id`,
  );
  return rows.map(readFacts);
}

function readFacts({ player, country, money, play, seen }: FactRow): PlayerFacts {
  return {
    playerId: BigInt(player),
    country,
    money: (money ?? []).map(([id, atMs, kind, currency, amount, instrument, method]) => ({
      id,
      atMs,
      kind,
      currency: currencyOfNumber(currency),
      amount: BigInt(amount),
      instrument,
      method,
    })),
    play: (play ?? []).map(([atMs, currency, bets, staked, voided, minimum, opposite]) => ({
      atMs,
      currency: currencyOfNumber(currency),
      bets,
      staked: BigInt(staked),
      voided,
      minimum,
      opposite,
    })),
    shared: [],
    seenMs: seen ?? [],
  };
}

/** Players with facts in the span, in the order of their numbers: whom a rule may say something of. */
export async function listPlayersWithFacts(
  db: Executor,
  of: "money" | "play" | "any",
  span: { readonly from: Date; readonly to: Date },
  page: { readonly after: bigint; readonly limit: number },
): Promise<bigint[]> {
  const { after, limit } = page;
  const [from, to] = [span.from.toISOString(), span.to.toISOString()];
  const money = sql`EXISTS (SELECT FROM money_facts f WHERE f.player_id = p.id AND f.at BETWEEN ${from}::timestamptz AND ${to}::timestamptz)`;
  const play = sql`EXISTS (SELECT FROM play_minutes m WHERE m.player_id = p.id AND m.minute BETWEEN ${from}::timestamptz AND ${to}::timestamptz)`;
  const rows = await queryRows<{ id: string }>(
    db,
    sql`SELECT p.id FROM players p WHERE p.id > ${after} AND ${of === "money" ? money : of === "play" ? play : sql`true`}
         ORDER BY p.id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => BigInt(id));
}

/** The smallest stakes of games, as they stand: code → currency → decimal. */
export async function listMinimumStakes(
  db: Executor,
  games: readonly string[],
): Promise<Map<string, Readonly<Record<string, { readonly min: string }>>>> {
  if (games.length === 0) return new Map();
  const rows = await queryRows<{ code: string; limits: Record<string, { min: string }> }>(
    db,
    sql`SELECT code, limits FROM games WHERE code = ANY(${textArray(games)}::text[])`,
  );
  return new Map(rows.map(({ code, limits }) => [code, limits]));
}

/** The selections of each bet's round that were placed by the same player before it, by the bet. */
export async function listEarlierSelections(db: Executor, bets: readonly bigint[]): Promise<Map<bigint, unknown[][]>> {
  if (bets.length === 0) return new Map();
  const rows = await queryRows<{ bet: string; selections: unknown[] }>(
    db,
    sql`SELECT b.id AS bet, json_agg(e.selection ORDER BY e.id) AS selections
          FROM bets b JOIN bets e ON e.round_hash = b.round_hash AND e.player_id = b.player_id AND e.id < b.id
         WHERE b.id = ANY(${numberArray(bets)}::bigint[]) GROUP BY b.id`,
  );
  return new Map(
    rows.map(({ bet, selections }) => [
      BigInt(bet),
      selections.map((selection) => (Array.isArray(selection) ? (selection as unknown[]) : [])),
    ]),
  );
}
