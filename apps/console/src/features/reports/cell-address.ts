/** The address of the transactions behind a row of figures. */
import type { Dimension } from "@pitboss/domain/reporting/report-contract";
import { type FigureFilters, periodOf } from "#features/reports/report-filters.ts";
import { lastDayOf } from "#features/reports/report-days.ts";

const plain = {
  currency: "currency",
  country: "country",
  brand: "brand",
  provider: "provider",
  game: "game",
  category: "category",
} as const;

export function factsAddress(filters: FigureFilters, by: readonly Dimension[], keys: readonly string[]): string {
  const { from, to, zone } = periodOf(filters);
  const query = new URLSearchParams({ from, to });
  if (zone !== "UTC") query.set("zone", zone);
  for (const name of ["currency", "country", "brand", "provider", "game"] as const) {
    const value = filters[name];
    if (value !== null) query.set(name, value);
  }
  for (const [index, dimension] of by.entries()) {
    const key = keys[index] ?? "";
    if (dimension === "day" || dimension === "week" || dimension === "month") {
      const first = dimension === "month" ? `${key}-01` : key;
      // A week or month at an end of the report is only the part of it that the report is over.
      query.set("from", first < from ? from : first);
      const last = lastDayOf(key, dimension);
      query.set("to", last > to ? to : last);
    } else {
      query.set(plain[dimension], key);
    }
  }
  return `/reports/facts?${query}`;
}
