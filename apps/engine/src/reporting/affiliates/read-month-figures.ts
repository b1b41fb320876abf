/**
 * An affiliate's month from the column store: what its players staked, won and cost while they were its players, and who
 * of them qualified. Facts are converted at the captured rate of their day and rounded once, at the end.
 */
import { findAffiliate } from "@pitboss/db/reporting/affiliate-store";
import { listStretches } from "@pitboss/db/reporting/attribution-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert, err, ok, type Result } from "@pitboss/domain/kernel/result";
import { type AffiliatePlan, planAmount, qualifiedOn } from "@pitboss/domain/reporting/affiliates/plan";
import { type MonthFigures, nextMonth } from "@pitboss/domain/reporting/affiliates/statement";
import { roundScaled } from "@pitboss/domain/reporting/capture-rate";
import { figuresOf, type SumName, type Sums, sumNames } from "@pitboss/domain/reporting/figures";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { ChargeRates } from "../charges/charge-columns.ts";
import {
  type PlayerSums,
  playerSumDecimals,
  readFirstDeposits,
  readPlayerSums,
  readTurnoverByDay,
} from "./read-player-facts.ts";

const dayMs = 86_400_000;

export interface PlanOfMonth {
  readonly plan: AffiliatePlan;
  readonly charges: ChargeRates;
  /** The plan that held in a month, for players whose first deposit was in it; undefined before the first plan. */
  readonly planIn: (month: string) => AffiliatePlan | undefined;
}

type Deps = Pick<StaffDeps, "db" | "reports">;

export async function readMonthFigures(
  deps: Deps,
  affiliateId: bigint,
  month: string,
  { plan, charges, planIn }: PlanOfMonth,
): Promise<Result<MonthFigures>> {
  const [fromMs, toMs] = [Date.parse(`${month}-01`), Date.parse(`${nextMonth(month)}-01`)];
  assert((await findAffiliate(deps.db, affiliateId)) !== undefined, "a month is read of an affiliate that exists");
  const stretches = await listStretches(deps.db, affiliateId, { from: new Date(fromMs), to: new Date(toMs) });
  const sums = await readPlayerSums(deps.reports, charges, stretches, { fromMs, toMs });
  const unrated = [...new Set(sums.flatMap((one) => one.unrated))];
  if (unrated.length > 0) {
    return err("STATEMENT_NOT_READY", `There is no rate of ${unrated.sort().join(", ")} for a day of this month.`);
  }
  const qualified = await readQualified(deps, affiliateId, month, planIn);
  const total = addUp(sums);
  const { basis, deductions } = plan.share ?? {
    basis: "total" as const,
    deductions: ["bonus", "jackpot", "chargeback"] as const,
  };
  const figures = figuresOf(total, basis, deductions);
  const whole = (scaled: bigint): bigint => roundScaled(scaled, playerSumDecimals);
  return ok({
    players: new Set(stretches.map(({ playerId }) => playerId)).size,
    newPlayers: stretches.filter(({ source, sinceMs }) => source === "REGISTRATION" && sinceMs >= fromMs).length,
    activePlayers: sums.filter(({ bets }) => bets > 0n).length,
    firstDeposits: qualified.firstDeposits,
    deposits: whole(total.deposits),
    turnover: whole(figures.turnover),
    ggr: whole(basis === "total" ? figures.ggr : figures.ggrCash),
    bonusCost: whole(figures.bonusCost),
    jackpots: whole(figures.jackpots),
    chargebacks: whole(figures.chargebacks),
    paymentFees: whole(figures.paymentFees),
    providerFees: whole(figures.providerFees),
    tax: whole(figures.tax),
    netBeforeFees: whole(figures.ngr),
    qualified: qualified.players,
  });
}

function addUp(all: readonly PlayerSums[]): Sums {
  const total = Object.fromEntries(sumNames.map((name) => [name, 0n])) as Record<SumName, bigint>;
  for (const { sums } of all) {
    for (const [name, amount] of Object.entries(sums) as [SumName, bigint][]) total[name] += amount;
  }
  return total;
}

interface Qualified {
  readonly firstDeposits: number;
  readonly players: MonthFigures["qualified"];
}

/**
 * Whoever made their first deposit as this affiliate's player may qualify, in this month or a later one. They do so by the
 * plan of the month of that deposit, so that another plan changes nothing for them and nobody qualifies twice.
 */
async function readQualified(
  { db, reports }: Deps,
  affiliateId: bigint,
  month: string,
  planIn: (month: string) => AffiliatePlan | undefined,
): Promise<Qualified> {
  const [fromMs, toMs] = [Date.parse(`${month}-01`), Date.parse(`${nextMonth(month)}-01`)];
  // No rule looks further back than a year.
  const stretches = await listStretches(db, affiliateId, { from: new Date(fromMs - 366 * dayMs), to: new Date(toMs) });
  const firsts = (
    await readFirstDeposits(
      reports,
      stretches.map(({ playerId }) => playerId),
    )
  ).filter(({ playerId, atMs }) =>
    stretches.some((one) => one.playerId === playerId && atMs >= one.sinceMs && atMs < one.untilMs),
  );
  const inMonth = firsts.filter(({ atMs }) => atMs >= fromMs && atMs < toMs).length;
  const candidates = firsts.flatMap((first) => {
    const day = new Date(first.atMs).toISOString().slice(0, 10);
    const rule = planIn(day.slice(0, 7))?.cpa ?? null;
    return rule === null || first.atMs >= toMs ? [] : [{ ...first, day, rule }];
  });
  const turnover = await readTurnoverByDay(
    reports,
    candidates.map(({ playerId }) => playerId),
    {
      fromMs: Math.min(...candidates.map(({ atMs }) => Date.parse(new Date(atMs).toISOString().slice(0, 10))), toMs),
      toMs,
    },
  );
  const players = candidates.flatMap(({ playerId, day: firstDay, amount, rule }) => {
    const first = { day: firstDay, amount: roundScaled(amount, 18) };
    const day = qualifiedOn(rule, reports.currency, first, turnover.get(playerId) ?? []);
    if (day?.slice(0, 7) !== month) return [];
    const earned = planAmount(rule.amount, reports.currency);
    return [{ playerId: formatId("player", playerId), firstDeposit: firstDay, day, amount: earned, id: playerId }];
  });
  players.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { firstDeposits: inMonth, players: players.map(({ id: _id, ...shown }) => shown) };
}
