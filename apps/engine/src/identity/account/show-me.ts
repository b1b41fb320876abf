import { countOpenFor } from "@pitboss/db/identity/approval-store";
import { findSessionOwner } from "@pitboss/db/identity/staff-session-store";
import { approvalKindNames, approvalKindRow } from "@pitboss/domain/identity/approval-kinds";
import { mayAny, type Permission, permissionRow, permissionsOf } from "@pitboss/domain/identity/permissions";
import type { Role } from "@pitboss/domain/identity/roles";
import { sessionLimits } from "@pitboss/domain/identity/session-limits";
import { isSecondFactorFresh, secondFactorFreshUntilMs } from "@pitboss/domain/identity/step-up";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";

export interface Me {
  readonly staffId: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  /** Everything that these roles may do, and which of it takes a fresh second factor. */
  readonly permissions: readonly { readonly permission: Permission; readonly stepUp: boolean }[];
  readonly session: {
    readonly sessionId: string;
    readonly channel: "console" | "cli";
    readonly idleAt: string;
    readonly endsAt: string;
    /** Until when the second factor counts as fresh; null where it does not. */
    readonly freshUntil: string | null;
  };
  /** Proposals that wait for this person. */
  readonly waitingApprovals: number;
}

/** Who is signed in, as what and until when: what the console draws itself by. */
export const showMe = staffProcedure("account.own").query(async ({ ctx }): Promise<Me> => {
  const { staff, deps } = ctx;
  const owner = await findSessionOwner(deps.db, { id: staff.sessionId });
  if (owner === undefined) throwFailure({ code: "SESSION_ENDED" });
  const limits = sessionLimits[staff.channel === "cli" ? "cli" : "staff"];
  const decides = approvalKindNames.filter((kind) => mayAny(staff.roles, approvalKindRow(kind).approve));
  const fresh = isSecondFactorFresh(staff.secondFactorAtMs, deps.clock.now());
  return {
    staffId: formatId("staff", staff.staffId),
    name: staff.name,
    email: staff.email,
    roles: staff.roles,
    permissions: permissionsOf(staff.roles).map((permission) => ({
      permission,
      stepUp: permissionRow(permission).stepUp,
    })),
    session: {
      sessionId: formatId("staffSession", staff.sessionId),
      channel: staff.channel,
      idleAt: new Date(owner.lastSeenAt.getTime() + limits.idleMs).toISOString(),
      endsAt: new Date(owner.createdAt.getTime() + limits.absoluteMs).toISOString(),
      freshUntil: fresh ? new Date(secondFactorFreshUntilMs(staff.secondFactorAtMs)).toISOString() : null,
    },
    waitingApprovals: await countOpenFor(deps.db, staff.staffId, decides),
  };
});
