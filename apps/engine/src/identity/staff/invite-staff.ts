import { findStaff, insertInvitation, insertRoles, insertStaff } from "@pitboss/db/identity/staff-directory";
import type { Executor } from "@pitboss/db/kernel/executor";
import { checkRoleSet, isPowerful, roles } from "@pitboss/domain/identity/roles";
import { normaliseEmail } from "@pitboss/domain/identity/search-terms";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";
import type { StaffDeps, StaffSettings } from "../staff-deps.ts";

export const invitationMs = 3 * 24 * 3_600_000;

/**
 * Invites somebody by mail. They may get roles that are not powerful right away; the others are proposed once they are
 * there, and take a second person.
 */
export const inviteStaff = staffProcedure("staff.invite")
  .input(
    z.object({
      email: z.email().max(320),
      name: z.string().trim().min(1).max(120),
      roles: z.array(z.enum(roles)).max(roles.length),
      reason: reasonInput,
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly staffId: string }> => {
    const { deps, staff, acting } = ctx;
    orThrow(checkRoleSet(input.roles));
    const powerful = input.roles.find(isPowerful);
    if (powerful !== undefined) throwFailure({ code: "ROLE_NEEDS_APPROVAL", data: { role: powerful } });
    const email = normaliseEmail(input.email);
    const made = orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const id = await insertStaff(tx, { email, name: input.name, invitedBy: staff.staffId });
        if (id === undefined) return err("STAFF_EXISTS");
        const granted = [...new Set(input.roles)];
        if (granted.length > 0) {
          await insertRoles(
            tx,
            granted.map((role) => ({ staffId: id, role, grantedBy: staff.staffId, approvalId: null })),
          );
        }
        note({
          action: "staff.invite",
          subject: { kind: "staff", id: formatId("staff", id) },
          reason: input.reason,
          after: { name: input.name, email, roles: granted },
        });
        return ok({ id, invitation: await makeInvitation(tx, deps, id) });
      }),
    );
    await mailInvitation(deps, { email, name: input.name }, made.invitation);
    return { staffId: formatId("staff", made.id) };
  });

/** Sends the link again to somebody who has not come yet. */
export const inviteAgain = staffProcedure("staff.invite")
  .input(z.object({ staffId: idInput("staff") }))
  .mutation(async ({ ctx, input }): Promise<{ readonly staffId: string }> => {
    const { deps, acting } = ctx;
    const staffId = formatId("staff", input.staffId);
    const sent = orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const person = await findStaff(tx, input.staffId);
        if (person === undefined) return err("STAFF_NOT_FOUND");
        if (person.status !== "INVITED") return err("NOTHING_CHANGES", "They have accepted already.");
        note({ action: "staff.invite-again", subject: { kind: "staff", id: staffId } });
        return ok({ person, invitation: await makeInvitation(tx, deps, input.staffId) });
      }),
    );
    await mailInvitation(deps, sent.person, sent.invitation);
    return { staffId };
  });

export async function makeInvitation(tx: Executor, { clock }: StaffDeps, staffId: bigint): Promise<string> {
  const invitation = newSecret("invitation");
  await insertInvitation(tx, {
    hash: hashSecret(invitation),
    staffId,
    expiresAt: new Date(clock.now() + invitationMs),
  });
  return invitation;
}

/** The secret stands behind a `#`, which browsers keep to themselves. */
export function invitationLink({ consoleOrigin }: Pick<StaffSettings, "consoleOrigin">, invitation: string): string {
  return `${consoleOrigin}/invitation#${invitation}`;
}

export async function mailInvitation(
  { mailer, settings }: StaffDeps,
  person: { readonly email: string; readonly name: string },
  invitation: string,
): Promise<void> {
  await mailer.send({
    to: person.email,
    subject: "Your way into Pitboss",
    text: `Hello ${person.name},\n\nset your password and a second factor here, within three days:\n\n${invitationLink(settings, invitation)}\n\nIf you don't know what this is about, leave it be.`,
  });
}
