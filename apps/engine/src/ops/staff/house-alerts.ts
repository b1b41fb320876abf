import { acknowledgeAlert as acknowledge, type HouseAlert, listOpenAlerts } from "@pitboss/db/ops/house-alert-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import type { AlertKind } from "@pitboss/domain/ops/house-alerts";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";

export interface AlertView {
  readonly alertId: string;
  readonly kind: AlertKind;
  readonly subject: string;
  readonly data: JsonObject;
  readonly times: number;
  readonly openedAt: string;
  readonly seenAt: string;
  readonly acknowledged: { readonly by: string; readonly at: string } | null;
}

/** What is open, oldest first. An alert closes by itself when its cause is gone. */
export const listAlerts = procedure("alert.read").query(async ({ ctx }): Promise<readonly AlertView[]> => {
  return (await listOpenAlerts(ctx.deps.db)).map(presentAlert);
});

/** Says to everybody that somebody is at it. */
export const acknowledgeAlert = staffProcedure("alert.acknowledge")
  .input(z.object({ alertId: idInput("houseAlert"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly alertId: string }> => {
    const { deps, staff, acting } = ctx;
    const alertId = formatId("houseAlert", input.alertId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const taken = await acknowledge(tx, input.alertId, staff.staffId, new Date(deps.clock.now()));
        if (!taken) return err("NOTHING_CHANGES", "It is not open any more, or somebody is at it already.");
        note({ action: "alert.acknowledge", subject: { kind: "alert", id: alertId }, reason: input.reason });
        return ok({ alertId });
      }),
    );
  });

function presentAlert(alert: HouseAlert): AlertView {
  const { acknowledgedAt, acknowledgedBy } = alert;
  return {
    alertId: formatId("houseAlert", alert.id),
    kind: alert.kind,
    subject: alert.subject,
    data: alert.data,
    times: alert.times,
    openedAt: alert.openedAt.toISOString(),
    seenAt: alert.seenAt.toISOString(),
    acknowledged:
      acknowledgedAt === null || acknowledgedBy === null
        ? null
        : { by: acknowledgedBy.name, at: acknowledgedAt.toISOString() },
  };
}
