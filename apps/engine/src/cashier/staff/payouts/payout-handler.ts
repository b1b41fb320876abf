/**
 * Payouts under four eyes. What is proposed is the payout as it was judged; whoever proposes has said yes, and the
 * proposal asks for as many others as the payout still takes. Applied, it may leave: in one transaction with the step.
 */
import { applyApproval, lockApproval } from "@pitboss/db/identity/approval-store";
import { findPolicyById } from "@pitboss/db/cashier/payout-policy-store";
import { findPayout, lockPayout, lockPlayerOf, movePayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import { stageMinutes } from "@pitboss/domain/cashier/payout-policy";
import type { PayoutContent } from "@pitboss/domain/identity/approval-content";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { withAudit } from "../../../audit/with-audit.ts";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { approvalState } from "../../../identity/approvals/approval-view.ts";
import { appliedOf, applyNote } from "../../../identity/approvals/finish-approval.ts";
import type { KindHandler } from "../../../identity/approvals/kind-handler.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { recheckPayout } from "../../payouts/recheck-payout.ts";
import { tellPayout } from "../../payouts/tell-payout.ts";

const minuteMs = 60_000;

export const payoutHandler: KindHandler<PayoutContent, PayoutRecord> = {
  async describe({ db, clock }, payout, maker) {
    const { content, contentHash, people, instrument, currency } = payout;
    if (content === null || contentHash === null || people === null) return err("PAYOUT_NOT_OPEN");
    const minutes = await minutesOf(db, payout, "FIRST_APPROVED");
    const amount = `${formatMinor(payout.amount, currency)} ${currency}`;
    return ok({
      content,
      summary: `Pay ${amount} to ${formatId("player", payout.playerId)} (${instrument.brand} ${instrument.last4})`,
      subject: { kind: "payout", id: formatId("payout", payout.id) },
      sums: [{ amount: payout.amount, currency }],
      others: people - 1,
      // Two who say their first yes at the same moment: the second one finds it said.
      attach: async (tx, approvalId) => {
        const now = await lockPayout(tx, payout.id);
        if (now?.state !== "IN_REVIEW" || now.contentHash !== contentHash) throwFailure({ code: "PAYOUT_CHANGED" });
        await movePayout(tx, {
          payoutId: payout.id,
          from: "IN_REVIEW",
          event: "approveFirst",
          source: "STAFF",
          actor: `staff:${formatId("staff", maker.staffId)}`,
          details: { approval: formatId("approval", approvalId), people, contentHash },
          change: { approvalId, dueAt: new Date(clock.now() + minutes * minuteMs) },
        });
      },
    });
  },
  apply: {
    where: "steps",
    async run({ deps, acting, approval }) {
      const id = parseId("payout", approval.subjectId) ?? 0n;
      const payout = await findPayout(deps.db, id);
      if (payout === undefined) return err("PAYOUT_NOT_FOUND");
      if (payout.state !== "FIRST_APPROVED" || payout.approvalId !== approval.id) return err("PAYOUT_NOT_OPEN");
      const by = { source: "RULE", actor: null } as const;
      if ((await recheckPayout(deps, payout, by)).changed) return err("PAYOUT_CHANGED");
      const minutes = await minutesOf(deps.db, payout, "APPROVED");
      const result = { payoutId: approval.subjectId, state: "APPROVED" };
      return withAudit(deps.db, acting, async (tx, note) => {
        await lockPlayerOf(tx, id);
        const locked = await lockApproval(tx, approval.id);
        if (locked === undefined) return err("APPROVAL_NOT_FOUND");
        const event = { type: "apply", contentHash: approval.contentHash } as const;
        const allowed = decideApproval(approvalState(locked), event, deps.clock.now());
        if (!allowed.ok) return allowed;
        await applyApproval(tx, { ...appliedOf(approval, acting), result });
        const moved = await movePayout(tx, {
          payoutId: id,
          from: "FIRST_APPROVED",
          event: "approve",
          source: "STAFF",
          actor: `${acting.actorKind}:${acting.actorId}`,
          details: { approval: formatId("approval", approval.id), contentHash: approval.contentHash },
          change: {
            workAt: new Date(deps.clock.now()),
            dueAt: new Date(deps.clock.now() + minutes * minuteMs),
          },
          told: tellPayout("payout.approved", payout, { by: "PEOPLE" }),
        });
        if (!moved) return err("PAYOUT_CHANGED");
        note(applyNote(approval, result));
        return ok(result);
      });
    },
  },
};

async function minutesOf(db: StaffDeps["db"], payout: PayoutRecord, state: PayoutRecord["state"]): Promise<number> {
  const policy = await findPolicyById(db, payout.policyId);
  return (policy === undefined ? undefined : stageMinutes(policy, state)) ?? 0;
}
