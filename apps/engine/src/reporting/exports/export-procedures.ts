import { type ExportRecord, insertExport, listExports as listRecords } from "@pitboss/db/identity/export-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { checkPermission, type StaffActor } from "../../identity/actor.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type ExportListName, exportLists } from "./export-lists.ts";

const names = Object.keys(exportLists) as [ExportListName, ...ExportListName[]];

export interface ExportJob {
  readonly exportId: string;
  readonly list: string;
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
  .input(z.object({ list: z.enum(names), filters: z.record(z.string(), z.json()), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly exportId: string }> => {
    const list = exportLists[input.list];
    orThrow(checkPermission(ctx.actor, list.permission, ctx.deps.clock.now()));
    const filters = list.filters.safeParse(input.filters);
    if (!filters.success) throwFailure({ code: "REQUEST_INVALID", detail: "These filters can't be exported." });
    return queueExport(ctx, input.list, input.filters, input.reason);
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
  list: string,
  filters: JsonObject,
  reason: string,
): Promise<{ readonly exportId: string }> {
  return orThrow(
    await withAudit(deps.db, acting, async (tx, note) => {
      const exportId = formatId("export", await insertExport(tx, { staffId: staff.staffId, list, filters }));
      note({ action: "export.create", subject: { kind: "export", id: exportId }, reason, after: { list, filters } });
      return ok({ exportId });
    }),
  );
}

function presentExport(record: ExportRecord): ExportJob {
  const exportId = formatId("export", record.id);
  return {
    exportId,
    list: record.list,
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
