import { findRun, listRuns as listRecords, type RunRecord, runStates } from "@pitboss/db/ops/recon-run-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { breakSources } from "@pitboss/domain/ops/breaks/break-types";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";

export interface RunRow extends Omit<RunRecord, "id" | "startedAt" | "doneAt" | "lines" | "matched"> {
  readonly runId: string;
  readonly startedAt: string;
  readonly doneAt: string | null;
  readonly tookMs: number | null;
  readonly lines: number;
  readonly matched: number;
}

/** Newest first. */
export const listRuns = procedure("break.read")
  .input(
    z.object({
      ...pageInput,
      source: z.enum(breakSources).nullish(),
      scope: z.string().max(100).nullish(),
      state: z.enum(runStates).nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<RunRow>> => {
    const rows = await listRecords(ctx.deps.db, {
      source: input.source ?? undefined,
      scope: input.scope ?? undefined,
      state: input.state ?? undefined,
      before: readCursor("reconRun", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentRun, ({ id }) => formatId("reconRun", id));
  });

export const showRun = procedure("break.read")
  .input(z.object({ runId: idInput("reconRun") }))
  .query(async ({ ctx, input }): Promise<RunRow> => {
    const found = (await findRun(ctx.deps.db, input.runId)) ?? throwFailure({ code: "RUN_NOT_FOUND" });
    return presentRun(found);
  });

export function presentRun({ id, startedAt, doneAt, lines, matched, ...same }: RunRecord): RunRow {
  return {
    ...same,
    runId: formatId("reconRun", id),
    startedAt: startedAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    tookMs: doneAt === null ? null : doneAt.getTime() - startedAt.getTime(),
    lines: Number(lines),
    matched: Number(matched),
  };
}
