/** Deciding hits: one person dismisses, for a time; that a list does mean the player, and that it never did, take two. */
import { decideHit, findHit, insertHitStep, type NamedHit } from "@pitboss/db/compliance/screening-hit-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { hitMachine, mostDismissalDays } from "@pitboss/domain/compliance/screening/hit-machine";
import type { ScreeningState } from "@pitboss/domain/compliance/standing";
import { screeningDecisionContent } from "@pitboss/domain/identity/approval-content";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { dayMs, decisionHandler, lockHit, settleStanding, stepOf } from "./decision-handler.ts";
import { actorOf } from "./screen-player.ts";

/** Not the person that the list means: it stays so for as long as is said, while neither of the two changes. */
export const dismissHit = staffProcedure("screening.decide")
  .input(
    z.object({
      hitId: idInput("screeningHit"),
      reason: reasonInput,
      days: z.int().min(1).max(mostDismissalDays).default(mostDismissalDays),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly hitId: string; readonly screening: ScreeningState }> => {
    const { deps, acting } = ctx;
    const now = new Date(deps.clock.now());
    const hitId = formatId("screeningHit", input.hitId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const hit = await lockHit(tx, input.hitId);
        if (hit === undefined) return err("HIT_NOT_FOUND");
        if (hit.state !== "OPEN") return err("HIT_NOT_OPEN", `It is ${hit.state}.`);
        const expiresAt = new Date(now.getTime() + input.days * dayMs);
        const { reason } = input;
        const decision = { state: hitMachine.OPEN.dismiss, by: actorOf(acting), reason, expiresAt };
        await decideHit(tx, hit.id, decision, now);
        await insertHitStep(tx, { ...stepOf(hit, "dismiss", decision.state), by: decision.by, reason });
        const screening = await settleStanding(tx, hit.playerId, now);
        note({
          action: "screening.dismiss",
          subject: { kind: "screening", id: hitId },
          reason,
          before: { state: hit.state, score: hit.score, list: hit.source, entry: hit.ref },
          after: { state: decision.state, until: expiresAt.toISOString(), screening },
        });
        return ok({ hitId, screening });
      }),
    );
  });

/** Proposes to confirm an open hit, or to lift one that was confirmed. */
export const proposeDecision = staffProcedure("screening.decide")
  .input(screeningDecisionContent)
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const described = orThrow(await decisionHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "screening.decision", described, input.reason);
  });

/** For procedures that show one. */
export async function findHitOrThrow(db: Executor, id: bigint): Promise<NamedHit> {
  return (await findHit(db, id)) ?? throwFailure({ code: "HIT_NOT_FOUND" });
}
