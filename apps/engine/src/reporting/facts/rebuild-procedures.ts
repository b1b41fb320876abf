import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Plan, planOf } from "../../edge/trpc/plan.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { answered } from "../store/answered.ts";
import { readFreshness } from "../figures/freshness.ts";
import {
  digestFacts,
  finishRebuild,
  type RebuildParts,
  type RebuildStep,
  type Rebuilt,
  rebuildStep,
} from "./rebuild-facts.ts";

const from = z.enum(["ledger", "archive"]);
const after = z.string().regex(/^(|\d{1,19}|events\/[\w/.-]{1,200})$/);

/** What a rebuild would replace. */
export const planRebuild = staffProcedure("report.rebuild")
  .input(z.object({ from }))
  .query(
    ({ ctx, input }): Promise<Plan> =>
      answered(
        (async () => {
          const { position } = await readFreshness(ctx.deps);
          const digest = await digestFacts(ctx.deps.reports.store);
          const look = {
            id: "facts",
            what: `Make all facts of reports anew from the ${input.from}, and put them in the place of ${digest.facts}`,
            before: { facts: digest.facts },
            after: { from: input.from },
          };
          ctx.deps.log.debug({ position, from: input.from }, "a rebuild is planned");
          return planOf("report.rebuild", {}, [look], ctx.deps.settings.production);
        })(),
      ),
  );

/** One step of it; whoever calls goes on with `next` until it is null, and then calls `finishRebuilding`. */
export const rebuildFacts = staffProcedure("report.rebuild")
  .input(z.object({ from, after, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<RebuildStep> => {
    const { deps, acting } = ctx;
    if (input.after === "") await recordRebuild(deps, acting, { step: "begin", from: input.from }, input.reason);
    return answered(rebuildStep(partsOf(deps), input.from, input.after).then(orThrow));
  });

export interface Finished extends Rebuilt {
  /** True where the new facts are the old ones, digit by digit. */
  readonly identical: boolean;
}

export const finishRebuilding = staffProcedure("report.rebuild")
  .input(z.object({ after: z.string().regex(/^\d{1,19}$/), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<Finished> => {
    const { deps, acting } = ctx;
    const rebuilt = await answered(finishRebuild(partsOf(deps), input.after).then(orThrow));
    const { before, after: now } = rebuilt;
    const identical = before.facts === now.facts && before.hash === now.hash;
    const record = { step: "exchange", position: rebuilt.position, facts: now.facts, identical };
    await recordRebuild(deps, acting, record, input.reason);
    return { ...rebuilt, identical };
  });

function partsOf({ db, events, objects, reports }: StaffDeps): RebuildParts {
  return { db, source: events.source, objects, store: reports.store, reporting: reports.currency };
}

async function recordRebuild(
  { db }: StaffDeps,
  acting: Parameters<typeof withAudit>[1],
  record: Readonly<Record<string, string | boolean>>,
  reason: string,
): Promise<void> {
  orThrow(
    await withAudit(db, acting, (_tx, note) => {
      note({ action: "report.rebuild", subject: { kind: "reports", id: "facts" }, reason, after: record });
      return Promise.resolve(ok(true));
    }),
  );
}
