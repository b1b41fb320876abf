/** The lists in force, the rule, and how far the run over all players is. */
import { countOpenHits } from "@pitboss/db/compliance/screening-hit-store";
import { listVersions, type ListVersion, readScreeningRule } from "@pitboss/db/compliance/screening-list-store";
import { findNewestRun, type RunRecord, startRun } from "@pitboss/db/compliance/screening-run-store";
import type { ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import type { ScreeningRule } from "@pitboss/domain/compliance/screening/screening-rule";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { actorOf } from "./screen-player.ts";

export interface ListRow {
  readonly listId: string;
  readonly source: ListSource;
  readonly publishedOn: string | null;
  readonly importedAt: string;
  readonly importedBy: string;
  readonly reason: string;
  readonly entries: number;
  readonly persons: number;
  readonly added: number;
  readonly changed: number;
  readonly removed: number;
  readonly checksum: string;
}

export interface RunView {
  readonly runId: string;
  readonly trigger: RunRecord["trigger"];
  readonly state: RunRecord["state"];
  readonly startedAt: string;
  readonly doneAt: string | null;
  readonly total: number;
  readonly done: number;
  readonly opened: number;
  readonly reopened: number;
  readonly vanished: number;
  readonly failed: number;
}

export interface ScreeningStatus {
  readonly rule: ScreeningRule;
  readonly open: number;
  readonly run: RunView | null;
  readonly lists: readonly ListRow[];
}

/** Enough to hold the newest of each source; older ones have a page of their own. */
const newest = 100;

export const showScreening = procedure("screening.read").query(async ({ ctx }): Promise<ScreeningStatus> => {
  const { db } = ctx.deps;
  const versions = await listVersions(db, { limit: newest });
  const current = versions.filter(
    ({ source }, index) => versions.findIndex((version) => version.source === source) === index,
  );
  const run = await findNewestRun(db);
  return {
    rule: await readScreeningRule(db),
    open: await countOpenHits(db),
    run: run === undefined ? null : presentRun(run),
    lists: current.map(presentList),
  };
});

export const listScreeningLists = procedure("screening.read")
  .input(z.object(pageInput))
  .query(async ({ ctx, input }): Promise<Page<ListRow>> => {
    const before = readCursor("screeningList", input.cursor);
    const rows = await listVersions(ctx.deps.db, { before, limit: input.limit + 1 });
    return pageOf(rows, input.limit, presentList, ({ id }) => formatId("screeningList", id));
  });

/** Screens everybody anew, by the lists and the rule in force. */
export const runScreening = staffProcedure("screening.import")
  .input(z.object({ reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly runId: string }> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const runId = formatId("screeningRun", await startRun(tx, "MANUAL", actorOf(acting)));
        note({
          action: "screening.run",
          subject: { kind: "screening", id: runId },
          reason: input.reason,
          after: { run: runId },
        });
        return ok({ runId });
      }),
    );
  });

function presentList(list: ListVersion): ListRow {
  const { id, source, publishedOn, importedBy, reason, entries, persons, added, changed, removed, checksum } = list;
  return {
    listId: formatId("screeningList", id),
    source,
    publishedOn,
    importedAt: list.importedAt.toISOString(),
    importedBy,
    reason,
    entries,
    persons,
    added,
    changed,
    removed,
    checksum,
  };
}

function presentRun(run: RunRecord): RunView {
  const { id, trigger, state, startedAt, doneAt, total, done, opened, reopened, vanished, failed } = run;
  return {
    runId: formatId("screeningRun", id),
    trigger,
    state,
    startedAt: startedAt.toISOString(),
    doneAt: doneAt?.toISOString() ?? null,
    total,
    done,
    opened,
    reopened,
    vanished,
    failed,
  };
}
