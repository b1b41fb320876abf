/** Plans of what a terminal does to staff; the procedures of the console carry them out. */
import { findStaff, findStaffByEmail, type StaffRecord } from "@pitboss/db/identity/staff-directory";
import { checkRoleSet, isPowerful, roles } from "@pitboss/domain/identity/roles";
import { normaliseEmail } from "@pitboss/domain/identity/search-terms";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import { proposeRole } from "../approvals/propose.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { grantRole, suspendStaff } from "./change-staff.ts";
import { inviteStaff } from "./invite-staff.ts";

const callerOf = createCaller(router({ inviteStaff, grantRole, proposeRole, suspendStaff }));

/** The targets are e-mail addresses; all of them get the same name and roles, so it is one at a time in practice. */
const planInvite = planned({
  action: "staff.invite",
  permission: "staff.invite",
  params: z.object({ name: z.string().trim().min(1).max(120), roles: z.array(z.enum(roles)).max(roles.length) }),
  look: async ({ deps }, targets, params) => {
    const looks: Look[] = [];
    for (const email of targets) looks.push(await lookAtInvitation(deps, email, params));
    return looks;
  },
  apply: async ({ trpc }, email, params, reason) => {
    const { staffId } = await callerOf(trpc).inviteStaff({ email, ...params, reason });
    return { staffId };
  },
});

async function lookAtInvitation(
  { db }: StaffDeps,
  email: string,
  { name, roles: wanted }: { readonly name: string; readonly roles: readonly (typeof roles)[number][] },
): Promise<Look> {
  if (!z.email().max(320).safeParse(email).success)
    return refused(email, "REQUEST_INVALID", "It is no e-mail address.");
  const allowed = checkRoleSet(wanted);
  if (!allowed.ok) return { id: email, failure: allowed.error };
  const powerful = wanted.find(isPowerful);
  if (powerful !== undefined) {
    return refused(email, "ROLE_NEEDS_APPROVAL", `Invite without "${powerful}", and grant it once they are there.`);
  }
  if ((await findStaffByEmail(db, normaliseEmail(email))) !== undefined) return refused(email, "STAFF_EXISTS");
  return { id: email, what: `Invite ${name}`, before: {}, after: { status: "INVITED", roles: [...wanted] } };
}

/** A powerful role is proposed, and held once a second person has approved it; the plan says which of both happens. */
const planGrant = planned({
  action: "staff.grant-role",
  permission: "staff.grant-role",
  params: z.object({ role: z.enum(roles) }),
  look: (ctx, targets, { role }) =>
    lookAtEach(ctx, targets, (person) => {
      if (person.roles.includes(role)) return err("NOTHING_CHANGES", `${person.name} has this role already.`);
      const allowed = checkRoleSet([...person.roles, role]);
      if (!allowed.ok) return allowed;
      const what = isPowerful(role)
        ? `Propose the role ${role} for ${person.name}`
        : `Give ${person.name} the role ${role}`;
      const before = { roles: [...person.roles] };
      return ok({ what, before, after: { roles: [...person.roles, role], secondPerson: isPowerful(role) } });
    }),
  apply: async ({ trpc }, id, { role }, reason) => {
    if (!isPowerful(role)) return { ...(await callerOf(trpc).grantRole({ staffId: id, role, reason })) };
    const { approvalId, status } = await callerOf(trpc).proposeRole({ staffId: id, role, reason });
    return { approvalId, status };
  },
});

const planSuspend = planned({
  action: "staff.suspend",
  permission: "staff.suspend",
  params: z.object({}),
  look: (ctx, targets) =>
    lookAtEach(ctx, targets, (person) =>
      person.status === "SUSPENDED"
        ? err("NOTHING_CHANGES", `${person.name} is suspended already.`)
        : ok({
            what: `Suspend ${person.name}, ending all sessions`,
            before: { status: person.status },
            after: { status: "SUSPENDED" },
          }),
    ),
  apply: async ({ trpc }, id, _params, reason) => ({ ...(await callerOf(trpc).suspendStaff({ staffId: id, reason })) }),
});

export const planStaff = { staffInvite: planInvite, staffGrant: planGrant, staffSuspend: planSuspend };

type Wanted = Omit<Extract<Look, { what: string }>, "id">;

async function lookAtEach(
  { deps, staff }: { readonly deps: StaffDeps; readonly staff: { readonly staffId: bigint } },
  targets: readonly string[],
  decide: (person: StaffRecord) => Result<Wanted>,
): Promise<Look[]> {
  const looks: Look[] = [];
  for (const id of targets) {
    const number = parseId("staff", id);
    const person = number === undefined ? undefined : await findStaff(deps.db, number);
    if (person === undefined) looks.push(refused(id, "STAFF_NOT_FOUND"));
    else if (person.id === staff.staffId) looks.push(refused(id, "STAFF_SELF"));
    else {
      const decided = decide(person);
      looks.push(decided.ok ? { id, ...decided.value } : { id, failure: decided.error });
    }
  }
  return looks;
}

function refused(id: string, code: Failure["code"], detail?: string): Look {
  return { id, failure: { code, ...(detail === undefined ? {} : { detail }) } };
}
