/**
 * How long payouts take, from the request to the money being paid, against what the house promises. Promises are those of
 * the policy that was in force when the payout was requested, by its currency; where nobody had to look, a decision may
 * take no longer than sending does. A payout that still waits is late as soon as its promise is over.
 */
import { listPayoutClocks, type PayoutClock } from "@pitboss/db/reporting/list-payout-clocks";
import { readZonedRange } from "@pitboss/domain/audit/zoned-range";
import { payoutSteps } from "@pitboss/domain/reporting/payout-steps";
import {
  type SlaDimension,
  slaInput,
  type SlaInput,
  type SlaStage,
  slaStages,
} from "@pitboss/domain/reporting/payout-sla";
import { ratio } from "@pitboss/domain/reporting/figures";
import { orThrow } from "../../edge/trpc/failure.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type Freshness, readFreshness } from "../figures/freshness.ts";
import { instantText } from "../figures/select-facts.ts";
import { answered } from "../store/answered.ts";
import type { StoreParams } from "../store/column-store.ts";

export interface StageTimes {
  /** Payouts that have passed it. */
  readonly passed: string;
  /** Seconds, interpolated between the nearest two; null where none has passed it. */
  readonly p50: number | null;
  readonly p95: number | null;
  /** Those that took longer than promised, and those that wait in it for longer. */
  readonly late: string;
}

export interface SlaRow {
  readonly key: string;
  readonly requested: string;
  readonly paid: string;
  /** Turned down by the house, or taken back by the player. */
  readonly rejected: string;
  /** Came back from the bank, before or after it was paid. */
  readonly returned: string;
  readonly open: string;
  /** Of those that wait: their promise is over. */
  readonly openLate: string;
  /** From the request to being paid. */
  readonly total: StageTimes;
  readonly stages: Readonly<Record<SlaStage, StageTimes>>;
  /** The part that kept its promise of those that were paid or are late; six decimals. */
  readonly kept: string | null;
}

export interface SlaAnswer {
  readonly rows: readonly SlaRow[];
  readonly total: SlaRow;
  /** By the day of the request. */
  readonly trend: readonly SlaRow[];
  readonly zone: string;
  readonly freshness: Freshness;
}

export const showPayoutSla = procedure("report.read")
  .input(slaInput)
  .query(({ ctx, input }): Promise<SlaAnswer> => answered(readPayoutSla(ctx.deps, input)));

type Row = Readonly<Record<string, string | number | null>>;
export type SlaDeps = Pick<StaffDeps, "db" | "reports" | "clock">;

export async function readPayoutSla(deps: SlaDeps, input: SlaInput): Promise<SlaAnswer> {
  const freshness = await readFreshness(deps);
  const clocks = await listPayoutClocks(deps.db);
  const { fromMs, toMs } = orThrow(readZonedRange(input.from, input.to, input.zone));
  const filters = (["currencies", "countries", "methods", "psps"] as const).filter((name) => input[name] != null);
  const params: StoreParams = {
    from: instantText(fromMs),
    to: instantText(toMs),
    now: instantText(deps.clock.now()),
    zone: input.zone,
    ...Object.fromEntries(filters.map((name) => [name, input[name] ?? []])),
  };
  const where = filters.map((name) => ` AND ${columns[name]} IN {${name}:Array(String)}`).join("");
  const ask = (by: SlaDimension | undefined): Promise<Row[]> =>
    deps.reports.store.rows<Row>(statement(by, where, clocks), params);
  const [rows, total] = [await ask(input.by), await ask(undefined)];
  const trend = input.by === "day" ? rows : await ask("day");
  return {
    rows: rows.map(presentRow),
    total: presentRow(total[0] ?? {}),
    trend: trend.map(presentRow),
    zone: input.zone,
    freshness,
  };
}

const columns = { currencies: "currency", countries: "country", methods: "method", psps: "psp" } as const;

const keys: Readonly<Record<SlaDimension, string>> = {
  day: "toString(toDate(asked, {zone:String}))",
  week: "toString(toMonday(asked, {zone:String}))",
  month: "formatDateTime(asked, '%Y-%m', {zone:String})",
  method: "of_method",
  psp: "of_psp",
  currency: "of_currency",
  country: "of_country",
};

/** Times of a payout's own, one row each; then what they are together. Steps before the first day are of no payout here. */
function statement(by: SlaDimension | undefined, where: string, clocks: readonly PayoutClock[]): string {
  const first = (step: number): string => `minIf(at, step = ${step})`;
  const has = (step: number): string => `countIf(step = ${step}) > 0`;
  const seconds = (from: string, to: string): string => `dateDiff('millisecond', ${from}, ${to}) / 1000`;
  const [decision, sending, paying] = slaStages.map((stage) => promise(stage, clocks));
  return `
    SELECT ${by === undefined ? "''" : keys[by]} AS key, count() AS requested, countIf(is_paid) AS paid,
           countIf(is_rejected) AS rejected, countIf(is_returned) AS returned, countIf(is_open) AS open,
           countIf(is_open AND ${seconds("asked", "{now:DateTime64(3, 'UTC')}")} > may_total) AS open_late,
           ${stageColumns("decision", "is_decided", seconds("asked", "decided"), "is_open AND NOT is_decided", seconds("asked", "{now:DateTime64(3, 'UTC')}"))},
           ${stageColumns("sending", "is_decided AND is_sent", seconds("decided", "sent"), "is_open AND is_decided AND NOT is_sent", seconds("decided", "{now:DateTime64(3, 'UTC')}"))},
           ${stageColumns("paying", "is_sent AND is_paid", seconds("sent", "paid_at"), "is_open AND is_sent", seconds("sent", "{now:DateTime64(3, 'UTC')}"))},
           ${stageColumns("total", "is_paid", seconds("asked", "paid_at"), "is_open", seconds("asked", "{now:DateTime64(3, 'UTC')}"))}
      FROM (
        SELECT *, ${decision} AS may_decision, ${sending} AS may_sending, ${paying} AS may_paying,
               may_decision + may_sending + may_paying AS may_total
          FROM (
            SELECT payout, any(toString(method)) AS of_method, any(toString(psp)) AS of_psp,
                   any(toString(currency)) AS of_currency, any(toString(country)) AS of_country, any(amount) AS of_amount,
                   ${first(payoutSteps.REQUESTED)} AS asked, ${first(payoutSteps.APPROVED)} AS decided,
                   ${first(payoutSteps.SUBMITTED)} AS sent, maxIf(at, step = ${payoutSteps.PAID}) AS paid_at,
                   argMinIf(toString(decided_by), at, step = ${payoutSteps.APPROVED}) AS said_by,
                   ${has(payoutSteps.APPROVED)} AS is_decided, ${has(payoutSteps.SUBMITTED)} AS is_sent,
                   ${has(payoutSteps.PAID)} AS is_paid, ${has(payoutSteps.REJECTED)} AS is_rejected,
                   ${has(payoutSteps.RETURNED)} AS is_returned, NOT is_paid AND NOT is_rejected AND NOT is_returned AS is_open
              FROM payout_steps FINAL WHERE at >= {from:DateTime64(3, 'UTC')}${where}
             GROUP BY payout HAVING ${has(payoutSteps.REQUESTED)} AND asked < {to:DateTime64(3, 'UTC')}))
     ${by === undefined ? "" : "GROUP BY key ORDER BY key"}`;
}

function stageColumns(stage: SlaStage | "total", passed: string, took: string, waits: string, waited: string): string {
  return `countIf(${passed}) AS ${stage}_passed,
          if(${stage}_passed = 0, [], quantilesExactInclusiveIf(0.5, 0.95)(${took}, ${passed})) AS ${stage}_times,
          ${stage}_times[1] AS ${stage}_p50, ${stage}_times[2] AS ${stage}_p95,
          countIf((${passed} AND ${took} > may_${stage}) OR (${waits} AND ${waited} > may_${stage})) AS ${stage}_late`;
}

/** Seconds that a stage may take, by the policy of the payout's currency as it was requested; the newest stands first. */
function promise(stage: SlaStage, clocks: readonly PayoutClock[]): string {
  const minutes = (clock: PayoutClock): string => {
    if (stage === "sending") return `${clock.sendMinutes}`;
    if (stage === "paying") return `${clock.paidMinutes}`;
    const people = `if(of_amount >= ${clock.twoFrom}, ${clock.reviewMinutes + clock.secondMinutes}, ${clock.reviewMinutes})`;
    return `if(said_by = 'RULE', ${clock.sendMinutes}, ${people})`;
  };
  const cases = clocks.map(
    (clock) =>
      `of_currency = '${clock.currency}' AND asked >= toDateTime64('${instantText(clock.effectiveFromMs)}', 3, 'UTC'), toUInt64(${minutes(clock)}) * 60`,
  );
  // A currency without a policy has no promise that could be broken.
  return `multiIf(${[...cases, "toUInt64(4294967295)"].join(", ")})`;
}

function presentRow(row: Row): SlaRow {
  const count = (name: string): string => String(row[name] ?? "0");
  const time = (name: string, passed: string): number | null => (passed === "0" ? null : Number(row[name]));
  const times = (stage: SlaStage | "total"): StageTimes => {
    const passed = count(`${stage}_passed`);
    return {
      passed,
      p50: time(`${stage}_p50`, passed),
      p95: time(`${stage}_p95`, passed),
      late: count(`${stage}_late`),
    };
  };
  const total = times("total");
  const judged = BigInt(count("paid")) + BigInt(count("open_late"));
  return {
    key: String(row["key"] ?? ""),
    requested: count("requested"),
    paid: count("paid"),
    rejected: count("rejected"),
    returned: count("returned"),
    open: count("open"),
    openLate: count("open_late"),
    total,
    stages: { decision: times("decision"), sending: times("sending"), paying: times("paying") },
    kept: ratio(judged - BigInt(total.late), judged),
  };
}
