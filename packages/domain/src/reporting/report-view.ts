/**
 * A saved view of the report builder as what is asked of the figures. The view is what the builder's page writes into its
 * address; console and CLI read it by this one function, so that both show the same report.
 */
import { z } from "zod";
import { currencies, type Currency } from "../wallet/currency.ts";
import { deductions } from "./figures.ts";
import { type Dimension, dimensions, type FiguresInput, type Measure, measures } from "./report-contract.ts";

/** Views of the builder are saved under this name. */
export const builderList = "builder";

const text = z.string().optional().catch(undefined);
const dimension = z.enum(dimensions).optional().catch(undefined);

/** What is not understood, as from an older page, is left out. */
const viewState = z.object({
  from: text,
  to: text,
  zone: text,
  by: dimension,
  then: dimension,
  last: dimension,
  amounts: z.literal("own").optional().catch(undefined),
  basis: z.literal("cash").optional().catch(undefined),
  without: text,
  currency: z
    .enum(Object.keys(currencies) as [Currency, ...Currency[]])
    .optional()
    .catch(undefined),
  country: text,
  brand: text,
  provider: text,
  game: text,
  columns: z
    .union([z.array(z.string()), z.string()])
    .optional()
    .catch(undefined),
});

const usualDays = 30;
const dayMs = 86_400_000;

/** `today` is a day of UTC, which a view without an end goes up to. */
export function readReportView(state: unknown, today: string): FiguresInput {
  const view = viewState.catch({}).parse(state);
  const to = view.to ?? today;
  const usual = new Date(Date.parse(to) - (usualDays - 1) * dayMs).toISOString().slice(0, 10);
  const chosen = chosenMeasures(view.columns);
  const left = new Set((view.without ?? "").split(","));
  const one = <T>(value: T | undefined): T[] | null => (value === undefined ? null : [value]);
  return {
    from: view.from ?? usual,
    to,
    zone: view.zone ?? "UTC",
    by: dimensionsOfView(view),
    inCurrency: view.amounts === "own" ? null : "reporting",
    basis: view.basis ?? "total",
    deductions: deductions.filter((name) => !left.has(name)),
    currencies: one(view.currency),
    countries: one(view.country),
    brands: one(view.brand),
    providers: one(view.provider),
    games: one(view.game),
    players: true,
    measures: chosen.length === 0 ? null : chosen,
  };
}

/** Up to three, each once; by day where none is chosen. */
export function dimensionsOfView(view: {
  readonly by?: Dimension | null | undefined;
  readonly then?: Dimension | null | undefined;
  readonly last?: Dimension | null | undefined;
}): Dimension[] {
  const chosen = [view.by ?? "day", view.then, view.last].filter((one): one is Dimension => one != null);
  return [...new Set(chosen)];
}

/** Columns of the page that are measures, in the order in which figures are always shown. */
export function chosenMeasures(columns: readonly string[] | string | undefined): Measure[] {
  const names = new Set(typeof columns === "string" ? columns.split(",") : columns);
  return measures.filter((name) => names.has(name));
}
