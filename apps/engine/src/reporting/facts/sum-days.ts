/** Makes the sums of days that are over, and takes them back where facts come to such a day. See `store/day-tables.ts`. */
import type { Database } from "@pitboss/db/kernel/pool";
import { lockPosition } from "@pitboss/db/ops/consumer-position";
import { factKinds } from "@pitboss/domain/reporting/facts";
import type { ColumnStore } from "../store/column-store.ts";
import { sumsForm } from "../store/day-tables.ts";
import { factsConsumer } from "./facts-consumer.ts";

const dayMs = 86_400_000;
/** A day is over for sums an hour after midnight, so that engines whose clocks differ agree which days can have any. */
const graceMs = 3_600_000;
const mostAtOnce = 31;
/** What is made of a day's facts, beside the day's state. */
const sumTables = ["day_sums", "day_totals", "day_players", "day_provider_players"] as const;
const sumColumns =
  "day, generation, kind, country, brand, currency, provider, game, stake_cash, stake_bonus, win_cash, win_bonus, amount, facts, bonus_facts";

export interface HeldDay {
  readonly day: string;
  readonly generation: string;
}

/** Days whose sums hold, of a span of UTC days with both ends. */
export async function readHeldDays(store: ColumnStore, from: string, to: string): Promise<HeldDay[]> {
  const rows = await store.rows<{ of_day: string; of_generation: string }>(
    `SELECT toString(day) AS of_day, toString(generation) AS of_generation FROM day_states FINAL
      WHERE holds = ${sumsForm} AND day >= {from:Date} AND day <= {to:Date} ORDER BY day`,
    { from, to },
  );
  return rows.map((row) => ({ day: row.of_day, generation: row.of_generation }));
}

/** Before facts are written to these days. Only then may they be: a kill in between costs sums, and no figure. */
export async function takeSumsBack(store: ColumnStore, days: Iterable<string>, nowMs: number): Promise<void> {
  const over = [...days].filter((day) => Date.parse(day) + dayMs <= nowMs).sort();
  const [first, last] = [over[0], over.at(-1)];
  if (first === undefined || last === undefined) return;
  const touched = new Set(over);
  const held = await readHeldDays(store, first, last);
  await store.insert(
    "day_states",
    held
      .filter(({ day }) => touched.has(day))
      .map(({ day, generation }) => ({ day, generation: (BigInt(generation) + 1n).toString(), holds: 0 })),
  );
}

/** Facts were exchanged as a whole: no sum is one of them. */
export async function forgetSums(store: ColumnStore): Promise<void> {
  for (const table of ["day_states", ...sumTables]) await store.command(`TRUNCATE TABLE ${table}`);
}

/** Days that are over and have facts, but no sums that hold; oldest first. */
async function listUnsummed(store: ColumnStore, nowMs: number): Promise<string[]> {
  const before = new Date(nowMs - graceMs).toISOString().slice(0, 10);
  const rows = await store.rows<{ of_day: string }>(
    `SELECT toString(day) AS of_day FROM (SELECT DISTINCT toDate(at) AS day FROM facts WHERE toDate(at) < {before:Date})
      WHERE day NOT IN (SELECT day FROM day_states FINAL WHERE holds = ${sumsForm}) ORDER BY day`,
    { before },
  );
  return rows.map(({ of_day: day }) => day);
}

/** Sums up one day. Whoever calls it holds the consumer's position, so that no fact comes between. */
export async function sumDay(store: ColumnStore, day: string): Promise<void> {
  const [row] = await store.rows<{ newest: string }>(
    `SELECT toString(greatest(
              (SELECT max(generation) FROM day_states WHERE day = {day:Date}),
              (SELECT max(generation) FROM day_sums WHERE day = {day:Date}))) AS newest`,
    { day },
  );
  const before = BigInt(row?.newest ?? "0");
  const generation = before + 1n;
  await store.command(`
    INSERT INTO day_sums (${sumColumns})
    SELECT toDate(at) AS day, ${generation}, kind, country, brand, currency, provider, game, sum(stake_cash), sum(stake_bonus),
           sum(win_cash), sum(win_bonus), sum(amount), count(), countIf(stake_bonus != 0)
      FROM facts FINAL WHERE toDate(at) = '${day}' AND kind != ${factKinds.PLACED}
     GROUP BY day, kind, country, brand, currency, provider, game`);
  await store.command(`
    INSERT INTO day_totals (${sumColumns})
    SELECT day, generation, kind, country, brand, currency, provider, '' AS game, sum(stake_cash), sum(stake_bonus), sum(win_cash),
           sum(win_bonus), sum(amount), sum(facts), sum(bonus_facts)
      FROM day_sums WHERE day = '${day}' AND generation = ${generation}
     GROUP BY day, generation, kind, country, brand, currency, provider`);
  await store.command(`
    INSERT INTO day_players (day, generation, country, brand, currency, provider, players)
    SELECT toDate(at) AS day, ${generation}, country, brand, currency, provider, groupBitmapState(player)
      FROM facts FINAL WHERE toDate(at) = '${day}' AND kind = ${factKinds.SETTLED}
     GROUP BY day, country, brand, currency, provider`);
  await store.command(`
    INSERT INTO day_provider_players (day, generation, provider, players)
    SELECT day, generation, provider, groupBitmapMergeState(players)
      FROM day_players WHERE day = '${day}' AND generation = ${generation} GROUP BY day, generation, provider`);
  await store.insert("day_states", [{ day, generation: generation.toString(), holds: sumsForm }]);
  // The generation before may still be read by a report that began a moment ago.
  if (before > 1n) {
    for (const table of sumTables)
      await store.command(`DELETE FROM ${table} WHERE day = '${day}' AND generation < ${before}`);
  }
}

async function sumLocked(db: Database, store: ColumnStore, day: string): Promise<boolean> {
  return db.transaction(async (tx) => {
    if ((await lockPosition(tx, factsConsumer)) === undefined) return false;
    await sumDay(store, day);
    return true;
  });
}

/** Sums up days that are over; true where there are more. While facts are being written they wait for the next round. */
export async function sumDays(db: Database, store: ColumnStore, nowMs: number): Promise<boolean> {
  const days = await listUnsummed(store, nowMs);
  for (const day of days.slice(0, mostAtOnce)) if (!(await sumLocked(db, store, day))) return false;
  return days.length > mostAtOnce;
}
