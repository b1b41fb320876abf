import { raiseAlert } from "@pitboss/db/ops/house-alert-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { AlertKind } from "@pitboss/domain/ops/house-alerts";
import type { Context } from "../kernel/context.ts";
import type { HealingMetrics } from "./metrics.ts";

/** Tells people in the console, in the log and by a metric; an alert that is open already is only brought up to date. */
export async function raiseHouseAlert(
  { db, clock, log }: Pick<Context, "clock" | "log"> & { readonly db: Executor },
  metrics: Pick<HealingMetrics, "countAlert">,
  alert: { readonly kind: AlertKind; readonly subject: string; readonly data: JsonObject },
): Promise<void> {
  if (!(await raiseAlert(db, { ...alert, at: new Date(clock.now()) }))) return;
  metrics.countAlert(alert.kind);
  log.warn({ alert: alert.kind, subject: alert.subject, ...alert.data }, "the house warns");
}
