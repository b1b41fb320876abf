/**
 * Where sums are read from: the sums of days where they hold, and the facts themselves of all others. A day is in one of
 * both, as one look at which days hold decides for the whole statement.
 */
import { factKinds } from "@pitboss/domain/reporting/facts";
import type { Dimension } from "@pitboss/domain/reporting/report-contract";
import { readHeldDays } from "../facts/sum-days.ts";
import type { ColumnStore } from "../store/column-store.ts";
import type { FactFilter, Selection } from "./select-facts.ts";

const dayMs = 86_400_000;
const columns = "kind, country, brand, currency, provider, game, stake_cash, stake_bonus, win_cash, win_bonus, amount";

/** Rows of facts or of sums of them, which count as `facts` facts and `bonus_facts` with a bonus in their stake. */
export async function factSource(
  store: ColumnStore,
  filter: FactFilter & { readonly by: readonly Dimension[] },
  selection: Selection,
): Promise<string> {
  const { range, where } = selection;
  const raw = (of: string): string => `
    SELECT at, ${columns}, toUInt64(1) AS facts, toUInt64(stake_bonus != 0) AS bonus_facts
      FROM facts FINAL WHERE kind != ${factKinds.PLACED} AND ${where}${of}`;
  // Days of another zone are made of parts of days, which have no sums.
  if (filter.zone !== "UTC") return raw("");
  const held = await readHeldDays(store, filter.from, filter.to);
  if (held.length === 0) return raw("");
  const known = new Set(held.map(({ day }) => day));
  const others = daysOf(range.fromMs, range.toMs).filter((day) => !known.has(day));
  const summed = `
    SELECT * FROM (
      SELECT toDateTime64(day, 3, 'UTC') AS at, ${columns}, facts, bonus_facts
        FROM ${asksForGames(filter) ? "day_sums" : "day_totals"}
       WHERE (day, generation) IN (${held.map(({ day, generation }) => `('${day}', ${generation})`).join(", ")}))
     WHERE ${where}`;
  if (others.length === 0) return summed;
  return `${summed} UNION ALL ${raw(` AND toDate(at) IN (${others.map((day) => `'${day}'`).join(", ")})`)}`;
}

function asksForGames({ by, games, categories }: FactFilter & { readonly by: readonly Dimension[] }): boolean {
  return games != null || categories != null || by.includes("game") || by.includes("category");
}

function daysOf(fromMs: number, toMs: number): string[] {
  const days: string[] = [];
  for (let ms = fromMs; ms < toMs; ms += dayMs) days.push(new Date(ms).toISOString().slice(0, 10));
  return days;
}
