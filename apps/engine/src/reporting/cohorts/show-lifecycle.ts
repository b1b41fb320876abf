/**
 * Where the players of a house stand at the end of a time, by when they have settled bets: each player who ever had one is
 * counted once. The time before is as long as the time that is asked for, and ends where it begins.
 *
 * - new: the first settled bet ever lies in this time
 * - active: bets in this time and in the time before
 * - reactivated: bets in this time, none in the time before, and some before that
 * - dormant: none in this time, and the last one is less than `churnDays` ago
 * - churned: the last one is `churnDays` ago, or more
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
const lifecycleInput = z.object({
  ...reportPeriod,
  countries,
  /** Without a bet for so many days a player is taken for lost. */
  churnDays: z.int().min(1).max(730).default(90),
});
type LifecycleInput = z.infer<typeof lifecycleInput>;

const stages = ["new", "active", "reactivated", "dormant", "churned"] as const;

export interface LifecycleAnswer {
  readonly stages: readonly {
    readonly stage: (typeof stages)[number];
    readonly players: string;
    /** Of all players who ever had a settled bet; null where there are none. */
    readonly share: string | null;
  }[];
  readonly players: string;
  /** Who deposited in this time, and how many of them had a settled bet after their first deposit of it. */
  readonly depositors: string;
  readonly depositedAndBet: string;
  readonly conversion: string | null;
  readonly zone: string;
  readonly freshness: Freshness;
}

export const showLifecycle = procedure("report.read")
  .input(lifecycleInput)
  .query(({ ctx, input }): Promise<LifecycleAnswer> => answered(readLifecycle(ctx.deps, input)));

type Row = Readonly<Record<(typeof stages)[number] | "players" | "depositors" | "depositedAndBet", string>>;

const dayMs = 86_400_000;

export async function readLifecycle(
  deps: Pick<StaffDeps, "db" | "catalog" | "reports">,
  input: LifecycleInput,
): Promise<LifecycleAnswer> {
  const freshness = await readFreshness(deps);
  const { range, params } = orThrow(selectFacts(deps, input));
  const { fromMs, toMs } = range;
  const country = input.countries == null ? "" : "AND country IN {countries:Array(String)}";
  const time = (name: string): string => `{${name}:DateTime64(3, 'UTC')}`;
  const bet = `kind = ${factKinds.SETTLED}`;
  const deposit = `kind = ${factKinds.DEPOSIT} AND at >= ${time("from")}`;
  const [row] = await deps.reports.store.rows<Row>(
    `SELECT countIf(bets > 0 AND now_bets > 0 AND first_bet >= ${time("from")}) AS new,
            countIf(now_bets > 0 AND first_bet < ${time("from")} AND before_bets > 0) AS active,
            countIf(now_bets > 0 AND first_bet < ${time("from")} AND before_bets = 0) AS reactivated,
            countIf(bets > 0 AND now_bets = 0 AND last_bet >= ${time("churn")}) AS dormant,
            countIf(bets > 0 AND now_bets = 0 AND last_bet < ${time("churn")}) AS churned,
            countIf(bets > 0) AS players, countIf(deposits > 0) AS depositors,
            countIf(deposits > 0 AND bets > 0 AND last_bet >= first_deposit) AS depositedAndBet
       FROM (SELECT player, countIf(${bet}) AS bets, minIf(at, ${bet}) AS first_bet, maxIf(at, ${bet}) AS last_bet,
                    countIf(${bet} AND at >= ${time("from")}) AS now_bets,
                    countIf(${bet} AND at >= ${time("before")} AND at < ${time("from")}) AS before_bets,
                    countIf(${deposit}) AS deposits, minIf(at, ${deposit}) AS first_deposit
               FROM facts FINAL
              WHERE kind IN (${factKinds.DEPOSIT}, ${factKinds.SETTLED}) AND at < ${time("to")} ${country}
              GROUP BY player)`,
    {
      ...params,
      before: instantText(fromMs - (toMs - fromMs)),
      churn: instantText(toMs - input.churnDays * dayMs),
    },
  );
  const count = (name: keyof Row): bigint => BigInt(row?.[name] ?? 0);
  return {
    stages: stages.map((stage) => ({
      stage,
      players: count(stage).toString(),
      share: ratio(count(stage), count("players")),
    })),
    players: count("players").toString(),
    depositors: count("depositors").toString(),
    depositedAndBet: count("depositedAndBet").toString(),
    conversion: ratio(count("depositedAndBet"), count("depositors")),
    zone: input.zone,
    freshness,
  };
}
