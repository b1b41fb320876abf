/** An invited person sets their password; the flow goes on to the second factor. */
import { findInvited, findStaff, setStaffPassword, takeInvitation } from "@pitboss/db/identity/staff-directory";
import { checkPassword } from "@pitboss/domain/identity/password-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { withAudit } from "../../audit/with-audit.ts";
import { hashPassword } from "../keys/password-hash.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { offerFlow, type SignInFlow } from "./begin-sign-in.ts";
import { enteringAs, type From } from "./from.ts";
import { hashSecret } from "./secrets.ts";

/** Whom the link is for, so that the page can greet them. */
export async function showInvitation(
  { db, clock }: StaffDeps,
  invitation: string,
): Promise<Result<{ readonly email: string; readonly name: string }>> {
  const found = await findInvited(db, hashSecret(invitation), new Date(clock.now()));
  return found === undefined ? err("LINK_INVALID") : ok({ email: found.email, name: found.name });
}

export async function acceptInvitation(
  deps: StaffDeps,
  invitation: string,
  password: string,
  from: From,
): Promise<Result<SignInFlow>> {
  const now = new Date(deps.clock.now());
  const invited = await findInvited(deps.db, hashSecret(invitation), now);
  if (invited === undefined) return err("LINK_INVALID");
  const allowed = checkPassword("staff", password, [invited.email, invited.name]);
  if (!allowed.ok) return allowed;
  const passwordHash = await hashPassword(password);
  const id = formatId("staff", invited.staffId);
  const accepted = await withAudit(deps.db, enteringAs(id, from), async (tx, note) => {
    const staffId = await takeInvitation(tx, hashSecret(invitation), now);
    if (staffId === undefined) return err("LINK_INVALID");
    const person = await findStaff(tx, staffId);
    if (person === undefined || person.status === "SUSPENDED") return err("LINK_INVALID");
    await setStaffPassword(tx, staffId, passwordHash);
    note({
      action: "staff.accept-invitation",
      subject: { kind: "staff", id },
      before: { status: person.status },
      after: { status: "ACTIVE" },
    });
    return ok(staffId);
  });
  return accepted.ok ? ok(await offerFlow(deps, accepted.value)) : accepted;
}
