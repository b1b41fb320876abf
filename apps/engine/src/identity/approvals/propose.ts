/** Proposing: what is proposed is described, hashed and kept, with how many other people it takes. */
import { findApproval, insertApproval, listPolicies, setApprovalStatus } from "@pitboss/db/identity/approval-store";
import {
  adjustmentContent,
  erasureContent,
  policyContent,
  roleGrantContent,
} from "@pitboss/domain/identity/approval-content";
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import { hashApprovalContent } from "@pitboss/domain/identity/approval-machine";
import { findApprovalNeed } from "@pitboss/domain/identity/approval-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { currencies } from "@pitboss/domain/wallet/currency";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffActor } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { applyApproved } from "./apply-approval.ts";
import { type ApprovalView, presentApprovals } from "./approval-view.ts";
import type { Described } from "./kind-handler.ts";
import { type InputOf, kindHandlers } from "./kinds.ts";

const hourMs = 3_600_000;

export interface Proposer {
  readonly deps: StaffDeps;
  readonly staff: StaffActor;
  readonly acting: Acting;
}

export const proposeAdjustment = staffProcedure("adjustment.propose")
  .input(adjustmentContent)
  .mutation(({ ctx, input }) => propose(ctx, "wallet.adjustment", input));

export const proposeRole = staffProcedure("staff.grant-role")
  .input(roleGrantContent)
  .mutation(({ ctx, input }) => propose(ctx, "staff.role-grant", input));

export const proposePolicy = staffProcedure("policy.propose")
  .input(policyContent)
  .mutation(({ ctx, input }) => propose(ctx, "approval.policy", input));

export const proposeErasure = staffProcedure("player.erase")
  .input(erasureContent)
  .mutation(({ ctx, input }) => propose(ctx, "player.erasure", input));

async function propose<K extends ApprovalKind>(
  proposer: Proposer,
  kind: K,
  input: InputOf<K> & { readonly reason: string },
): Promise<ApprovalView> {
  const described = orThrow(await kindHandlers[kind].describe(proposer.deps, input, proposer.staff));
  return keepProposal(proposer, kind, described, input.reason);
}

/** Keeps what was described as a proposal, and applies it at once where the policy asks for nobody else. */
export async function keepProposal(
  { deps, staff, acting }: Proposer,
  kind: ApprovalKind,
  { content, summary, subject, sums = [], items, others = 0, attach }: Described,
  reason: string,
): Promise<ApprovalView> {
  const [money, ...more] = sums;
  const only = more.length === 0 ? money : undefined;
  const now = deps.clock.now();
  const contentHash = hashApprovalContent(kind, content);
  const made = orThrow(
    await withAudit(deps.db, acting, async (tx, note) => {
      const found = findApprovalNeed(await listPolicies(tx), kind, sums, items);
      if (!found.ok) return found;
      const need = { ...found.value, approvals: Math.max(found.value.approvals, others) };
      const id = await insertApproval(tx, {
        kind,
        content,
        contentHash,
        summary,
        subjectKind: subject.kind,
        subjectId: subject.id,
        amount: only?.amount ?? null,
        currency: only === undefined ? null : currencies[only.currency].number,
        required: need.approvals,
        proposedBy: staff.staffId,
        expiresAt: new Date(now + need.openHours * hourMs),
      });
      await attach?.(tx, id);
      const alone = need.approvals === 0;
      if (alone) await setApprovalStatus(tx, id, "APPROVED", new Date(now));
      const approvalId = formatId("approval", id);
      note({
        action: "approval.propose",
        subject,
        reason,
        after: { kind, summary, contentHash, required: need.approvals },
        approvalId,
      });
      return ok({ id, alone });
    }),
  );
  // Below a policy's threshold nobody else is asked. What stood in the way is left on the proposal.
  if (made.alone) await applyApproved(deps, acting, made.id);
  const record = (await findApproval(deps.db, made.id)) ?? throwFailure({ code: "APPROVAL_NOT_FOUND" });
  const [view] = await presentApprovals(deps.db, [record], staff, now);
  return view ?? throwFailure({ code: "APPROVAL_NOT_FOUND" });
}
