/** Looks at a payout again, because something that it was judged on was mended. */
import { findPayout } from "@pitboss/db/cashier/payout-store";
import type { PayoutState } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import { recheckPayout } from "../../payouts/recheck-payout.ts";
import { readOpen } from "./approve-payout.ts";

export interface RecheckedNow {
  readonly payoutId: string;
  readonly state: PayoutState;
  /** False where the checks say what they said before. */
  readonly changed: boolean;
}

export const recheckPayoutNow = staffProcedure("payout.review")
  .input(z.object({ payoutId: idInput("payout") }))
  .mutation(async ({ ctx, input }): Promise<RecheckedNow> => {
    const { deps, staff, acting } = ctx;
    const payout = await readOpen(deps, input.payoutId, staff.staffId);
    const payoutId = formatId("payout", payout.id);
    const by = { source: "STAFF", actor: `staff:${formatId("staff", staff.staffId)}` } as const;
    const { changed } = await recheckPayout(deps, payout, by);
    const now = (await findPayout(deps.db, payout.id)) ?? throwFailure({ code: "PAYOUT_NOT_FOUND" });
    orThrow(
      await withAudit(deps.db, acting, (_tx, note) => {
        note({
          action: "payout.recheck",
          subject: { kind: "payout", id: payoutId },
          before: { state: payout.state, score: payout.score, contentHash: payout.contentHash },
          after: { state: now.state, score: now.score, contentHash: now.contentHash },
        });
        return Promise.resolve(ok(null));
      }),
    );
    return { payoutId, state: now.state, changed };
  });
