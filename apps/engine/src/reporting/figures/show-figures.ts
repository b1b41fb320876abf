import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { roundScaled } from "@pitboss/domain/reporting/capture-rate";
import { figuresOf, perHead, ratio, type SumName, sumNames } from "@pitboss/domain/reporting/figures";
import { figuresInput, type FiguresInput } from "@pitboss/domain/reporting/report-contract";
import { orThrow } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { answered } from "../store/answered.ts";
import { type Freshness, readFreshness } from "./freshness.ts";
import { loadCharges } from "../charges/load-charges.ts";
import { addShortfalls, readShortfalls } from "../charges/read-shortfalls.ts";
import {
  convertedDecimals,
  noSums,
  readSumsAndPlayers,
  sumDecimals,
  type SumsAnswer,
  type SumsRow,
} from "./read-sums.ts";

/** Amounts are decimal strings of `currency`; ratios have six decimals, and are null where there is nothing to divide by. */
export interface FigureRow {
  /** One value for each dimension that was asked for, in that order. */
  readonly keys: readonly string[];
  readonly currency: Currency;
  readonly bets: string;
  /** Players with a settled bet; null where they were not asked for. */
  readonly players: string | null;
  readonly turnover: string;
  readonly wins: string;
  readonly ggr: string;
  readonly ggrCash: string;
  readonly bonusCost: string;
  readonly jackpots: string;
  /** What payment services keep, less what players paid in fees. */
  readonly paymentFees: string;
  readonly chargebacks: string;
  readonly providerFees: string;
  readonly tax: string;
  readonly ngr: string;
  readonly deposits: string;
  readonly withdrawals: string;
  readonly fees: string;
  readonly adjustments: string;
  readonly rtp: string | null;
  readonly hold: string | null;
  /** The part of the stakes that was bonus money. */
  readonly bonusShare: string | null;
  /** The part of the bets that bonus money was staked in. */
  readonly bonusBets: string | null;
  /** NGR for each player with a settled bet. */
  readonly arpu: string | null;
}

export interface FiguresAnswer {
  readonly rows: readonly FigureRow[];
  /** Over all rows; one for each currency where amounts are left in theirs. */
  readonly totals: readonly FigureRow[];
  readonly zone: string;
  /** Currencies that had no rate on some day; what they moved is in no amount. */
  readonly unrated: readonly string[];
  readonly freshness: Freshness;
}

/** GGR, NGR and what they are made of, by up to three dimensions. */
export const showFigures = procedure("report.read")
  .input(figuresInput)
  .query(({ ctx, input }): Promise<FiguresAnswer> => answered(readFigures(ctx.deps, input)));

export async function readFigures(
  deps: Pick<StaffDeps, "db" | "catalog" | "reports" | "clock">,
  input: FiguresInput,
): Promise<FiguresAnswer> {
  const freshness = await readFreshness(deps);
  const { by, zone } = input;
  const reporting = input.inCurrency === null ? null : deps.reports.currency;
  const dimensions = reporting === null ? by.filter((dimension) => dimension !== "currency") : by;
  const charges = await loadCharges(deps.db);
  const query = { ...input, reporting, by: dimensions, charges };
  const shortfalls = orThrow(await readShortfalls(deps, query, charges));
  const found = orThrow(await readSumsAndPlayers(deps, query));
  const rows = addShortfalls(found.rows, shortfalls, query);
  const totals = totalRows(rows, reporting === null, found.totalPlayers);
  const place = by.indexOf("currency");
  const present = (row: SumsRow, keyed: boolean): FigureRow => {
    if (reporting !== null) return presentRow(row.keys, reporting, convertedDecimals, row, input);
    const [currency = "EUR", ...keys] = row.keys;
    if (keyed && place !== -1) keys.splice(place, 0, currency);
    return presentRow(keys, currency as Currency, sumDecimals, row, input);
  };
  return {
    rows: rows.map((row) => present(row, true)).sort(compareKeys),
    totals: totals.map((row) => present(row, false)).sort(compareKeys),
    zone,
    unrated: [...new Set(totals.flatMap(({ unrated }) => unrated))].sort(),
    freshness,
  };
}

/** One row, or one for each currency where amounts are left in theirs; before rounding, and so exact. */
function totalRows(rows: readonly SumsRow[], native: boolean, players: SumsAnswer["totalPlayers"]): SumsRow[] {
  const empty: SumsRow = { keys: [], sums: noSums, bets: 0n, bonusBets: 0n, players: 0n, unrated: [] };
  const byCurrency = new Map<string, SumsRow>(native ? [] : [["", { ...empty, players: players.get("") ?? 0n }]]);
  for (const row of rows) {
    const keys = native ? row.keys.slice(0, 1) : [];
    const total = byCurrency.get(keys.join()) ?? { ...empty, keys, players: players.get(keys.join()) ?? 0n };
    byCurrency.set(keys.join(), {
      ...total,
      sums: Object.fromEntries(sumNames.map((name) => [name, total.sums[name] + row.sums[name]])) as SumsRow["sums"],
      bets: total.bets + row.bets,
      bonusBets: total.bonusBets + row.bonusBets,
      unrated: [...total.unrated, ...row.unrated],
    });
  }
  return [...byCurrency.values()];
}

function presentRow(
  keys: readonly string[],
  currency: Currency,
  decimals: number,
  { sums, bets, bonusBets, players }: SumsRow,
  { basis, deductions, players: counted }: Pick<FiguresInput, "basis" | "deductions" | "players">,
): FigureRow {
  const figures = figuresOf(sums, basis, deductions);
  const money = (amount: bigint): string => formatMinor(roundScaled(amount, decimals), currency);
  const sum = (name: SumName): string => money(sums[name]);
  const arpu = counted ? perHead(figures.ngr, players) : null;
  return {
    keys,
    currency,
    bets: bets.toString(),
    players: counted ? players.toString() : null,
    turnover: money(figures.turnover),
    wins: money(figures.wins),
    ggr: money(figures.ggr),
    ggrCash: money(figures.ggrCash),
    bonusCost: money(figures.bonusCost),
    jackpots: money(figures.jackpots),
    paymentFees: money(figures.paymentFees),
    chargebacks: money(figures.chargebacks),
    providerFees: money(figures.providerFees),
    tax: money(figures.tax),
    ngr: money(figures.ngr),
    deposits: sum("deposits"),
    withdrawals: sum("withdrawals"),
    fees: sum("fees"),
    adjustments: sum("adjustments"),
    rtp: ratio(figures.wins, figures.turnover),
    hold: ratio(figures.ggr, figures.turnover),
    bonusShare: ratio(sums.stakeBonus, figures.turnover),
    bonusBets: ratio(bonusBets, bets),
    arpu: arpu === null ? null : money(arpu),
  };
}

function compareKeys(a: FigureRow, b: FigureRow): number {
  for (const [index, key] of a.keys.entries()) {
    const other = b.keys[index] ?? "";
    if (key !== other) return key < other ? -1 : 1;
  }
  return a.currency < b.currency ? -1 : a.currency > b.currency ? 1 : 0;
}
