/** One person's yes to a payout, exactly as they saw it: the first proposes it, another one completes it. */
import { findPayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import type { PayoutCheck } from "@pitboss/domain/cashier/payout-checks";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { createCaller, router, staffProcedure } from "../../../edge/trpc/procedure.ts";
import { approveApproval } from "../../../identity/approvals/decide-approval.ts";
import { keepProposal } from "../../../identity/approvals/propose.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { recheckPayout } from "../../payouts/recheck-payout.ts";
import { payoutHandler } from "./payout-handler.ts";

const callerOf = createCaller(router({ approveApproval }));

export interface PayoutDecided {
  readonly payoutId: string;
  readonly state: PayoutState;
  readonly approvalId: string | null;
  /** Why it was approved but does not leave yet. */
  readonly notApplied: string | null;
}

export const approvePayout = staffProcedure("payout.approve")
  .input(
    z.object({
      payoutId: idInput("payout"),
      contentHash: z.string().regex(/^[0-9a-f]{64}$/),
      reason: z.string().trim().max(500).nullish(),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<PayoutDecided> => {
    const { deps, staff, acting, traceId } = ctx;
    const payout = await readOpen(deps, input.payoutId, staff.staffId);
    if (payout.contentHash !== input.contentHash) throwFailure({ code: "PAYOUT_CHANGED" });
    const by = { source: "RULE", actor: null } as const;
    if ((await recheckPayout(deps, payout, by)).changed) throwFailure({ code: "PAYOUT_CHANGED" });
    const stopped = stoppedBy(payout);
    if (stopped.length > 0) throwFailure({ code: "PAYOUT_STOPPED", data: { checks: stopped } });
    let notApplied: string | null = null;
    if (payout.approvalId === null) {
      const described = orThrow(await payoutHandler.describe(deps, payout, staff));
      await keepProposal({ deps, staff, acting }, "payout.release", described, input.reason ?? "Approved");
    } else {
      const caller = callerOf({ deps, live: ctx.live, actor: { ok: true, value: staff }, traceId });
      const approvalId = formatId("approval", payout.approvalId);
      const decided = await caller.approveApproval({
        approvalId,
        contentHash: input.contentHash,
        reason: input.reason ?? null,
      });
      notApplied = decided.notApplied?.code ?? null;
    }
    const now = (await findPayout(deps.db, payout.id)) ?? throwFailure({ code: "PAYOUT_NOT_FOUND" });
    return {
      payoutId: formatId("payout", now.id),
      state: now.state,
      approvalId: now.approvalId === null ? null : formatId("approval", now.approvalId),
      notApplied,
    };
  });

/** Of a payout that waits for people and that nobody else looks at. */
export async function readOpen(deps: StaffDeps, id: bigint, staffId: bigint): Promise<PayoutRecord> {
  const payout = (await findPayout(deps.db, id)) ?? throwFailure({ code: "PAYOUT_NOT_FOUND" });
  if (payout.state !== "IN_REVIEW" && payout.state !== "FIRST_APPROVED") {
    throwFailure({ code: "PAYOUT_NOT_OPEN", data: { state: payout.state } });
  }
  const { claimedBy, claimedUntil } = payout;
  if (claimedBy !== null && claimedBy !== staffId && (claimedUntil?.getTime() ?? 0) > deps.clock.now()) {
    throwFailure({ code: "PAYOUT_CLAIMED" });
  }
  return payout;
}

/** The checks that keep it here until what they name is mended. */
export function stoppedBy({ checks }: { readonly checks: readonly PayoutCheck[] }): PayoutCheck["name"][] {
  return checks.filter(({ outcome }) => outcome === "STOP" || outcome === "REFUSE").map(({ name }) => name);
}
