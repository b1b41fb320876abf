/** A provider gets no new payments, or gets them again. What is under way goes on, and is followed, in either case. */
import { listControls, setPaused } from "@pitboss/db/cashier/routing-store";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

const input = z.object({ psp: z.string().max(40), reason: reasonInput });

export const pausePsp = staffProcedure("psp.control").input(input).mutation(change(true));
export const resumePsp = staffProcedure("psp.control").input(input).mutation(change(false));

interface Options {
  readonly ctx: { readonly deps: StaffDeps; readonly acting: Acting };
  readonly input: z.infer<typeof input>;
}

function change(paused: boolean) {
  return async ({ ctx, input: { psp, reason } }: Options): Promise<{ psp: string; paused: boolean }> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (!deps.psps.psps.some(({ code }) => code === psp)) return err("PSP_NOT_FOUND");
        const changed = await setPaused(tx, { psp, paused, reason, madeBy: acting.actorId });
        if (!changed) return err("NOTHING_CHANGES");
        note({
          action: paused ? "psp.pause" : "psp.resume",
          subject: { kind: "psp", id: psp },
          reason,
          before: { paused: !paused },
          after: { paused },
        });
        return ok({ psp, paused });
      }),
    );
  };
}

const callerOf = createCaller(router({ pausePsp, resumePsp }));

const planPause = planned({
  action: "psp.pause",
  permission: "psp.control",
  params: z.object({}),
  look: ({ deps }, targets) => lookAtEach(deps, targets, true),
  apply: ({ trpc }, psp, _params, reason) => callerOf(trpc).pausePsp({ psp, reason }),
});

const planResume = planned({
  action: "psp.resume",
  permission: "psp.control",
  params: z.object({}),
  look: ({ deps }, targets) => lookAtEach(deps, targets, false),
  apply: ({ trpc }, psp, _params, reason) => callerOf(trpc).resumePsp({ psp, reason }),
});

export const planPsps = { pspPause: planPause, pspResume: planResume };

async function lookAtEach({ db, psps }: StaffDeps, targets: readonly string[], paused: boolean): Promise<Look[]> {
  const controls = new Map((await listControls(db)).map((control) => [control.psp, control.paused]));
  return targets.map((id): Look => {
    const found = psps.psps.find(({ code }) => code === id);
    if (found === undefined) return { id, failure: { code: "PSP_NOT_FOUND" } };
    const now = controls.get(id) ?? false;
    if (now === paused) return { id, failure: { code: "NOTHING_CHANGES" } };
    const what = paused ? `Give ${found.name} no new payments` : `Give ${found.name} new payments again`;
    return { id, what, before: { paused: now }, after: { paused } };
  });
}
