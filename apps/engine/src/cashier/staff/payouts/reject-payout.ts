/** Turns a payout down: its amount is the player's again, in one transaction with the step and the audit row. */
import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import { type PayoutRejection, payoutRejectionCodes } from "@pitboss/domain/cashier/payout-words";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { auditEntryOf } from "../../../audit/acting.ts";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import { postPayout } from "../../payouts/post-payout.ts";
import { tellPayout } from "../../payouts/tell-payout.ts";
import { readOpen } from "./approve-payout.ts";

export const rejectionInput = z.enum(payoutRejectionCodes as [PayoutRejection, ...PayoutRejection[]]);

export const rejectPayout = staffProcedure("payout.reject")
  .input(
    z.object({
      payoutId: idInput("payout"),
      reason: reasonInput,
      /** What the player is told; never the reason. */
      message: rejectionInput.default("CONTACT_US"),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly payoutId: string; readonly state: "REJECTED" }> => {
    const { deps, staff, acting } = ctx;
    const payout = await readOpen(deps, input.payoutId, staff.staffId);
    const payoutId = formatId("payout", payout.id);
    const note = {
      action: "payout.reject",
      subject: { kind: "payout", id: payoutId },
      reason: input.reason,
      before: { state: payout.state },
      after: {
        state: "REJECTED",
        amount: formatMinor(payout.amount, payout.currency),
        currency: payout.currency,
        message: input.message,
        contentHash: payout.contentHash,
      },
    };
    const done = orThrow(
      await postPayout(deps, payout, {
        event: "reject",
        posting: "release",
        source: "STAFF",
        actor: `staff:${formatId("staff", staff.staffId)}`,
        details: { reason: input.reason, message: input.message },
        change: { dueAt: null, rejection: input.message },
        told: tellPayout("payout.rejected", payout, { by: "STAFF" }),
        alongside: [{ statement: writeAuditStatement, values: auditStatementValues(auditEntryOf(acting, note)) }],
      }),
    );
    if (!done) throwFailure({ code: "PAYOUT_CHANGED" });
    return { payoutId, state: "REJECTED" };
  });
