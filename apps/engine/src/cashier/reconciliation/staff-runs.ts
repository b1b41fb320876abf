/** The cashier's reconciliation on demand. */
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, type Plan, planOf } from "../../edge/trpc/plan.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { presentRun, type RunRow } from "../../ops/breaks/list-runs.ts";
import { createPull } from "../settlement/pull-reports.ts";
import { compareHouse, endOf, reconcileCashier, windowTo } from "./reconcile-cashier.ts";

const silent = { countAlert: () => undefined };

export interface CashierPlan extends Plan {
  /** Records of both sides, pairs that agree, and differences, known ones too. */
  readonly records: number;
  readonly matched: number;
  readonly breaks: number;
}

/** What a run would find; keeps nothing. It is sent as a write because it takes as long as a run. */
export const planCashierReconcile = staffProcedure("break.work")
  .input(z.object({ day: z.iso.date() }))
  .mutation(({ ctx, input }): Promise<CashierPlan> => planRun(ctx.deps, input.day));

async function planRun(deps: StaffDeps, day: string): Promise<CashierPlan> {
  const until = orThrow(endOf(deps, day));
  const window = await windowTo(deps.db, until);
  const { breaks, lines, matched } = await deps.db.transaction((tx) => compareHouse(deps, tx, window));
  const byType: Record<string, number> = {};
  for (const { type } of breaks) byType[type] = (byType[type] ?? 0) + 1;
  const [records, agree] = [Number(lines), Number(matched)];
  const look: Look = {
    id: `cashier/${day}`,
    what: `Compare ${records} records: ${agree} pairs agree, ${breaks.length} differences`,
    before: {},
    after: { records, matched: agree, breaks: byType },
  };
  const plan = planOf("cashier.reconcile", { day }, [look], deps.settings.production);
  return { ...plan, records, matched: agree, breaks: breaks.length };
}

/** Compares everything up to the end of the day; with `pull` the providers are asked for new reports first. */
export const runCashierReconcile = staffProcedure("break.work")
  .input(
    z.object({
      day: z.iso.date(),
      pull: z.boolean().default(true),
      plan: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .nullish(),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<RunRow> => {
    const { deps, acting } = ctx;
    if (input.pull) await createPull(deps).run();
    if (input.plan != null && (await planRun(deps, input.day)).hash !== input.plan) orThrow(err("PLAN_CHANGED"));
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
