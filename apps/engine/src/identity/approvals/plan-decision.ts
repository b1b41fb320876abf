/** Plans of decisions on proposals, for a terminal. What is approved is bound to the content's own hash as well. */
import { findApproval } from "@pitboss/db/identity/approval-store";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import type { StaffActor } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { approvalState, mayApprove, visibleKinds } from "./approval-view.ts";
import { approveApproval, rejectApproval, withdrawApproval } from "./decide-approval.ts";

const callerOf = createCaller(router({ approveApproval, rejectApproval, withdrawApproval }));

const planApprove = planned({
  action: "approval.approve",
  permission: "approval.decide",
  params: z.object({}),
  look: (ctx, targets) => lookAtEach(ctx, targets, "approve"),
  apply: async ({ trpc, deps }, id, _params, reason) => {
    const contentHash = await readHash(deps, id);
    const { approval, notApplied } = await callerOf(trpc).approveApproval({ approvalId: id, contentHash, reason });
    return { status: approval.status, notApplied };
  },
});

const planReject = planned({
  action: "approval.reject",
  permission: "approval.decide",
  params: z.object({}),
  look: (ctx, targets) => lookAtEach(ctx, targets, "reject"),
  apply: async ({ trpc, deps }, id, _params, reason) => {
    const contentHash = await readHash(deps, id);
    const { approval } = await callerOf(trpc).rejectApproval({ approvalId: id, contentHash, reason });
    return { status: approval.status };
  },
});

const planWithdraw = planned({
  action: "approval.withdraw",
  permission: "approval.propose",
  params: z.object({}),
  look: (ctx, targets) => lookAtEach(ctx, targets, "withdraw"),
  apply: async ({ trpc }, id, _params, reason) => {
    const { approval } = await callerOf(trpc).withdrawApproval({ approvalId: id, reason });
    return { status: approval.status };
  },
});

export const planDecision = {
  approvalApprove: planApprove,
  approvalReject: planReject,
  approvalWithdraw: planWithdraw,
};

async function lookAtEach(
  ctx: { readonly deps: StaffDeps; readonly staff: StaffActor },
  targets: readonly string[],
  type: "approve" | "reject" | "withdraw",
): Promise<Look[]> {
  const looks: Look[] = [];
  for (const id of targets) looks.push(await lookAt(ctx, id, type));
  return looks;
}

async function lookAt(
  { deps, staff }: { readonly deps: StaffDeps; readonly staff: StaffActor },
  id: string,
  type: "approve" | "reject" | "withdraw",
): Promise<Look> {
  const record = await findApproval(deps.db, parseId("approval", id) ?? 0n);
  if (record === undefined || !visibleKinds(staff).includes(record.kind)) {
    return { id, failure: { code: "APPROVAL_NOT_FOUND" } };
  }
  if (type !== "withdraw" && !mayApprove(staff.roles, record.kind)) return { id, failure: { code: "NOT_ALLOWED" } };
  const { contentHash } = record;
  const state = approvalState(record);
  const next = decideApproval(state, { type, by: staff.staffId, contentHash }, deps.clock.now());
  if (!next.ok) return { id, failure: next.error };
  return {
    id,
    what: record.summary,
    before: { status: record.status, approvals: `${state.approvedBy.length} of ${state.required}` },
    after: { status: next.value, contentHash, content: record.content },
  };
}

async function readHash({ db }: StaffDeps, id: string): Promise<string> {
  const record = await findApproval(db, parseId("approval", id) ?? 0n);
  return record?.contentHash ?? throwFailure({ code: "APPROVAL_NOT_FOUND" });
}
