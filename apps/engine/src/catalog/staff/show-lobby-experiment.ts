/**
 * What players of each variant did, from the moment in which they first saw it until the experiment's end: bets that were
 * settled in that time, in the house's reporting currency at each day's rate. Players who saw it and did not bet count.
 */
import { findExperiment } from "@pitboss/db/catalog/lobby-experiment-store";
import {
  type Interval,
  meanDifference,
  meanOf,
  type Sample,
  shareDifference,
  shareOf,
} from "@pitboss/domain/catalog/compare-variants";
import { experimentCode } from "@pitboss/domain/catalog/lobby-experiment";
import { factKinds } from "@pitboss/domain/reporting/facts";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type Freshness, readFreshness } from "../../reporting/figures/freshness.ts";
import { answered } from "../../reporting/store/answered.ts";
import { type LobbyExperimentView, presentExperiment } from "./lobby-experiments.ts";

/** Decimal strings: amounts of the reporting currency, or shares of one. */
export interface IntervalView {
  readonly value: string;
  readonly low: string;
  readonly high: string;
}

export interface VariantResult {
  readonly variant: string;
  readonly players: string;
  readonly bettors: string;
  readonly bets: string;
  readonly stakes: string;
  readonly ggr: string;
  /** Null where too few players have seen it. */
  readonly ggrPerPlayer: IntervalView | null;
  readonly conversion: IntervalView | null;
  /** Against the first variant; null for the first itself. */
  readonly ggrDifference: IntervalView | null;
  readonly conversionDifference: IntervalView | null;
}

export interface LobbyExperimentDetail extends LobbyExperimentView {
  readonly results: readonly VariantResult[];
  readonly currency: Currency;
  /** Currencies without a rate on one of the days: their bets are counted, their amounts are in no sum. */
  readonly unrated: readonly string[];
  readonly freshness: Freshness;
}

export const showLobbyExperiment = procedure("report.read")
  .input(z.object({ code: experimentCode }))
  .query(({ ctx, input }): Promise<LobbyExperimentDetail> => answered(readExperiment(ctx.deps, input.code)));

type Row = Readonly<Record<"variant" | "players" | "bettors" | "bets" | "stakes" | "ggr" | "squares", string>> & {
  readonly unrated: readonly string[];
};

export async function readExperiment(
  deps: Pick<StaffDeps, "db" | "reports">,
  code: string,
): Promise<LobbyExperimentDetail> {
  const found = await findExperiment(deps.db, code);
  if (found === undefined) throwFailure({ code: "LOBBY_EXPERIMENT_NOT_FOUND" });
  const freshness = await readFreshness(deps);
  const { currency, store } = deps.reports;
  const until = (found.stoppedAt ?? "2200-01-01T00:00:00.000Z").replace("T", " ").replace("Z", "");
  const rows = await store.rows<Row>(resultsStatement, { experiment: code, until, reporting: currency });
  const byVariant = new Map(rows.map((row) => [row.variant, row]));
  const control = sampleOf(byVariant.get(found.variants[0]?.code ?? ""));
  return {
    ...presentExperiment(found),
    results: found.variants.map(({ code: variant }, index) =>
      presentResult(variant, byVariant.get(variant), index === 0 ? undefined : control, currency),
    ),
    currency,
    unrated: [...new Set(rows.flatMap(({ unrated }) => unrated))].sort(),
    freshness,
  };
}

const ofPlayer = `
  SELECT e.player AS player, uniqExactIf(f.bet, f.kind = ${factKinds.SETTLED}) AS bets,
         sum(toDecimal256(f.stake_cash + f.stake_bonus, 0) * toDecimal256(r.factor, 18)) AS stakes,
         sum(toDecimal256(f.stake_cash + f.stake_bonus - f.win_cash - f.win_bonus, 0) * toDecimal256(r.factor, 18)) AS ggr,
         groupUniqArrayIf(toString(f.currency), r.factor = 0) AS unrated
    FROM (SELECT * FROM facts FINAL
           WHERE kind IN (${factKinds.SETTLED}, ${factKinds.CORRECTED}) AND at < {until:DateTime64(3, 'UTC')}) AS f
    JOIN (SELECT player, at FROM lobby_exposures FINAL WHERE experiment = {experiment:String}) AS e ON e.player = f.player
    LEFT JOIN (SELECT day, currency, factor FROM rates FINAL WHERE reporting = {reporting:String}) AS r
      ON r.day = toDate(f.at) AND r.currency = f.currency
   WHERE f.at >= e.at
   GROUP BY e.player`;

const resultsStatement = `
  SELECT toString(x.variant) AS variant, toString(count()) AS players, toString(countIf(p.bets > 0)) AS bettors,
         toString(sum(p.bets)) AS bets,
         toString(toInt256(round(sum(p.stakes), 0))) AS stakes, toString(toInt256(round(sum(p.ggr), 0))) AS ggr,
         toString(sum(toFloat64(p.ggr) * toFloat64(p.ggr))) AS squares,
         groupUniqArrayArray(p.unrated) AS unrated
    FROM (SELECT variant, player FROM lobby_exposures FINAL WHERE experiment = {experiment:String}) AS x
    LEFT JOIN (${ofPlayer}) AS p ON p.player = x.player
   GROUP BY x.variant`;

function sampleOf(row: Row | undefined): Sample {
  const { players = 0, bettors = 0, ggr = 0, squares = 0 } = row ?? {};
  return { players: Number(players), bettors: Number(bettors), sum: Number(ggr), squares: Number(squares) };
}

function presentResult(
  variant: string,
  row: Row | undefined,
  control: Sample | undefined,
  currency: Currency,
): VariantResult {
  const sample = sampleOf(row);
  const { exponent: decimals } = currencies[currency];
  const money = (interval: Interval | undefined): IntervalView | null => present(interval, 10 ** decimals, decimals);
  const share = (interval: Interval | undefined): IntervalView | null => present(interval, 1, 6);
  return {
    variant,
    players: row?.players ?? "0",
    bettors: row?.bettors ?? "0",
    bets: row?.bets ?? "0",
    stakes: formatMinor(BigInt(row?.stakes ?? 0), currency),
    ggr: formatMinor(BigInt(row?.ggr ?? 0), currency),
    ggrPerPlayer: money(meanOf(sample)),
    conversion: share(shareOf(sample)),
    ggrDifference: control === undefined ? null : money(meanDifference(sample, control)),
    conversionDifference: control === undefined ? null : share(shareDifference(sample, control)),
  };
}

function present(interval: Interval | undefined, unit: number, decimals: number): IntervalView | null {
  if (interval === undefined) return null;
  const text = (value: number): string => (value / unit).toFixed(decimals).replace(/^-(0(\.0*)?)$/, "$1");
  return { value: text(interval.value), low: text(interval.low), high: text(interval.high) };
}
