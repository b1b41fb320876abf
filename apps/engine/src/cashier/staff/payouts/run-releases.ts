/** Goes on with payouts whose last yes was given just before an engine stopped. */
import { listApprovals } from "@pitboss/db/identity/approval-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { jobActing } from "../../../audit/acting.ts";
import { applyApproved } from "../../../identity/approvals/apply-approval.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";

const most = 20;

/** Never true: what can't be released now is tried again later. */
export async function runReleases(deps: StaffDeps): Promise<boolean> {
  const approved = await listApprovals(deps.db, { statuses: ["APPROVED"], kinds: ["payout.release"], limit: most });
  for (const { id, expiresAt } of approved) {
    if (expiresAt.getTime() <= deps.clock.now()) continue;
    const done = await applyApproved(deps, jobActing("release-payouts"), id);
    if (!done.ok && done.error.code !== "APPROVAL_NOT_OPEN") {
      deps.log.warn({ approval: formatId("approval", id), code: done.error.code }, "an approved payout has to wait");
    }
  }
  return false;
}
