/** Working on a case: whoever takes it owns it, and whoever owns it decides. */
import { type AmlCase, changeAmlCase, findAmlCase, lockAmlCase } from "@pitboss/db/compliance/aml-store";
import { closeCaseAlerts } from "@pitboss/db/risk/alert-store";
import {
  type AmlCaseState,
  type AmlDecision,
  amlDecisions,
  amlStateAfter,
} from "@pitboss/domain/compliance/aml/case-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../edge/trpc/procedure.ts";
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
        const next = nextState(found, input.decision, staff.staffId);
        if ("code" in next) return err(next.code, next.detail);
        const { state } = next;
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

/** What the decision makes of the case, or why this person can't take it. */
function nextState(
  found: AmlCase,
  decision: AmlDecision,
  staffId: bigint,
): { readonly state: AmlCaseState } | Failure<"AML_CASE_STATE"> {
  const state = amlStateAfter(found.state, decision);
  if (state === undefined) return { code: "AML_CASE_STATE", detail: `It is ${found.state}.` };
  if (!ofAnybody.includes(decision) && found.owner !== staffId) {
    return { code: "AML_CASE_STATE", detail: "Somebody else has the case." };
  }
  return { state };
}

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

const callerOf = createCaller(router({ decideAmlCase }));

const planDecisions = planned({
  action: "aml.decide",
  permission: "aml.work",
  params: z.object({ decision: z.enum(amlDecisions) }),
  look: async ({ deps, staff }, targets, { decision }): Promise<Look[]> => {
    const looks: Look[] = [];
    for (const id of targets) {
      const number = parseId("amlCase", id);
      const found = number === undefined ? undefined : await findAmlCase(deps.db, number);
      if (found === undefined) {
        looks.push({ id, failure: { code: "AML_CASE_NOT_FOUND" } });
        continue;
      }
      const next = nextState(found, decision, staff.staffId);
      if ("code" in next) {
        looks.push({ id, failure: next });
        continue;
      }
      const what = `${decision} the case of ${found.nickname} (${formatId("player", found.playerId)})`;
      looks.push({ id, what, before: { state: found.state }, after: { state: next.state } });
    }
    return looks;
  },
  apply: async ({ trpc }, id, { decision }, reason): Promise<JsonObject> => ({
    ...(await callerOf(trpc).decideAmlCase({ caseId: id, decision, reason })),
  }),
});

export const planAml = { amlDecision: planDecisions };
