import { insertExport } from "@pitboss/db/identity/export-store";
import { readZonedRange } from "@pitboss/domain/audit/zoned-range";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { withAudit } from "../with-audit.ts";
import type { BundleOrder } from "./make-bundle.ts";

/** The name under which bundles stand among the exports. */
export const bundleList = "audit-bundle";

export interface RequestedBundle {
  /** Among one's own exports, where it is downloaded once it is done. */
  readonly exportId: string;
  readonly from: string;
  readonly to: string;
}

/**
 * Asks for a signed archive of the audit log. `from` and `to` are days of the zone (the last one whole) or instants; the
 * end may not lie in the future, or the bundle would not be all of its range.
 */
export const requestBundle = staffProcedure("audit.bundle")
  .input(
    z.object({
      from: z.string().max(40),
      to: z.string().max(40),
      zone: z.string().max(60).default("UTC"),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<RequestedBundle> => {
    const { deps, staff, acting } = ctx;
    const { fromMs, toMs } = orThrow(readZonedRange(input.from, input.to, input.zone));
    if (toMs > deps.clock.now()) throwFailure({ code: "REQUEST_INVALID", detail: "The range ends in the future." });
    const order: BundleOrder = {
      fromMs,
      toMs,
      zone: input.zone,
      reason: input.reason,
      requestedBy: { staffId: formatId("staff", staff.staffId), name: staff.name, roles: [...staff.roles] },
    };
    const range = { from: new Date(fromMs).toISOString(), to: new Date(toMs).toISOString() };
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const id = await insertExport(tx, { staffId: staff.staffId, list: bundleList, filters: order });
        const exportId = formatId("export", id);
        const after = { ...range, zone: input.zone };
        note({ action: "audit.bundle", subject: { kind: "export", id: exportId }, reason: input.reason, after });
        return ok({ exportId, ...range });
      }),
    );
  });
