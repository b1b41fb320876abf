/** What two people decide of a case: source of funds, the taking back of an approval, and the approval of what was. */
import { findCase } from "@pitboss/db/compliance/kyc-store";
import type { KycDecisionContent } from "@pitboss/domain/identity/approval-content";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { systemActing } from "../../audit/acting.ts";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";
import { screenPlayer } from "../screening/screen-player.ts";
import { mailDecision } from "./mail-decision.ts";
import { checkDecision, settleDecision } from "./settle-decision.ts";

export const caseDecisionHandler: KindHandler<KycDecisionContent> = {
  async describe({ db }, content) {
    const found = await findCase(db, parseId("kycCase", content.caseId) ?? 0n);
    if (found === undefined) return err("CASE_NOT_FOUND");
    const checked = checkDecision(found, { ...content, reasonCode: content.reasonCode ?? null });
    if (!checked.ok) return checked;
    const playerId = formatId("player", found.playerId);
    // The case is decided as it was seen: whatever happens to it meanwhile makes another proposal necessary.
    const snapshot = { playerId, level: found.level, state: found.state, submittedAt: seenAt(found.submittedAt) };
    return ok({
      content: { ...content, reasonCode: content.reasonCode ?? null, snapshot },
      summary: `${content.decision} level ${found.level} of ${playerId}`,
      subject: { kind: "kyc", id: content.caseId },
    });
  },
  apply: {
    where: "here",
    async run({ tx, deps, content, approval, note }) {
      const found = await findCase(tx, parseId("kycCase", content.caseId) ?? 0n);
      if (found === undefined) return err("CASE_NOT_FOUND");
      const snapshot = approval.content["snapshot"];
      const seen = typeof snapshot === "object" && snapshot !== null ? { ...snapshot } : {};
      if ("submittedAt" in seen && seen.submittedAt !== seenAt(found.submittedAt)) {
        return err("APPROVAL_CHANGED", "The player has given something since it was proposed.");
      }
      if (content.decision === "approve") {
        // In a transaction of its own: what it finds stays, whatever becomes of the approval.
        const screened = await screenPlayer(deps, systemActing("kyc-decision"), found.playerId, "VERIFICATION");
        if (!screened.ok) return screened;
        if (screened.value.state !== "CLEAR") return err("SCREENING_STANDS");
      }
      const by = `staff:${formatId("staff", approval.proposedBy)}`;
      const { decision, checked, reason } = content;
      const now = new Date(deps.clock.now());
      const given = { decision, checked, reason, by, now, claimer: null, traceId: null };
      const decided = await settleDecision(tx, note, found, { ...given, reasonCode: content.reasonCode ?? null });
      if (!decided.ok) return decided;
      await mailDecision(deps, found.playerId, { ...content, level: found.level });
      return ok({ ...decided.value });
    },
  },
};

function seenAt(at: Date | null): string | null {
  return at?.toISOString() ?? null;
}
