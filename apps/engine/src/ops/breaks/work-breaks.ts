/** What people do with breaks: take them on, write on them, and propose how they are ended. */
import { type BreakRecord, findBreak, lockBreak, moveBreak, noteBreak } from "@pitboss/db/ops/break-store";
import { findStaff } from "@pitboss/db/identity/staff-directory";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { mayAny } from "@pitboss/domain/identity/permissions";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { moveBreakState } from "@pitboss/domain/ops/breaks/break-machine";
import { resolutionMethods } from "@pitboss/domain/ops/breaks/break-types";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { type BreakRow, presentBreak } from "./list-breaks.ts";
import { resolutionHandler } from "./resolve-break.ts";

const breakId = idInput("break");

/** Gives a break to somebody; without a name to whoever asks. */
export const assignBreak = staffProcedure("break.work")
  .input(z.object({ breakId, staffId: idInput("staff").nullish(), note: z.string().trim().max(500).nullish() }))
  .mutation(async ({ ctx, input }): Promise<BreakRow> => {
    const { deps, acting, staff } = ctx;
    const owner = input.staffId ?? staff.staffId;
    const person = await findStaff(deps.db, owner);
    if (person === undefined) throwFailure({ code: "STAFF_NOT_FOUND" });
    if (person.status !== "ACTIVE" || !mayAny(person.roles, "break.work")) {
      throwFailure({ code: "NOT_ALLOWED", detail: "This person does not work on breaks." });
    }
    return change(ctx, input.breakId, async (tx, found, note) => {
      const next = moveBreakState(found.state, "assign");
      if (!next.ok) return next;
      if (found.ownerId === owner && found.state === "ASSIGNED") return err("NOTHING_CHANGES");
      await moveBreak(tx, {
        id: found.id,
        from: found.state,
        event: "assign",
        actor: `${acting.actorKind}:${acting.actorId}`,
        note: input.note ?? null,
        details: { owner: person.name },
        ownerId: owner,
      });
      note({
        action: "break.assign",
        subject: subjectOf(found),
        before: { owner: found.ownerName },
        after: { owner: person.name },
      });
      return ok(undefined);
    });
  });

export const unassignBreak = staffProcedure("break.work")
  .input(z.object({ breakId }))
  .mutation(
    ({ ctx, input }): Promise<BreakRow> =>
      change(ctx, input.breakId, async (tx, found, note) => {
        const next = moveBreakState(found.state, "unassign");
        if (!next.ok) return next;
        const { acting } = ctx;
        const actor = `${acting.actorKind}:${acting.actorId}`;
        await moveBreak(tx, { id: found.id, from: found.state, event: "unassign", actor, note: null });
        note({
          action: "break.unassign",
          subject: subjectOf(found),
          before: { owner: found.ownerName },
          after: { owner: null },
        });
        return ok(undefined);
      }),
  );

export const writeBreakNote = staffProcedure("break.work")
  .input(z.object({ breakId, note: z.string().trim().min(1).max(2_000) }))
  .mutation(
    ({ ctx, input }): Promise<BreakRow> =>
      change(ctx, input.breakId, async (tx, found, note) => {
        await noteBreak(tx, found, `${ctx.acting.actorKind}:${ctx.acting.actorId}`, input.note);
        note({ action: "break.note", subject: subjectOf(found), after: { note: input.note } });
        return ok(undefined);
      }),
  );

/** Proposes how a break is ended; a second person has it carried out, in the console's Approvals or here. */
export const proposeResolution = staffProcedure("break.resolve")
  .input(
    z.object({
      breakId,
      method: z.enum(resolutionMethods),
      booking: z.enum(["CORRECTION", "FEE"]).default("CORRECTION"),
      matches: z.array(z.string().trim().min(1).max(200)).max(20).default([]),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const { breakId: id, ...asked } = input;
    const found = (await findBreak(ctx.deps.db, id)) ?? throwFailure({ code: "BREAK_NOT_FOUND" });
    const described = orThrow(await resolutionHandler.describe(ctx.deps, { ...asked, found }, ctx.staff));
    return keepProposal(ctx, "break.resolution", described, input.reason);
  });

type Ctx = Pick<Parameters<typeof keepProposal>[0], "deps" | "acting">;
type TakeNote = Parameters<Parameters<typeof withAudit>[2]>[1];

async function change(
  { deps, acting }: Ctx,
  id: bigint,
  work: (tx: Transaction, found: BreakRecord, note: TakeNote) => Promise<Result<undefined>>,
): Promise<BreakRow> {
  orThrow(
    await withAudit(deps.db, acting, async (tx, note) => {
      const found = await lockBreak(tx, id);
      return found === undefined ? err("BREAK_NOT_FOUND") : work(tx, found, note);
    }),
  );
  const now = (await findBreak(deps.db, id)) ?? throwFailure({ code: "BREAK_NOT_FOUND" });
  return presentBreak(now, deps.clock.now());
}

function subjectOf({ id }: BreakRecord): { readonly kind: string; readonly id: string } {
  return { kind: "break", id: formatId("break", id) };
}
