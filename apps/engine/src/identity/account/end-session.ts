import { revokeStaffSession, revokeStaffSessions } from "@pitboss/db/identity/staff-session-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";

/** Ends one of one's own sessions; it is over at once, wherever it is used. */
export const endSession = staffProcedure("account.own")
  .input(z.object({ sessionId: idInput("staffSession") }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ended: number }> => {
    const { staff, deps, acting } = ctx;
    const session = { id: input.sessionId, staffId: staff.staffId };
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const gone = await revokeStaffSession(tx, session, new Date(deps.clock.now()), "ENDED_BY_OWNER");
        if (!gone) return err("RECORD_NOT_FOUND");
        note({
          action: "session.end",
          subject: { kind: "staff", id: formatId("staff", staff.staffId) },
          after: { session: formatId("staffSession", session.id) },
        });
        return ok({ ended: 1 });
      }),
    );
  });

/** Signs out everywhere, here included unless `keepThis`. */
export const signOutEverywhere = staffProcedure("account.own")
  .input(z.object({ keepThis: z.boolean() }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ended: number }> => {
    const { staff, deps, acting } = ctx;
    const keep = input.keepThis ? staff.sessionId : undefined;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const now = new Date(deps.clock.now());
        const ended = await revokeStaffSessions(tx, staff.staffId, now, "SIGNED_OUT_EVERYWHERE", keep);
        note({
          action: "session.end-all",
          subject: { kind: "staff", id: formatId("staff", staff.staffId) },
          after: { ended },
        });
        return ok({ ended });
      }),
    );
  });
