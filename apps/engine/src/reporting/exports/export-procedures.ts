import { type ExportRecord, insertExport, listExports as listRecords } from "@pitboss/db/identity/export-store";
import type { ExportFormat } from "@pitboss/db/identity/exports.schema";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { regulatorInput } from "@pitboss/domain/reporting/regulator-report";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { checkPermission, type StaffActor } from "../../identity/actor.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { checkDays } from "../regulator/check-days.ts";
import { checkExportable, exportables, exportFormats } from "./exportables.ts";

const names = Object.keys(exportables) as [keyof typeof exportables, ...(keyof typeof exportables)[]];

export interface ExportJob {
  readonly exportId: string;
  readonly list: string;
  readonly format: ExportFormat;
  readonly status: "QUEUED" | "RUNNING" | "DONE" | "FAILED";
  readonly rows: string;
  readonly bytes: string;
  /** Under the engine's address, with one's own token; null until it is done, and once its time is over. */
  readonly download: string | null;
  readonly failure: string | null;
  readonly createdAt: string;
  readonly finishedAt: string | null;
  readonly expiresAt: string | null;
}

/** Asks for a list as a file, with the filters that it was seen with. */
export const createExport = staffProcedure("export.create")
  .input(
    z.object({
      list: z.enum(names),
      format: z.enum(exportFormats).default("csv"),
      /** Who, when, of which zone and with which filters, as `#` lines before a CSV's header. */
      preamble: z.boolean().default(false),
      filters: z.record(z.string(), z.json()),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly exportId: string }> => {
    orThrow(checkPermission(ctx.actor, exportables[input.list].permission, ctx.deps.clock.now()));
    orThrow(checkExportable(input));
    // Told now and not by a job that fails; the job looks again.
    if (input.list === "regulator") orThrow(await checkDays(ctx.deps, regulatorInput.parse(input.filters)));
    return queueExport(ctx, input);
  });

/** One's own exports, newest first. */
export const listExports = staffProcedure("account.own")
  .input(z.object(pageInput))
  .query(async ({ ctx, input }): Promise<Page<ExportJob>> => {
    const before = readCursor("export", input.cursor);
    const rows = await listRecords(ctx.deps.db, ctx.staff.staffId, { before, limit: input.limit + 1 });
    return pageOf(rows, input.limit, presentExport, ({ id }) => formatId("export", id));
  });

async function queueExport(
  { deps, staff, acting }: { readonly deps: StaffDeps; readonly staff: StaffActor; readonly acting: Acting },
  { reason, ...order }: Parameters<typeof checkExportable>[0] & { readonly reason: string },
): Promise<{ readonly exportId: string }> {
  return orThrow(
    await withAudit(deps.db, acting, async (tx, note) => {
      const exportId = formatId("export", await insertExport(tx, { staffId: staff.staffId, ...order }));
      note({
        action: "export.create",
        subject: { kind: "export", id: exportId },
        reason,
        after: order,
      });
      return ok({ exportId });
    }),
  );
}

function presentExport(record: ExportRecord): ExportJob {
  const exportId = formatId("export", record.id);
  return {
    exportId,
    list: record.list,
    format: record.format,
    status: record.status,
    rows: record.rowCount.toString(),
    bytes: record.byteCount.toString(),
    download: record.file === null ? null : `/staff/exports/${exportId}`,
    failure: record.failure,
    createdAt: record.createdAt.toISOString(),
    finishedAt: record.finishedAt?.toISOString() ?? null,
    expiresAt: record.expiresAt?.toISOString() ?? null,
  };
}
