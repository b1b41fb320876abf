/**
 * The cashier's day by itself: reports are asked for every quarter of an hour, and once a day, when the night's reports
 * have had time to come, the day before is compared.
 */
import { findLastRun } from "@pitboss/db/ops/recon-run-store";
import type { HealingMetrics } from "../../ops/metrics.ts";
import { createPull } from "../settlement/pull-reports.ts";
import type { SettlementDesk } from "../settlement/settlement-desk.ts";
import { reconcileCashier } from "./reconcile-cashier.ts";

const dayMs = 86_400_000;
const pullEveryMs = 15 * 60_000;
/** From this hour (UTC) on the day before is compared. */
const fromHour = 5;
/** A day's run that failed is tried again after this, ms. */
const retryMs = 15 * 60_000;

export function createDailyReconciliation(
  desk: SettlementDesk,
  metrics: Pick<HealingMetrics, "countAlert">,
): { readonly run: () => Promise<false> } {
  const pull = createPull(desk);
  let pulledMs = 0;
  let triedMs = 0;

  return {
    async run() {
      const now = desk.clock.now();
      if (now - pulledMs >= pullEveryMs) {
        pulledMs = now;
        await pull.run();
      }
      const day = new Date(now - dayMs - fromHour * 3_600_000).toISOString().slice(0, 10);
      const last = await findLastRun(desk.db, { source: "cashier", scope: "all", day, trigger: "SCHEDULE" });
      const due = last === undefined || (last.state === "FAILED" && now - triedMs >= retryMs);
      if (!due) return false;
      triedMs = now;
      const done = await reconcileCashier(desk, metrics, { day, by: "job:reconcile", trigger: "SCHEDULE" });
      if (!done.ok) desk.log.debug({ day, code: done.error.code }, "the day was not compared now");
      return false;
    },
  };
}
