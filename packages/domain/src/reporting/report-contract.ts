/** What reports can be asked: the words that engine, console and CLI share. */
import { z } from "zod";
import { currencies, type Currency } from "../wallet/currency.ts";
import { bases, deductions } from "./figures.ts";

export const dimensions = [
  "day",
  "week",
  "month",
  "currency",
  "country",
  "brand",
  "provider",
  "game",
  "category",
] as const;
export type Dimension = (typeof dimensions)[number];

/** These fall to bets alone: deposits and bonuses belong to no game. */
export const gameDimensions: readonly Dimension[] = ["provider", "game", "category"];

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const currencyCode = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);
const names = z.array(z.string().min(1).max(80)).max(200);

/** Days of the zone, both ends included. Zones are names of the IANA database; days of UTC are what is tied out. */
export const reportPeriod = { from: day, to: day, zone: z.string().min(1).max(60).default("UTC") };

export const reportFilters = {
  currencies: z.array(currencyCode).max(40).nullish(),
  countries: names.nullish(),
  brands: names.nullish(),
  providers: names.nullish(),
  games: names.nullish(),
  categories: names.nullish(),
};

/** The figures that a report can show, in the order in which they stand. */
export const measures = [
  "bets",
  "players",
  "turnover",
  "wins",
  "ggr",
  "ggrCash",
  "bonusCost",
  "jackpots",
  "paymentFees",
  "chargebacks",
  "providerFees",
  "tax",
  "ngr",
  "deposits",
  "withdrawals",
  "fees",
  "adjustments",
  "rtp",
  "hold",
  "bonusShare",
  "bonusBets",
  "arpu",
] as const;
export type Measure = (typeof measures)[number];

export const figuresInput = z.object({
  ...reportPeriod,
  ...reportFilters,
  /** At most three. Without any, the answer is the total alone. */
  by: z.array(z.enum(dimensions)).max(3).default([]),
  /** `null` leaves amounts in their own currencies, which are then a dimension. */
  inCurrency: z.literal("reporting").nullable().default("reporting"),
  basis: z.enum(bases).default("total"),
  deductions: z.array(z.enum(deductions)).default([...deductions]),
  /** Counts of players cost more than sums; who does not show them does not ask for them. */
  players: z.boolean().default(true),
  /** Which figures a file shows; all where nothing is said. An answer always has all of them. */
  measures: z.array(z.enum(measures)).min(1).nullish(),
});
export type FiguresInput = z.infer<typeof figuresInput>;
