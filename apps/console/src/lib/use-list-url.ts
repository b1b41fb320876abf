"use client";

import {
  type Options,
  parseAsArrayOf,
  parseAsString,
  parseAsStringLiteral,
  useQueryStates,
  type UseQueryStatesKeysMap,
  type Values,
} from "nuqs";
import { useCallback, useMemo } from "react";
import { z } from "zod";
import type { Sort } from "#ui/data-table-types.ts";

const shared = {
  cursor: parseAsString,
  peek: parseAsString,
  columns: parseAsArrayOf(parseAsString),
  sort: parseAsString,
  direction: parseAsStringLiteral(["asc", "desc"]),
} as const;

/** Everything about a list that is worth an address, and so a saved view. The page and the peek are not. */
export type SavedState = Readonly<Record<string, string | readonly string[]>>;

const saved = z.record(
  z.string(),
  z
    .union([z.string(), z.array(z.string())])
    .optional()
    .catch(undefined),
);

export interface ListUrl<F extends UseQueryStatesKeysMap> {
  readonly filters: Values<F>;
  readonly setFilter: <K extends keyof F & string>(name: K, value: string | null) => void;
  readonly clearFilters: () => void;
  readonly cursor: string | null;
  readonly goTo: (cursor: string | null) => void;
  readonly peek: string | null;
  readonly setPeek: (id: string | null) => void;
  readonly columns: readonly string[] | undefined;
  readonly setColumns: (columns: readonly string[] | undefined) => void;
  readonly sort: Sort | undefined;
  readonly setSort: (sort: Sort) => void;
  /** What a view of this list would save. */
  readonly state: SavedState;
  readonly apply: (state: Readonly<Record<string, unknown>>) => void;
}

/** The state of a list in its address: typed filters, sort, columns, page and peek. */
export function useListUrl<F extends UseQueryStatesKeysMap>(parsers: F): ListUrl<F> {
  const all = useMemo(() => ({ ...shared, ...parsers }), [parsers]);
  const [values, set] = useQueryStates(all as typeof shared, { history: "push" });
  const names = useMemo(() => Object.keys(parsers), [parsers]);
  const write = set as (next: Record<string, unknown>, options?: Options) => Promise<URLSearchParams>;

  const put = useCallback(
    (next: Record<string, unknown>, options?: Options) => void write({ cursor: null, peek: null, ...next }, options),
    [write],
  );
  const { cursor, peek, columns, sort, direction } = values;
  const filters = useMemo(() => pick(values, names), [values, names]);
  return {
    filters: filters as Values<F>,
    setFilter: (name, value) => put({ [name]: value === "" ? null : value }),
    clearFilters: () => put(nulls(names)),
    cursor,
    goTo: (next) => put({ cursor: next }),
    peek,
    setPeek: (id) => void write({ peek: id }, { history: "replace" }),
    columns: columns ?? undefined,
    setColumns: (next) => void write({ columns: next === undefined ? null : [...next] }, { history: "replace" }),
    sort: sort === null ? undefined : { column: sort, direction: direction ?? "desc" },
    setSort: (next) => put({ sort: next.column, direction: next.direction }),
    state: useMemo(() => stateOf({ ...filters, columns, sort, direction }), [filters, columns, sort, direction]),
    apply: (state) => put({ ...nulls([...names, "columns", "sort", "direction"]), ...saved.parse(state) }),
  };
}

function pick(values: Readonly<Record<string, unknown>>, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, values[name] ?? null]));
}

function nulls(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}

function stateOf(values: Readonly<Record<string, unknown>>): SavedState {
  return saved.parse(Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null))) as SavedState;
}

/** Two states are one where they hold the same, in whatever order. */
export function sameState(a: Readonly<Record<string, unknown>>, b: Readonly<Record<string, unknown>>): boolean {
  const spell = (state: Readonly<Record<string, unknown>>) =>
    JSON.stringify(Object.entries(state).sort(([x], [y]) => (x < y ? -1 : 1)));
  return spell(a) === spell(b);
}
