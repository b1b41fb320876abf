/** Goes on with approved settlements that an engine was at when it stopped, or that could not be tried when approved. */
import { listApprovals } from "@pitboss/db/identity/approval-store";
import { approvalContents } from "@pitboss/domain/identity/approval-content";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { jobActing } from "../../../audit/acting.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { applySettlements } from "./settle-handler.ts";

const mostProposals = 20;

/** There is never more to do at once: a proposal is gone through as a whole. */
export async function runSettlements(deps: StaffDeps): Promise<false> {
  const approved = await listApprovals(deps.db, {
    statuses: ["APPROVED"],
    kinds: ["bets.settle"],
    limit: mostProposals,
  });
  for (const approval of approved) {
    if (approval.expiresAt.getTime() <= deps.clock.now()) continue;
    const { snapshot: _facts, ...asked } = approval.content;
    const content = approvalContents["bets.settle"].parse(asked);
    const done = await applySettlements(deps, jobActing("apply-settlements"), approval, content);
    if (!done.ok && done.error.code !== "APPROVAL_NOT_OPEN") {
      const { code } = done.error;
      deps.log.warn({ approval: formatId("approval", approval.id), code }, "settlements have to wait");
    }
  }
  return false;
}
