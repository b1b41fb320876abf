/**
 * The first people of a new house. Afterwards staff is invited, and powerful roles take a second person; so there must
 * be two admins, or an admin and compliance, from the start.
 */
import {
  insertInvitation,
  insertRoles,
  insertStaff,
  isHouseEmpty,
  setStaffPassword,
} from "@pitboss/db/identity/staff-directory";
import { confirmTotp, offerTotp } from "@pitboss/db/identity/staff-factors";
import { checkRoleSet, type Role } from "@pitboss/domain/identity/roles";
import { normaliseEmail } from "@pitboss/domain/identity/search-terms";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { hashPassword } from "../keys/password-hash.ts";
import { totpPlace } from "../sign-in/check-totp.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { invitationMs } from "./invite-staff.ts";

export interface FirstPerson {
  readonly email: string;
  readonly name: string;
  readonly roles: readonly Role[];
  /** Ready to sign in, as in a demo; without it the person gets an invitation. */
  readonly ready?: { readonly password: string; readonly totpSecret: Buffer };
}

export interface Opened {
  readonly staffId: bigint;
  readonly email: string;
  /** The secret of the invitation, where one is needed. */
  readonly invitation: string | null;
}

export async function openHouse(deps: StaffDeps, people: readonly FirstPerson[]): Promise<Result<readonly Opened[]>> {
  for (const { roles } of people) {
    const allowed = checkRoleSet(roles);
    if (!allowed.ok) return allowed;
  }
  const hashes = await Promise.all(people.map(async ({ ready }) => ready && hashPassword(ready.password)));
  return withAudit(deps.db, jobActing("open-house"), async (tx, note) => {
    if (!(await isHouseEmpty(tx))) return err("STAFF_EXISTS", "This house has staff already.");
    const opened: Opened[] = [];
    for (const [index, person] of people.entries()) {
      const email = normaliseEmail(person.email);
      const staffId = await insertStaff(tx, { email, name: person.name, invitedBy: null });
      if (staffId === undefined) return err("STAFF_EXISTS");
      const hash = hashes[index];
      let invitation: string | null = null;
      if (hash !== undefined && person.ready !== undefined) {
        await setStaffPassword(tx, staffId, hash);
        await offerTotp(
          tx,
          staffId,
          await deps.vault.seal("staff-secrets", totpPlace(staffId), person.ready.totpSecret),
        );
        await confirmTotp(tx, staffId, new Date(deps.clock.now()));
      } else {
        invitation = newSecret("invitation");
        const expiresAt = new Date(deps.clock.now() + invitationMs);
        await insertInvitation(tx, { hash: hashSecret(invitation), staffId, expiresAt });
      }
      opened.push({ staffId, email, invitation });
      note({
        action: "staff.open-house",
        subject: { kind: "staff", id: formatId("staff", staffId) },
        after: { name: person.name, roles: [...person.roles] },
      });
    }
    await insertRoles(
      tx,
      opened.flatMap(({ staffId }, index) =>
        (people[index]?.roles ?? []).map((role) => ({ staffId, role, grantedBy: null, approvalId: null })),
      ),
    );
    return ok(opened);
  });
}
