/** The cashier's reconciliation on demand. */
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { presentRun, type RunRow } from "../../ops/breaks/list-runs.ts";
import { createPull } from "../settlement/pull-reports.ts";
import { reconcileCashier } from "./reconcile-cashier.ts";

const silent = { countAlert: () => undefined };

/** Compares everything up to the end of the day; with `pull` the providers are asked for new reports first. */
export const runCashierReconcile = staffProcedure("break.work")
  .input(z.object({ day: z.iso.date(), pull: z.boolean().default(true), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<RunRow> => {
    const { deps, acting } = ctx;
    if (input.pull) await createPull(deps).run();
    const by = `${acting.actorKind}:${acting.actorId}`;
    const run = orThrow(await reconcileCashier(deps, silent, { day: input.day, by, trigger: "PERSON" }));
    const shown = presentRun(run);
    orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        const { runId, state, found, reopened, cleared, open, matched } = shown;
        const after = { day: input.day, state, found, reopened, cleared, open, matched };
        note({ action: "cashier.reconcile", subject: { kind: "reconRun", id: runId }, reason: input.reason, after });
        return Promise.resolve(ok(true));
      }),
    );
    return shown;
  });
