/** A warning stands open as long as somebody has something to do about a reconciliation. */
import { closeAlert } from "@pitboss/db/ops/house-alert-store";
import type { RunRecord } from "@pitboss/db/ops/recon-run-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { HealingMetrics } from "../metrics.ts";
import { raiseHouseAlert } from "../raise-house-alert.ts";

export async function tellDrift(
  deps: Pick<StaffDeps, "db" | "clock" | "log">,
  metrics: Pick<HealingMetrics, "countAlert">,
  { scope, open, id }: Pick<RunRecord, "scope" | "open" | "id">,
): Promise<void> {
  const now = new Date(deps.clock.now());
  if (open === 0) await closeAlert(deps.db, "RECONCILIATION_DRIFT", scope, now);
  else {
    const data = { open, run: formatId("reconRun", id) };
    await raiseHouseAlert(deps, metrics, { kind: "RECONCILIATION_DRIFT", subject: scope, data });
  }
}
