/**
 * How many players had a settled bet, exactly. They can't be added up over days or providers, and so are counted from the
 * sets of players of days that are over, and from the facts themselves where no set holds: cells and totals in one reading.
 */
import { factKinds } from "@pitboss/domain/reporting/facts";
import type { ColumnStore, StoreParams } from "../store/column-store.ts";
import { playerSource, type SourceFilter } from "./fact-source.ts";
import type { Selection } from "./select-facts.ts";

export interface PlayersQuery {
  readonly keys: readonly string[];
  /** The first key is the currency, and there is a total for each. */
  readonly native: boolean;
  readonly bound: StoreParams;
}

type CountRow = Readonly<Record<string, string>>;

export async function countPlayers(
  store: ColumnStore,
  filter: SourceFilter,
  selection: Selection,
  { keys, native, bound }: PlayersQuery,
): Promise<Record<"rows" | "totals", ReadonlyMap<string, bigint>>> {
  const names = keys.map((_key, index) => `k${index}`);
  const totalNames = native ? names.slice(0, 1) : [];
  const only = names.length === totalNames.length;
  const grouping = only
    ? `${names.length === 0 ? "" : `GROUP BY ${names.join(", ")}`}`
    : `GROUP BY GROUPING SETS ((${names.join(", ")}), (${totalNames.join(", ")}))`;
  const total = only ? "1" : `grouping(${names.at(-1) ?? ""})`;
  const sets = await playerSource(store, filter, selection);
  const [count, source] =
    sets === undefined
      ? ["uniqExact(player)", `facts FINAL WHERE kind = ${factKinds.SETTLED} AND ${selection.where}`]
      : ["groupBitmapMerge(players)", `(${sets})`];
  const rows = await store.rows<CountRow>(
    `SELECT ${[...keys.map((key, index) => `${key} AS k${index}`), `toString(${total}) AS is_total`, `toString(${count}) AS of_players`].join(", ")}
       FROM ${source} ${grouping}`,
    bound,
  );
  const keyed = (of: readonly CountRow[], by: readonly string[]) =>
    new Map(of.map((row) => [by.map((name) => row[name]).join("|"), BigInt(row["of_players"] ?? 0)]));
  return {
    rows: keyed(
      rows.filter((row) => only || row["is_total"] === "0"),
      names,
    ),
    totals: keyed(
      rows.filter((row) => row["is_total"] === "1"),
      totalNames,
    ),
  };
}
