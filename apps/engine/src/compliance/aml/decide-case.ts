/** Working on a case: whoever takes it owns it, and whoever owns it decides. */
import { type AmlCase, changeAmlCase, lockAmlCase } from "@pitboss/db/compliance/aml-store";
import { closeCaseAlerts } from "@pitboss/db/risk/alert-store";
import {
  type AmlCaseState,
  type AmlDecision,
  amlDecisions,
  amlStateAfter,
} from "@pitboss/domain/compliance/aml/case-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { actorOf } from "../screening/screen-player.ts";
import { writeStep } from "./write-step.ts";

export interface AmlDecided {
  readonly caseId: string;
  readonly state: AmlCaseState;
}

/** Everybody of the desk may take a case, or open one again; the rest is its owner's. */
const ofAnybody: readonly AmlDecision[] = ["take", "reopen"];

export const decideAmlCase = staffProcedure("aml.work")
  .input(z.object({ caseId: idInput("amlCase"), decision: z.enum(amlDecisions), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<AmlDecided> => {
    const { deps, acting, staff } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const found = await lockAmlCase(tx, input.caseId);
        if (found === undefined) return err("AML_CASE_NOT_FOUND");
        const state = amlStateAfter(found.state, input.decision);
        if (state === undefined) return err("AML_CASE_STATE", `It is ${found.state}.`);
        if (!ofAnybody.includes(input.decision) && found.owner !== staff.staffId) {
          return err("AML_CASE_STATE", "Somebody else has the case.");
        }
        const now = new Date(deps.clock.now());
        const by = actorOf(acting);
        await changeAmlCase(tx, found.id, { state, ...afterDecision(found, input.decision, staff.staffId, by, now) });
        if (input.decision === "clear") {
          const closed = { state: "DISMISSED", owner: staff.staffId, decidedAt: now, decidedBy: by } as const;
          // Why is written in the case, sealed, and nowhere else.
          await closeCaseAlerts(tx, found.id, { ...closed, reason: null });
        }
        await writeStep(tx, deps.vault, {
          caseId: found.id,
          event: input.decision,
          toState: state,
          by,
          text: input.reason,
        });
        const caseId = formatId("amlCase", found.id);
        note({
          action: `aml.${input.decision}`,
          subject: { kind: "aml", id: caseId },
          before: { state: found.state },
          after: { state },
        });
        return ok({ caseId, state });
      }),
    );
  });

function afterDecision(
  found: AmlCase,
  decision: AmlDecision,
  staffId: bigint,
  by: string,
  now: Date,
): Partial<Pick<AmlCase, "owner" | "decidedAt" | "decidedBy">> {
  switch (decision) {
    case "take":
      return { owner: staffId };
    case "release":
      return { owner: null };
    case "clear":
      return { decidedAt: now, decidedBy: by };
    case "reopen":
      return { owner: staffId, decidedAt: null, decidedBy: null };
    default:
      return { owner: found.owner };
  }
}

/** A note, by anybody of the desk. */
export const noteAmlCase = staffProcedure("aml.work")
  .input(z.object({ caseId: idInput("amlCase"), text: z.string().trim().min(2).max(8_000) }))
  .mutation(async ({ ctx, input }): Promise<AmlDecided> => {
    const { deps, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const found = await lockAmlCase(tx, input.caseId);
        if (found === undefined) return err("AML_CASE_NOT_FOUND");
        const { id, state } = found;
        await writeStep(tx, deps.vault, {
          caseId: id,
          event: "note",
          toState: state,
          by: actorOf(acting),
          text: input.text,
        });
        const caseId = formatId("amlCase", id);
        note({ action: "aml.note", subject: { kind: "aml", id: caseId }, after: { length: input.text.length } });
        return ok({ caseId, state });
      }),
    );
  });
