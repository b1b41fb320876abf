import { listAttempts } from "@pitboss/db/identity/sign-in-records";
import { findStaff } from "@pitboss/db/identity/staff-directory";
import { listStaffSessions } from "@pitboss/db/identity/staff-session-store";
import { type Permission, permissionNames, permissionRow, permissionsOf } from "@pitboss/domain/identity/permissions";
import { isPowerful, type Role, roles } from "@pitboss/domain/identity/roles";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { presentSession, type StaffSession } from "../account/present-session.ts";
import { presentStaff, type StaffMember } from "./present-staff.ts";

const most = 50;

export interface StaffDetail extends StaffMember {
  readonly permissions: readonly Permission[];
  readonly sessions: readonly StaffSession[];
  readonly signIns: readonly { readonly at: string; readonly ip: string | null; readonly outcome: string }[];
}

export const showStaff = procedure("staff.read")
  .input(z.object({ staffId: idInput("staff") }))
  .query(async ({ ctx, input }): Promise<StaffDetail> => {
    const { db, clock } = ctx.deps;
    const person = (await findStaff(db, input.staffId)) ?? throwFailure({ code: "STAFF_NOT_FOUND" });
    const [sessions, attempts] = await Promise.all([
      listStaffSessions(db, input.staffId, most),
      listAttempts(db, "staff", input.staffId, most),
    ]);
    return {
      ...presentStaff(person),
      permissions: permissionsOf(person.roles),
      sessions: sessions.map((session) => presentSession(session, undefined, clock.now())),
      signIns: attempts.map(({ at, ip, outcome }) => ({ at: at.toISOString(), ip, outcome })),
    };
  });

export interface RoleTable {
  readonly roles: readonly { readonly role: Role; readonly powerful: boolean }[];
  readonly permissions: readonly {
    readonly permission: Permission;
    readonly means: string;
    readonly stepUp: boolean;
    readonly roles: readonly Role[];
  }[];
}

/** What each role may do, for everybody to read. */
export const showRoleTable = procedure("approval.read").query(
  (): RoleTable => ({
    roles: roles.map((role) => ({ role, powerful: isPowerful(role) })),
    permissions: permissionNames.map((permission) => ({ permission, ...permissionRow(permission) })),
  }),
);
