/**
 * Where sums are read from: the sums of days where they hold, and the facts themselves of all others. A day is in one of
 * both, as one look at which days hold decides for the whole statement.
 */
import { factKinds } from "@pitboss/domain/reporting/facts";
import type { Dimension } from "@pitboss/domain/reporting/report-contract";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { readHeldDays } from "../facts/sum-days.ts";
import type { ColumnStore } from "../store/column-store.ts";
import type { FactFilter, Selection } from "./select-facts.ts";

const dayMs = 86_400_000;
const sumColumns =
  "kind, country, brand, currency, provider, game, stake_cash, stake_bonus, win_cash, win_bonus, amount";

export interface SourceFilter extends FactFilter {
  readonly by: readonly Dimension[];
  /** Null where amounts are left in their currencies, and so each row has one. */
  readonly reporting: Currency | null;
}

/** Rows of facts or of sums of them, which count as `facts` facts and `bonus_facts` with a bonus in their stake. */
export async function factSource(store: ColumnStore, filter: SourceFilter, selection: Selection): Promise<string> {
  const { where } = selection;
  const raw = (of: string): string => `
    SELECT at, ${sumColumns}, toUInt64(1) AS facts, toUInt64(stake_bonus != 0) AS bonus_facts
      FROM facts FINAL WHERE kind != ${factKinds.PLACED} AND ${where}${of}`;
  const days = await divideDays(store, filter, selection);
  if (days === undefined) return raw("");
  const summed = `
    SELECT * FROM (
      SELECT toDateTime64(day, 3, 'UTC') AS at, ${sumColumns}, facts, bonus_facts
        FROM ${asksForGames(filter) ? "day_sums" : "day_totals"} WHERE ${days.held})
     WHERE ${where}`;
  return days.others === undefined ? summed : `${summed} UNION ALL ${raw(` AND ${days.others}`)}`;
}

/**
 * Sets of players with a settled bet, as `players`, a row for each day and what else it can be asked by; undefined where
 * no day's sets hold, or none that could answer.
 */
export async function playerSource(
  store: ColumnStore,
  filter: SourceFilter,
  selection: Selection,
): Promise<string | undefined> {
  if (asksForGames(filter)) return undefined;
  const { where } = selection;
  const [table, columns] = asksForPlaces(filter)
    ? ["day_players", "country, brand, currency, provider"]
    : ["day_provider_players", "provider"];
  const days = await divideDays(store, filter, selection);
  if (days === undefined) return undefined;
  const summed = `
    SELECT * FROM (
      SELECT toDateTime64(day, 3, 'UTC') AS at, ${columns}, players FROM ${table} WHERE ${days.held})
     WHERE ${where}`;
  if (days.others === undefined) return summed;
  return `${summed} UNION ALL
    SELECT toDateTime64(day, 3, 'UTC') AS at, ${columns}, players FROM (
      SELECT toDate(at) AS day, ${columns}, groupBitmapState(player) AS players
        FROM facts FINAL WHERE kind = ${factKinds.SETTLED} AND ${where} AND ${days.others}
       GROUP BY day, ${columns})`;
}

interface DividedDays {
  /** Picks the sums that hold. */
  readonly held: string;
  /** Picks the facts of all other days; undefined where there is none. */
  readonly others: string | undefined;
}

async function divideDays(
  store: ColumnStore,
  filter: FactFilter,
  { range }: Selection,
): Promise<DividedDays | undefined> {
  // Days of another zone are made of parts of days, which have no sums.
  if (filter.zone !== "UTC") return undefined;
  const held = await readHeldDays(store, filter.from, filter.to);
  if (held.length === 0) return undefined;
  const known = new Set(held.map(({ day }) => day));
  const others = daysOf(range.fromMs, range.toMs).filter((day) => !known.has(day));
  return {
    held: `(day, generation) IN (${held.map(({ day, generation }) => `('${day}', ${generation})`).join(", ")})`,
    others: others.length === 0 ? undefined : `toDate(at) IN (${others.map((day) => `'${day}'`).join(", ")})`,
  };
}

function asksForGames({ by, games, categories }: SourceFilter): boolean {
  return games != null || categories != null || by.includes("game") || by.includes("category");
}

function asksForPlaces({ by, countries, brands, currencies, reporting }: SourceFilter): boolean {
  if (reporting === null || countries != null || brands != null || currencies != null) return true;
  return by.some((dimension) => dimension === "country" || dimension === "brand" || dimension === "currency");
}

function daysOf(fromMs: number, toMs: number): string[] {
  const days: string[] = [];
  for (let ms = fromMs; ms < toMs; ms += dayMs) days.push(new Date(ms).toISOString().slice(0, 10));
  return days;
}
