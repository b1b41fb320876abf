import { findSessionOwner, revokeStaffSession } from "@pitboss/db/identity/staff-session-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { enteringAs, type From } from "./from.ts";
import { hashSecret } from "./secrets.ts";

/** Ends the session of this secret. Ending one that has ended is fine: whoever asks wants it gone. */
export async function signOut(deps: StaffDeps, secret: string, from: From): Promise<Result<true>> {
  const owner = await findSessionOwner(deps.db, { hash: hashSecret(secret) });
  if (owner === undefined || owner.revokedAt !== null) return ok(true);
  const { staffId, sessionId, channel } = owner;
  const done = await withAudit(deps.db, enteringAs(formatId("staff", staffId), from, channel), async (tx, note) => {
    const gone = await revokeStaffSession(tx, { id: sessionId, staffId }, new Date(deps.clock.now()), "SIGN_OUT");
    if (!gone) return err("NOTHING_CHANGES");
    note({
      action: "session.sign-out",
      subject: { kind: "staff", id: formatId("staff", staffId) },
      after: { session: formatId("staffSession", sessionId) },
    });
    return ok(true as const);
  });
  return done.ok || done.error.code === "NOTHING_CHANGES" ? ok(true) : done;
}
