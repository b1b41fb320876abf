/** Goes on with approved voids: long lists, and those that an engine was at when it stopped. */
import { type ApprovalRecord, listApprovals } from "@pitboss/db/identity/approval-store";
import { approvalContents } from "@pitboss/domain/identity/approval-content";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { jobActing } from "../../../audit/acting.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { applyVoids, voidKinds } from "./void-handler.ts";

const mostProposals = 20;

/** One chunk of each; true where there is more to do at once. What can't be done now is tried again later. */
export async function runVoids(deps: StaffDeps): Promise<boolean> {
  const approved = await listApprovals(deps.db, { statuses: ["APPROVED"], kinds: voidKinds, limit: mostProposals });
  let more = false;
  for (const approval of approved) {
    if (approval.expiresAt.getTime() > deps.clock.now()) more = (await goOn(deps, approval)) || more;
  }
  return more;
}

async function goOn(deps: StaffDeps, approval: ApprovalRecord): Promise<boolean> {
  const content = approvalContents["bets.void"].parse(approval.content);
  const done = await applyVoids(deps, jobActing("apply-voids"), approval, content, "job");
  if (done.ok) return done.value["open"] !== 0;
  if (done.error.code !== "APPROVAL_NOT_OPEN") {
    deps.log.warn({ approval: formatId("approval", approval.id), code: done.error.code }, "voids have to wait");
  }
  return false;
}
