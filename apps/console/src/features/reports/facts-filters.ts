import { parseAsString, parseAsStringLiteral } from "nuqs";
import { factKinds, type FactKind } from "@pitboss/domain/reporting/facts";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { periodOf } from "#features/reports/report-filters.ts";
import type { InputOf } from "#lib/api.ts";

export const kinds = Object.keys(factKinds) as FactKind[];
const codes = Object.keys(currencies) as Currency[];

export const factParsers = {
  from: parseAsString,
  to: parseAsString,
  zone: parseAsString,
  kind: parseAsStringLiteral(kinds),
  currency: parseAsStringLiteral(codes),
  country: parseAsString,
  brand: parseAsString,
  provider: parseAsString,
  game: parseAsString,
  category: parseAsString,
};

type FactFilters = { readonly [Name in keyof typeof factParsers]: string | null };

/** An address may name "no game": then it is an empty word, and not absent. */
export function factsInput(filters: FactFilters, cursor: string | null): InputOf<"report.facts"> {
  const one = (value: string | null): string[] | null => (value === null ? null : [value]);
  return {
    ...periodOf(filters),
    kinds: filters.kind === null ? null : [filters.kind as FactKind],
    currencies: filters.currency === null ? null : [filters.currency as Currency],
    countries: one(filters.country),
    brands: one(filters.brand),
    providers: one(filters.provider),
    games: one(filters.game),
    categories: one(filters.category),
    cursor,
  };
}

/** The same from an address, for a look beside the report. */
export function factsInputOf(address: string): InputOf<"report.facts"> {
  const query = new URL(address, "http://console").searchParams;
  const filters = Object.fromEntries(Object.keys(factParsers).map((name) => [name, query.get(name)])) as FactFilters;
  return factsInput(filters, null);
}
