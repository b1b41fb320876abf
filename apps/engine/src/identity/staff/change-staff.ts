import {
  countOtherAdmins,
  deleteRole,
  findStaff,
  insertRoles,
  setStaffStatus,
  type StaffRecord,
} from "@pitboss/db/identity/staff-directory";
import { deletePasskeys, deleteTotp, replaceRecoveryCodes } from "@pitboss/db/identity/staff-factors";
import { revokeStaffSessions } from "@pitboss/db/identity/staff-session-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { checkRoleSet, isPowerful, roles } from "@pitboss/domain/identity/roles";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { type TakeNote, withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffActor } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { mailInvitation, makeInvitation } from "./invite-staff.ts";

const about = { staffId: idInput("staff"), reason: reasonInput };
const aboutRole = z.object({ ...about, role: z.enum(roles) });

interface Changed {
  readonly staffId: string;
}

/** Gives a role that takes no second person. A powerful one is proposed instead (`approval.proposeRole`). */
export const grantRole = staffProcedure("staff.grant-role")
  .input(aboutRole)
  .mutation(async ({ ctx, input }): Promise<Changed> => {
    if (isPowerful(input.role)) return orThrow(err("ROLE_NEEDS_APPROVAL", undefined, { role: input.role }));
    return change(ctx, input.staffId, async (tx, person, note) => {
      if (person.roles.includes(input.role)) return err("NOTHING_CHANGES");
      const allowed = checkRoleSet([...person.roles, input.role]);
      if (!allowed.ok) return allowed;
      const grantedBy = ctx.staff.staffId;
      await insertRoles(tx, [{ staffId: person.id, role: input.role, grantedBy, approvalId: null }]);
      note("staff.grant-role", input.reason, { roles: [...person.roles] }, { roles: [...person.roles, input.role] });
      return ok(true);
    });
  });

/** Takes a role away, at once. */
export const takeRole = staffProcedure("staff.grant-role")
  .input(aboutRole)
  .mutation(({ ctx, input }) =>
    change(ctx, input.staffId, async (tx, person, note) => {
      if (input.role === "admin" && (await countOtherAdmins(tx, person.id)) === 0) return err("STAFF_LAST_ADMIN");
      if (!(await deleteRole(tx, person.id, input.role))) return err("NOTHING_CHANGES");
      const after = person.roles.filter((role) => role !== input.role);
      note("staff.take-role", input.reason, { roles: [...person.roles] }, { roles: after });
      return ok(true);
    }),
  );

/** Lets somebody in no more: their sessions end at once. */
export const suspendStaff = staffProcedure("staff.suspend")
  .input(z.object(about))
  .mutation(({ ctx, input }) =>
    change(ctx, input.staffId, async (tx, person, note) => {
      if (person.status === "SUSPENDED") return err("NOTHING_CHANGES");
      if (person.roles.includes("admin") && (await countOtherAdmins(tx, person.id)) === 0)
        return err("STAFF_LAST_ADMIN");
      await setStaffStatus(tx, person.id, "SUSPENDED");
      const ended = await revokeStaffSessions(tx, person.id, new Date(ctx.deps.clock.now()), "SUSPENDED");
      note("staff.suspend", input.reason, { status: person.status }, { status: "SUSPENDED", endedSessions: ended });
      return ok(true);
    }),
  );

export const unsuspendStaff = staffProcedure("staff.suspend")
  .input(z.object(about))
  .mutation(async ({ ctx, input }): Promise<Changed> => {
    let invitation: { readonly person: StaffRecord; readonly secret: string } | undefined;
    const changed = await change(ctx, input.staffId, async (tx, person, note) => {
      if (person.status !== "SUSPENDED") return err("NOTHING_CHANGES");
      // Whoever was away sets a new password and a new factor: nobody knows what became of the old ones meanwhile.
      await clearFactors(tx, person.id);
      await setStaffStatus(tx, person.id, "INVITED");
      invitation = { person, secret: await makeInvitation(tx, ctx.deps, person.id) };
      note("staff.unsuspend", input.reason, { status: "SUSPENDED" }, { status: "INVITED" });
      return ok(true);
    });
    if (invitation !== undefined) await mailInvitation(ctx.deps, invitation.person, invitation.secret);
    return changed;
  });

/** Ends all sessions of another member of staff. */
export const signStaffOut = staffProcedure("staff.sign-out")
  .input(z.object(about))
  .mutation(({ ctx, input }) =>
    change(ctx, input.staffId, async (tx, person, note) => {
      const ended = await revokeStaffSessions(tx, person.id, new Date(ctx.deps.clock.now()), "ENDED_BY_ADMIN");
      note("staff.sign-out", input.reason, {}, { endedSessions: ended });
      return ok(true);
    }),
  );

/** For lost phones: removes every second factor, ends every session, and sends a link to begin anew. */
export const resetSignIn = staffProcedure("staff.reset-factors")
  .input(z.object(about))
  .mutation(async ({ ctx, input }): Promise<Changed> => {
    let invitation: { readonly person: StaffRecord; readonly secret: string } | undefined;
    const changed = await change(ctx, input.staffId, async (tx, person, note) => {
      if (person.status !== "ACTIVE") return err("NOTHING_CHANGES", `They are ${person.status}.`);
      await clearFactors(tx, person.id);
      await setStaffStatus(tx, person.id, "INVITED");
      const ended = await revokeStaffSessions(tx, person.id, new Date(ctx.deps.clock.now()), "SIGN_IN_RESET");
      invitation = { person, secret: await makeInvitation(tx, ctx.deps, person.id) };
      note("staff.reset-sign-in", input.reason, { ...person.factors }, { endedSessions: ended });
      return ok(true);
    });
    if (invitation !== undefined) await mailInvitation(ctx.deps, invitation.person, invitation.secret);
    return changed;
  });

async function clearFactors(tx: Transaction, staffId: bigint): Promise<void> {
  await deleteTotp(tx, staffId);
  await deletePasskeys(tx, staffId);
  await replaceRecoveryCodes(tx, staffId, []);
}

type Fields = Parameters<TakeNote>[0]["before"];
type Note = (action: string, reason: string, before: NonNullable<Fields>, after: NonNullable<Fields>) => void;

/** A change of somebody else, with its audit row; nobody does any of this to themselves. */
async function change(
  ctx: { readonly deps: StaffDeps; readonly staff: StaffActor; readonly acting: Acting },
  staffId: bigint,
  work: (tx: Transaction, person: StaffRecord, note: Note) => Promise<Result<unknown>>,
): Promise<Changed> {
  const id = formatId("staff", staffId);
  return orThrow(
    await withAudit(ctx.deps.db, ctx.acting, async (tx, note): Promise<Result<Changed>> => {
      if (staffId === ctx.staff.staffId) return err("STAFF_SELF");
      const person = await findStaff(tx, staffId);
      if (person === undefined) return err("STAFF_NOT_FOUND");
      const done = await work(tx, person, (action, reason, before, after) =>
        note({ action, subject: { kind: "staff", id }, reason, before, after }),
      );
      return done.ok ? ok({ staffId: id }) : done;
    }),
  );
}
