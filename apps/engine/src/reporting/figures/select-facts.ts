/** The WHERE of every report: a period of days in a zone, and filters. Values are bound, never spelled into the statement. */
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { readZonedRange, type ZonedRange } from "@pitboss/domain/audit/zoned-range";
import type { Dimension } from "@pitboss/domain/reporting/report-contract";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { StoreParams } from "../store/column-store.ts";

export interface FactFilter {
  readonly from: string;
  readonly to: string;
  readonly zone: string;
  readonly currencies?: readonly string[] | null | undefined;
  readonly countries?: readonly string[] | null | undefined;
  readonly brands?: readonly string[] | null | undefined;
  readonly providers?: readonly string[] | null | undefined;
  readonly games?: readonly string[] | null | undefined;
  readonly categories?: readonly string[] | null | undefined;
}

export interface Selection {
  readonly range: ZonedRange;
  readonly where: string;
  readonly params: Readonly<Record<string, string | readonly string[]>>;
}

/** Longer than this nobody reads by day, and no answer comes in time. */
const daysMost = 1_100;
const dayMs = 86_400_000;

export function selectFacts({ catalog }: Pick<StaffDeps, "catalog">, filter: FactFilter): Result<Selection> {
  const range = readZonedRange(filter.from, filter.to, filter.zone);
  if (!range.ok) return range;
  const { fromMs, toMs } = range.value;
  if (toMs - fromMs > daysMost * dayMs) return err("REQUEST_INVALID", `A report is over ${daysMost} days at most.`);
  const conditions = ["at >= {from:DateTime64(3, 'UTC')}", "at < {to:DateTime64(3, 'UTC')}"];
  const params: Record<string, string | readonly string[]> = { from: instantText(fromMs), to: instantText(toMs) };
  const add = (column: string, name: string, values: readonly string[] | null | undefined): void => {
    if (values == null) return;
    conditions.push(`${column} IN {${name}:Array(String)}`);
    params[name] = values;
  };
  add("currency", "currencies", filter.currencies);
  add("country", "countries", filter.countries);
  add("brand", "brands", filter.brands);
  add("provider", "providers", filter.providers);
  add("game", "games", filter.games);
  if (filter.categories != null) {
    const wanted = new Set(filter.categories);
    const games = catalog.all().filter(({ category }) => wanted.has(category));
    add(
      "game",
      "gamesOfCategories",
      games.map(({ code }) => code),
    );
  }
  return ok({ range: range.value, where: conditions.join(" AND "), params });
}

/** The store's spelling of an instant, UTC. */
export function instantText(ms: number): string {
  return new Date(ms).toISOString().replace("T", " ").replace("Z", "");
}

export interface DimensionColumn {
  readonly expression: string;
  readonly params: StoreParams;
}

/** A fact's value on a dimension, as text. Days are those of the report's zone. */
export function dimensionColumn(
  { catalog }: Pick<StaffDeps, "catalog">,
  dimension: Dimension,
  zone: string,
): DimensionColumn {
  switch (dimension) {
    case "day":
      return { expression: "toString(toDate(at, {zone:String}))", params: { zone } };
    case "week":
      return { expression: "toString(toMonday(at, {zone:String}))", params: { zone } };
    case "month":
      return { expression: "formatDateTime(at, '%Y-%m', {zone:String})", params: { zone } };
    case "category": {
      const games = catalog.all();
      return {
        expression: "transform(toString(game), {gameCodes:Array(String)}, {gameCategories:Array(String)}, '')",
        params: { gameCodes: games.map(({ code }) => code), gameCategories: games.map(({ category }) => category) },
      };
    }
    case "currency":
    case "country":
    case "brand":
    case "provider":
    case "game":
      return { expression: `toString(${dimension})`, params: {} };
  }
}
