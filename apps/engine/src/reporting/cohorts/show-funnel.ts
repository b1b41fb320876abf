/**
 * How far those get who opened an account in a time: registered, verified, deposited, bet. Each step counts those who made
 * all steps before it, so that it never widens; and beside it, how many deposited or bet at all.
 */
import { listRegistrants, type Registrant } from "@pitboss/db/reporting/list-registrants";
import { factKinds } from "@pitboss/domain/reporting/facts";
import { ratio } from "@pitboss/domain/reporting/figures";
import { reportFilters, reportPeriod } from "@pitboss/domain/reporting/report-contract";
import { z } from "zod";
import { orThrow } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type Freshness, readFreshness } from "../figures/freshness.ts";
import { selectFacts } from "../figures/select-facts.ts";
import { answered } from "../store/answered.ts";

const { countries } = reportFilters;
const funnelInput = z.object({ ...reportPeriod, countries });
type FunnelInput = z.infer<typeof funnelInput>;

const steps = ["registered", "verified", "deposited", "bet"] as const;

export interface FunnelAnswer {
  readonly steps: readonly {
    readonly step: (typeof steps)[number];
    readonly players: string;
    /** Of those who registered, and of the step before; null where there is nobody. */
    readonly ofAll: string | null;
    readonly ofBefore: string | null;
  }[];
  /** Whether or not they were verified before. */
  readonly depositedAtAll: string;
  readonly betAtAll: string;
  readonly zone: string;
  readonly freshness: Freshness;
}

export const showFunnel = procedure("report.read")
  .input(funnelInput)
  .query(({ ctx, input }): Promise<FunnelAnswer> => answered(readFunnel(ctx.deps, input)));

/** Players whose facts are asked for at once. */
const atOnce = 5_000;

export async function readFunnel(
  deps: Pick<StaffDeps, "db" | "catalog" | "reports">,
  input: FunnelInput,
): Promise<FunnelAnswer> {
  const freshness = await readFreshness(deps);
  const { range } = orThrow(selectFacts(deps, input));
  const time = { from: new Date(range.fromMs), to: new Date(range.toMs), countries: input.countries ?? null };
  const counts = { registered: 0n, verified: 0n, deposited: 0n, bet: 0n };
  const all = { deposited: 0n, bet: 0n };
  for (let after: Registrant | undefined; ; ) {
    const page = await listRegistrants(deps.db, time, { after, limit: atOnce });
    if (page.length === 0) break;
    after = page.at(-1);
    const rows = await deps.reports.store.rows<{ who: string; deposited: number; bet: number }>(
      `SELECT toString(player) AS who, countIf(kind = ${factKinds.DEPOSIT}) > 0 AS deposited, countIf(kind = ${factKinds.SETTLED}) > 0 AS bet
         FROM facts FINAL
        WHERE kind IN (${factKinds.DEPOSIT}, ${factKinds.SETTLED}) AND player IN (SELECT toUInt64(arrayJoin({players:Array(String)})))
        GROUP BY player`,
      { players: page.map(({ playerId }) => playerId.toString()) },
    );
    const facts = new Map(rows.map(({ who, ...row }) => [BigInt(who), row]));
    for (const { playerId, verified } of page) {
      const deposited = facts.get(playerId)?.deposited === 1;
      const bet = facts.get(playerId)?.bet === 1;
      counts.registered += 1n;
      if (verified) counts.verified += 1n;
      if (verified && deposited) counts.deposited += 1n;
      if (verified && deposited && bet) counts.bet += 1n;
      if (deposited) all.deposited += 1n;
      if (bet) all.bet += 1n;
    }
  }
  return {
    steps: steps.map((step, index) => {
      const before = steps[index - 1];
      return {
        step,
        players: counts[step].toString(),
        ofAll: ratio(counts[step], counts.registered),
        ofBefore: before === undefined ? null : ratio(counts[step], counts[before]),
      };
    }),
    depositedAtAll: all.deposited.toString(),
    betAtAll: all.bet.toString(),
    zone: input.zone,
    freshness,
  };
}
