import { findStaffCredentials, setStaffPassword } from "@pitboss/db/identity/staff-directory";
import { revokeStaffSessions } from "@pitboss/db/identity/staff-session-store";
import { checkPassword } from "@pitboss/domain/identity/password-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { hashPassword, verifyPassword } from "../keys/password-hash.ts";
import { throttled } from "../sign-in/throttled.ts";

/** Changes one's own password, which takes the old one, and ends every other session. */
export const changePassword = staffProcedure("account.secure")
  .input(z.object({ current: z.string().max(1024), next: z.string().max(1024) }))
  .mutation(async ({ ctx, input }): Promise<{ readonly ended: number }> => {
    const { staff, deps, acting } = ctx;
    const person = await findStaffCredentials(deps.db, staff.staffId);
    const stored = person?.passwordHash ?? undefined;
    const door = { kind: "staff", step: "password", account: staff.email, ip: staff.ip } as const;
    const right = orThrow(
      await throttled(deps, door, async () =>
        stored !== undefined && (await verifyPassword(input.current, stored)) ? true : undefined,
      ),
    );
    if (right === undefined) throwFailure({ code: "SIGN_IN_WRONG", detail: "The current password is wrong." });
    orThrow(checkPassword("staff", input.next, [staff.email, staff.name]));
    const passwordHash = await hashPassword(input.next);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        await setStaffPassword(tx, staff.staffId, passwordHash);
        const now = new Date(deps.clock.now());
        const ended = await revokeStaffSessions(tx, staff.staffId, now, "PASSWORD_CHANGED", staff.sessionId);
        note({
          action: "password.change",
          subject: { kind: "staff", id: formatId("staff", staff.staffId) },
          after: { ended },
        });
        return ok({ ended });
      }),
    );
  });
