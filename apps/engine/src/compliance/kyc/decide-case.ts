/** Deciding cases of verification. An approval sets the player's level at once; who is approved was screened just before. */
import { claimNextCase, findCase } from "@pitboss/db/compliance/kyc-store";
import {
  caseDecisions,
  type CaseReason,
  caseReasonNames,
  claimMinutes,
  stateAfter,
} from "@pitboss/domain/compliance/kyc/case-machine";
import { type CaseCheck, caseChecks, findUnchecked, takesTwoPeople } from "@pitboss/domain/compliance/kyc/case-policy";
import { kycDecisionContent } from "@pitboss/domain/identity/approval-content";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { actorOf, screenPlayer } from "../screening/screen-player.ts";
import { caseDecisionHandler } from "./case-decision-handler.ts";
import { mailDecision } from "./mail-decision.ts";
import { checkDecision, type Decided, settleDecision, wasTakenBack } from "./settle-decision.ts";

const minuteMs = 60_000;

const decision = {
  decision: z.enum(caseDecisions),
  /** What the player is told; needed where the player is asked again or turned down. */
  reasonCode: z.enum(caseReasonNames as [CaseReason, ...CaseReason[]]).nullish(),
  /** What of the level's checklist was looked at; all of it before an approval. */
  checked: z
    .array(z.enum(caseChecks as [CaseCheck, ...CaseCheck[]]))
    .max(20)
    .default([]),
};
/** Takes the case that should be looked at first, for a while; one's own comes before all others. */
export const claimNext = staffProcedure("kyc.decide").mutation(
  async ({ ctx }): Promise<{ readonly caseId: string }> => {
    const { deps, acting, staff } = ctx;
    const now = deps.clock.now();
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const until = new Date(now + claimMinutes * minuteMs);
        const id = await claimNextCase(tx, staff.staffId, new Date(now), until);
        if (id === undefined) return err("QUEUE_EMPTY");
        const caseId = formatId("kycCase", id);
        note({ action: "kyc.claim", subject: { kind: "kyc", id: caseId }, after: { until: until.toISOString() } });
        return ok({ caseId });
      }),
    );
  },
);

/** One person's decision, where it takes no second. */
export const decideCase = staffProcedure("kyc.decide")
  .input(z.object({ caseId: idInput("kycCase"), ...decision, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<Decided> => {
    const { deps, acting, staff } = ctx;
    const found = await findCase(deps.db, input.caseId);
    if (found === undefined) return orThrow(err("CASE_NOT_FOUND"));
    const given = { ...input, reasonCode: input.reasonCode ?? null };
    orThrow(checkDecision(found, given));
    if (takesTwoPeople(input.decision, found.level, await wasTakenBack(deps.db, found.id))) {
      return orThrow(err("SECOND_PERSON_NEEDED"));
    }
    if (input.decision === "approve") {
      // In a transaction of its own: what it finds stays, whatever becomes of the approval.
      const screened = orThrow(await screenPlayer(deps, acting, found.playerId, "VERIFICATION"));
      if (screened.state !== "CLEAR") orThrow(err("SCREENING_STANDS"));
    }
    const { traceId } = acting;
    const now = new Date(deps.clock.now());
    const decided = orThrow(
      await withAudit(deps.db, acting, (tx, note) =>
        settleDecision(tx, note, found, { ...given, by: actorOf(acting), claimer: staff.staffId, traceId, now }),
      ),
    );
    await mailDecision(deps, found.playerId, { ...given, level: found.level });
    return decided;
  });

/** The same for a second person to approve. */
export const proposeCaseDecision = staffProcedure("kyc.decide")
  .input(kycDecisionContent)
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const described = orThrow(await caseDecisionHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "kyc.decision", described, input.reason);
  });

const callerOf = createCaller(router({ decideCase }));
const params = z.object(decision);

const planDecisions = planned({
  action: "kyc.decide",
  permission: "kyc.decide",
  params,
  look: async ({ deps }, targets, { decision: event, checked }): Promise<Look[]> => {
    const looks: Look[] = [];
    for (const id of targets) {
      const number = parseId("kycCase", id);
      const found = number === undefined ? undefined : await findCase(deps.db, number);
      if (found === undefined) {
        looks.push({ id, failure: { code: "CASE_NOT_FOUND" } });
        continue;
      }
      const state = stateAfter(found.state, event);
      const open = event === "approve" ? findUnchecked(found.level, checked) : [];
      if (state === undefined) looks.push({ id, failure: { code: "CASE_STATE", detail: `It is ${found.state}.` } });
      else if (open.length > 0) {
        looks.push({ id, failure: { code: "CHECKLIST_OPEN", detail: `Still open: ${open.join(", ")}.` } });
      } else if (takesTwoPeople(event, found.level, await wasTakenBack(deps.db, found.id))) {
        looks.push({ id, failure: { code: "SECOND_PERSON_NEEDED" } });
      } else {
        const what = `${event} level ${found.level} of ${found.nickname} (${formatId("player", found.playerId)})`;
        looks.push({ id, what, before: { state: found.state }, after: { state } });
      }
    }
    return looks;
  },
  apply: async ({ trpc }, id, given, reason): Promise<JsonObject> => ({
    ...(await callerOf(trpc).decideCase({ ...given, caseId: id, reason })),
  }),
});

export const planKyc = { kycDecision: planDecisions };
