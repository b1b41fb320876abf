/** What goes on by itself around people and what they work on: each job with how often it looks, and how soon again where it found something. */
import { sealAudit, sealBatchSize } from "../audit/seal-audit.ts";
import { runRenewals } from "../compliance/kyc/run-renewals.ts";
import { askVendor } from "../compliance/kyc/vendor/ask-vendor.ts";
import { processKycWebhooks } from "../compliance/kyc/vendor/process-kyc-webhooks.ts";
import { runRegisterChecks } from "../compliance/registers/run-register-checks.ts";
import { continueRun } from "../compliance/screening/run-screening.ts";
import { runRgClocks } from "../compliance/rg/run-rg-clocks.ts";
import { judgeCircuits } from "../gaming/circuits/judge-circuits.ts";
import { sweepWaiting } from "../gaming/staff/rounds/sweep-waiting.ts";
import { createDailyReconciliation } from "../cashier/reconciliation/run-daily.ts";
import { runReleases } from "../cashier/staff/payouts/run-releases.ts";
import { runSettlements } from "../gaming/staff/settlements/run-settlements.ts";
import { runVoids } from "../gaming/staff/voids/run-voids.ts";
import { runStaleRounds } from "../gaming/staff/rounds/run-stale-rounds.ts";
import { runNextExport } from "../reporting/exports/run-exports.ts";
import { runSchedules } from "../reporting/schedules/run-schedules.ts";
import { makeDueStatements } from "../reporting/affiliates/make-statement.ts";
import { sumDays } from "../reporting/facts/sum-days.ts";
import { closeNextDay } from "../reporting/days/close-day.ts";
import { prepareStore } from "../reporting/store/prepare-store.ts";
import { markPlayers } from "../risk/links/mark-players.ts";
import { runUpkeep } from "./keys/upkeep.ts";
import { createInbox } from "../gaming/reconciliation/take-in-files.ts";
import type { HealingMetrics } from "../ops/metrics.ts";
import type { StaffDeps } from "./staff-deps.ts";

export interface Job {
  readonly name: string;
  readonly everyMs: number;
  /** Between two runs where the first has left something, ms. */
  readonly gapMs: number;
  /** Whether something is left. */
  readonly run: () => Promise<boolean>;
}

export function peopleJobs(jobs: StaffDeps, healing: HealingMetrics): Job[] {
  const inbox = createInbox(jobs, healing);
  const cashier = createDailyReconciliation(jobs, healing);
  return [
    { name: "seal-audit", everyMs: 5_000, gapMs: 100, run: async () => (await sealAudit(jobs)) === sealBatchSize },
    { name: "exports", everyMs: 1_000, gapMs: 100, run: () => runNextExport(jobs) },
    { name: "release-payouts", everyMs: 5_000, gapMs: 100, run: () => runReleases(jobs) },
    { name: "scheduled-exports", everyMs: 15_000, gapMs: 100, run: () => runSchedules(jobs) },
    { name: "apply-voids", everyMs: 1_000, gapMs: 10, run: () => runVoids(jobs) },
    { name: "apply-settlements", everyMs: 5_000, gapMs: 100, run: () => runSettlements(jobs) },
    { name: "notice-waiting-bets", everyMs: 30_000, gapMs: 500, run: () => sweepWaiting(jobs) },
    { name: "rg-clocks", everyMs: 2_000, gapMs: 100, run: () => runRgClocks(jobs) },
    { name: "stale-rounds", everyMs: 60_000, gapMs: 1_000, run: () => runStaleRounds(jobs, healing) },
    { name: "provider-circuits", everyMs: 5_000, gapMs: 1_000, run: () => judgeCircuits(jobs, healing) },
    { name: "provider-files", everyMs: 60_000, gapMs: 1_000, run: () => inbox.run() },
    { name: "reconcile-cashier", everyMs: 60_000, gapMs: 1_000, run: () => cashier.run() },
    { name: "screen-players", everyMs: 1_000, gapMs: 20, run: () => continueRun(jobs) },
    { name: "mark-players", everyMs: 5_000, gapMs: 50, run: () => markPlayers(jobs) },
    { name: "kyc-webhooks", everyMs: 1_000, gapMs: 50, run: () => processKycWebhooks(jobs) },
    { name: "exclusion-registers", everyMs: 60_000, gapMs: 500, run: () => runRegisterChecks(jobs) },
    { name: "kyc-renewals", everyMs: 60_000, gapMs: 1_000, run: () => runRenewals(jobs) },
    { name: "ask-kyc-vendor", everyMs: 30_000, gapMs: 1_000, run: () => askVendor(jobs) },
    { name: "upkeep-of-people", everyMs: 60_000, gapMs: 1_000, run: () => runUpkeep(jobs) },
  ];
}

/** Those that need the column store of reports. A new store's tables are made by whoever comes first, these or the facts. */
export function reportJobs(jobs: StaffDeps): Job[] {
  const { store } = jobs.reports;
  let prepared = false;
  const withTables = (run: Job["run"]) => async () => {
    if (!prepared) await prepareStore(store);
    prepared = true;
    return run();
  };
  const listed: Job[] = [
    { name: "close-days", everyMs: 60_000, gapMs: 1_000, run: () => closeNextDay(jobs) },
    { name: "affiliate-statements", everyMs: 60_000, gapMs: 1_000, run: () => makeDueStatements(jobs) },
    {
      name: "sum-days",
      everyMs: 10 * 60_000,
      gapMs: 1_000,
      run: () => sumDays(jobs.db, store, jobs.clock.now()),
    },
  ];
  return listed.map((job) => ({ ...job, run: withTables(job.run) }));
}
