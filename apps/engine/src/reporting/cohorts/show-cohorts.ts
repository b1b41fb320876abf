/**
 * Who comes back after a first deposit, and how far first depositors get. A cohort is those whose first deposit fell into
 * one week (or day, or month) of the zone. Day n counts whom a settled bet has n days of the zone after the first deposit,
 * of those for whom that day is over: a cohort that is too young says so, and not zero.
 */
import { factKinds } from "@pitboss/domain/reporting/facts";
import { ratio } from "@pitboss/domain/reporting/figures";
import { reportFilters, reportPeriod } from "@pitboss/domain/reporting/report-contract";
import { z } from "zod";
import { orThrow } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type Freshness, readFreshness } from "../figures/freshness.ts";
import { instantText, selectFacts } from "../figures/select-facts.ts";
import { answered } from "../store/answered.ts";

const { countries } = reportFilters;
const cohortsInput = z.object({
  ...reportPeriod,
  countries,
  by: z.enum(["day", "week", "month"]).default("week"),
});
type CohortsInput = z.infer<typeof cohortsInput>;

const retentionDays = [1, 7, 30] as const;

export interface Retention {
  readonly day: (typeof retentionDays)[number];
  /** For whom this day is over. */
  readonly of: string;
  readonly back: string;
  /** Six decimals; null where this day is over for nobody. */
  readonly rate: string | null;
}

export interface CohortRow {
  /** The first day of the cohort. */
  readonly cohort: string;
  /** First depositors. */
  readonly players: string;
  readonly retention: readonly Retention[];
  /** Of the players: had a settled bet, and deposited again. */
  readonly played: string;
  readonly depositedAgain: string;
}

export interface CohortsAnswer {
  readonly rows: readonly CohortRow[];
  readonly total: CohortRow;
  readonly zone: string;
  readonly freshness: Freshness;
}

export const showCohorts = procedure("report.read")
  .input(cohortsInput)
  .query(({ ctx, input }): Promise<CohortsAnswer> => answered(readCohorts(ctx.deps, input)));

type Row = Readonly<Record<string, string>>;

const starts = {
  day: "toString(first_day)",
  week: "toString(toMonday(first_day))",
  month: "formatDateTime(first_day, '%Y-%m-01')",
} as const;

export async function readCohorts(
  deps: Pick<StaffDeps, "db" | "catalog" | "reports" | "clock">,
  input: CohortsInput,
): Promise<CohortsAnswer> {
  const freshness = await readFreshness(deps);
  const { range, params: bound } = orThrow(selectFacts(deps, input));
  const country = input.countries == null ? "" : "AND country IN {countries:Array(String)}";
  const eligible = (day: number): string => `first_day + ${day} < today`;
  const counts = retentionDays.flatMap((day) => [
    `countIf(${eligible(day)}) AS of${day}`,
    `countIf(${eligible(day)} AND has(days, first_day + ${day})) AS back${day}`,
  ]);
  const statement = `
    SELECT ${starts[input.by]} AS cohort, count() AS players, ${counts.join(", ")},
           countIf(notEmpty(days)) AS played, countIf(deposits > 1) AS again
      FROM (
        SELECT player, toDate(minIf(at, kind = ${factKinds.DEPOSIT}), {zone:String}) AS first_day,
               minIf(at, kind = ${factKinds.DEPOSIT}) AS first_at, countIf(kind = ${factKinds.DEPOSIT}) AS deposits,
               groupUniqArrayIf(toDate(at, {zone:String}), kind = ${factKinds.SETTLED}) AS days,
               toDate({now:DateTime64(3, 'UTC')}, {zone:String}) AS today
          FROM facts FINAL
         WHERE kind IN (${factKinds.DEPOSIT}, ${factKinds.SETTLED}) ${country}
         GROUP BY player
        HAVING deposits > 0 AND first_at >= {from:DateTime64(3, 'UTC')} AND first_at < {to:DateTime64(3, 'UTC')})
     GROUP BY cohort ORDER BY cohort`;
  const now = instantText(deps.clock.now());
  const rows = await deps.reports.store.rows<Row>(statement, {
    ...bound,
    zone: input.zone,
    now,
    from: instantText(range.fromMs),
    to: instantText(range.toMs),
  });
  return { rows: rows.map(presentRow), total: totalOf(rows), zone: input.zone, freshness };
}

function presentRow(row: Row): CohortRow {
  const text = (name: string): string => row[name] ?? "0";
  return {
    cohort: text("cohort"),
    players: text("players"),
    retention: retentionDays.map((day) => ({
      day,
      of: text(`of${day}`),
      back: text(`back${day}`),
      rate: ratio(BigInt(text(`back${day}`)), BigInt(text(`of${day}`))),
    })),
    played: text("played"),
    depositedAgain: text("again"),
  };
}

/** A player is in one cohort, so that cohorts add up. */
function totalOf(rows: readonly Row[]): CohortRow {
  const names = ["players", "played", "again", ...retentionDays.flatMap((day) => [`of${day}`, `back${day}`])];
  const sums = names.map((name) => [name, rows.reduce((sum, row) => sum + BigInt(row[name] ?? 0), 0n).toString()]);
  return presentRow({ cohort: "", ...(Object.fromEntries(sums) as Row) });
}
