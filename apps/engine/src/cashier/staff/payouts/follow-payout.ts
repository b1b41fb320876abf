/** A person asks the provider what became of a payout, or has one sent again that never arrived there. */
import { findPayout } from "@pitboss/db/cashier/payout-store";
import type { PayoutState, UnknownDecision } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { type Acting, type AuditNote } from "../../../audit/acting.ts";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import type { PayoutDesk } from "../../cashier.ts";
import { type AskedAbout, askAboutPayout, resubmit } from "../../payouts/send-payout.ts";

export interface PayoutFollowed {
  readonly payoutId: string;
  readonly state: PayoutState;
  readonly found: AskedAbout["found"];
  /** What the provider said, and what came of it. */
  readonly said: string;
  /** What may be done where the provider knows nothing of it. */
  readonly then: UnknownDecision | null;
}

const input = z.object({ payoutId: idInput("payout"), reason: reasonInput });

export const queryPayout = staffProcedure("payout.follow")
  .input(input)
  .mutation(async ({ ctx, input: { payoutId, reason } }): Promise<PayoutFollowed> => {
    const asked = await ask(ctx.deps, payoutId);
    await record(ctx.deps, ctx.acting, {
      action: "payout.query",
      reason,
      subject: subjectOf(payoutId),
      after: { ...asked },
    });
    return answer(ctx.deps, payoutId, asked);
  });

/** Only where the provider says, now, that it has no such payout, and had time to learn of it. */
export const resubmitPayout = staffProcedure("payout.follow")
  .input(input)
  .mutation(async ({ ctx, input: { payoutId, reason } }): Promise<PayoutFollowed> => {
    const { deps, acting, staff } = ctx;
    const payout = await findPayout(deps.db, payoutId);
    if (payout !== undefined && deps.rails.get(payout.psp)?.inFiles === true) {
      throwFailure({ code: "PAYOUT_NOT_OPEN", detail: "It went out in a file, which is sent again as a whole." });
    }
    const asked = await ask(deps, payoutId);
    if (asked.found !== "NOT_FOUND") {
      throwFailure({ code: "PAYOUT_NOT_OPEN", detail: asked.said, data: { found: asked.found } });
    }
    if (asked.then === "WAIT") {
      throwFailure({
        code: "PAYOUT_NOT_OPEN",
        detail: "The provider may still learn of what was sent; ask again soon.",
      });
    }
    await record(deps, acting, {
      action: "payout.resubmit",
      reason,
      subject: subjectOf(payoutId),
      after: { ...asked },
    });
    const sent = await resubmit(cashierOf(deps), payoutId, `staff:${formatId("staff", staff.staffId)}`);
    if (!sent) throwFailure({ code: "PAYOUT_CHANGED" });
    return answer(deps, payoutId, asked);
  });

async function ask(deps: StaffDeps, id: bigint): Promise<AskedAbout> {
  const payout = (await findPayout(deps.db, id)) ?? throwFailure({ code: "PAYOUT_NOT_FOUND" });
  if (payout.state !== "SUBMITTED" && payout.state !== "UNKNOWN" && payout.state !== "PAID") {
    throwFailure({ code: "PAYOUT_NOT_OPEN", detail: `It is ${payout.state}: its provider knows nothing of it.` });
  }
  return askAboutPayout(cashierOf(deps), id);
}

function cashierOf({ db, clock, log, lanes, rails }: StaffDeps): PayoutDesk {
  return { db, clock, log, lanes, rails };
}

async function answer(deps: StaffDeps, id: bigint, { found, said, then }: AskedAbout): Promise<PayoutFollowed> {
  const now = (await findPayout(deps.db, id)) ?? throwFailure({ code: "PAYOUT_NOT_FOUND" });
  return { payoutId: formatId("payout", id), state: now.state, found, said, then: then ?? null };
}

function subjectOf(id: bigint): AuditNote["subject"] {
  return { kind: "payout", id: formatId("payout", id) };
}

async function record({ db }: StaffDeps, acting: Acting, note: AuditNote): Promise<void> {
  orThrow(
    await withAudit(db, acting, (_tx, take) => {
      take(note);
      return Promise.resolve(ok(null));
    }),
  );
}
