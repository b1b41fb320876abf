/** Deciding cases of verification. An approval sets the player's level at once; who is approved was screened just before. */
import { randomUUID } from "node:crypto";
import { changeCase, claimNextCase, findCase, insertKycStep, lockPlayerCases } from "@pitboss/db/compliance/kyc-store";
import { readStanding, setKycLevel } from "@pitboss/db/compliance/standing-store";
import { noteEvent } from "@pitboss/db/ops/note-event";
import {
  type CaseDecision,
  caseDecisions,
  type CaseReason,
  caseReasonNames,
  type CaseState,
  claimMinutes,
  stateAfter,
} from "@pitboss/domain/compliance/kyc/case-machine";
import type { KycLevel } from "@pitboss/domain/compliance/standing";
import type { EventName } from "@pitboss/domain/ops/events";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { formatTrace } from "../../edge/problem.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import { actorOf, screenPlayer } from "../screening/screen-player.ts";

const minuteMs = 60_000;

const decision = {
  decision: z.enum(caseDecisions),
  /** What the player is told; needed where the player is asked again or turned down. */
  reasonCode: z.enum(caseReasonNames as [CaseReason, ...CaseReason[]]).nullish(),
};
const eventOf: Partial<Record<CaseDecision, EventName>> = {
  approve: "kyc.verified",
  revoke: "kyc.revoked",
  renew: "kyc.revoked",
};
const needsCode: readonly CaseDecision[] = ["askAgain", "reject", "revoke", "renew"];

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

export const decideCase = staffProcedure("kyc.decide")
  .input(z.object({ caseId: idInput("kycCase"), ...decision, reason: reasonInput }))
  .mutation(
    async ({
      ctx,
      input,
    }): Promise<{ readonly caseId: string; readonly state: CaseState; readonly level: KycLevel }> => {
      const { deps, acting, staff } = ctx;
      const found = await findCase(deps.db, input.caseId);
      if (found === undefined) return orThrow(err("CASE_NOT_FOUND"));
      if (needsCode.includes(input.decision) && input.reasonCode == null) {
        return orThrow(err("REQUEST_INVALID", "The player has to be told why.", { fields: ["reasonCode"] }));
      }
      if (input.decision === "approve") {
        // In a transaction of its own: what it finds stays, whatever becomes of the approval.
        const screened = orThrow(await screenPlayer(deps, acting, found.playerId, "VERIFICATION"));
        if (screened.state !== "CLEAR") orThrow(err("SCREENING_STANDS"));
      }
      return orThrow(
        await withAudit(deps.db, acting, async (tx, note) => {
          const current = (await lockPlayerCases(tx, found.playerId)).find(({ id }) => id === found.id) ?? found;
          const now = new Date(deps.clock.now());
          const claimed = current.claimedBy !== null && (current.claimedUntil?.getTime() ?? 0) > now.getTime();
          if (claimed && current.claimedBy !== staff.staffId) return err("CASE_CLAIMED");
          const state = stateAfter(current.state, input.decision);
          if (state === undefined) return err("CASE_STATE", `It is ${current.state}.`);
          const before = (await readStanding(tx, found.playerId))?.kycLevel ?? 0;
          const level = levelAfter(before, current.level, input.decision);
          if (!level.ok) return level;
          const reason = input.reasonCode ?? null;
          await changeCase(tx, found.id, { state, reason, decidedAt: now, decidedBy: actorOf(acting) });
          const by = actorOf(acting);
          const step = { caseId: found.id, event: input.decision, fromState: current.state, toState: state, by };
          await insertKycStep(tx, { ...step, reason, note: input.reason });
          if (level.value !== before) await setKycLevel(tx, found.playerId, level.value);
          const caseId = formatId("kycCase", found.id);
          const told = eventOf[input.decision];
          if (told !== undefined) {
            const playerId = formatId("player", found.playerId);
            const traceId = formatTrace(acting.traceId ?? randomUUID());
            await noteEvent(tx, { type: told, playerId, traceId, subject: caseId, caseId, level: level.value });
          }
          note({
            action: `kyc.${input.decision}`,
            subject: { kind: "player", id: formatId("player", found.playerId) },
            reason: input.reason,
            before: { case: caseId, state: current.state, level: before },
            after: { case: caseId, state, level: level.value, ...(reason === null ? {} : { told: reason }) },
          });
          return ok({ caseId, state, level: level.value });
        }),
      );
    },
  );

/** Levels are reached one after the other, and lost from the one that turned out wrong on. */
function levelAfter(before: KycLevel, level: 1 | 2 | 3, event: CaseDecision): Result<KycLevel> {
  if (event === "approve") {
    return level === before + 1 ? ok(level) : err("CASE_STATE", `The player stands at level ${before}.`);
  }
  return ok(event === "revoke" || event === "renew" ? (Math.min(before, level - 1) as KycLevel) : before);
}

const callerOf = createCaller(router({ decideCase }));
const params = z.object(decision);

const planDecisions = planned({
  action: "kyc.decide",
  permission: "kyc.decide",
  params,
  look: async ({ deps }, targets, { decision: event }): Promise<Look[]> => {
    const looks: Look[] = [];
    for (const id of targets) {
      const number = parseId("kycCase", id);
      const found = number === undefined ? undefined : await findCase(deps.db, number);
      if (found === undefined) {
        looks.push({ id, failure: { code: "CASE_NOT_FOUND" } });
        continue;
      }
      const state = stateAfter(found.state, event);
      if (state === undefined) looks.push({ id, failure: { code: "CASE_STATE", detail: `It is ${found.state}.` } });
      else {
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
