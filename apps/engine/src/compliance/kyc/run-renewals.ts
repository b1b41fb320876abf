/** Asks anew for what was verified long ago or by a document that has run out, and tells the player a month before. */
import { listRenewals, setReminded } from "@pitboss/db/compliance/kyc-store";
import { renewalNoticeMs } from "@pitboss/domain/compliance/kyc/case-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { mailAboutCase, mailDecision, reminderMail } from "./mail-decision.ts";
import { settleDecision } from "./settle-decision.ts";

export type RenewalDeps = Pick<StaffDeps, "db" | "clock" | "log" | "players" | "mailer">;

const atOnce = 50;
const job = "kyc-renewals";

/** True where there may be more to do at once. */
export async function runRenewals(deps: RenewalDeps): Promise<boolean> {
  const now = new Date(deps.clock.now());
  const renewed = await renewDue(deps, now);
  const reminded = await remindSoon(deps, new Date(now.getTime() + renewalNoticeMs), now);
  return renewed === atOnce || reminded === atOnce;
}

/**
 * One case a transaction, in which its state is looked at again: each takes the player's lock, and one that fails holds up no
 * other.
 */
async function renewDue(deps: RenewalDeps, now: Date): Promise<number> {
  const due = await listRenewals(deps.db, now, false, atOnce);
  for (const found of due) {
    const given = {
      ...{
        decision: "renew" as const,
        reasonCode: "VERIFY_AGAIN" as const,
        checked: [],
        claimer: null,
        traceId: null,
        now,
      },
      reason: `It held until ${found.renewAt?.toISOString() ?? ""}.`,
      by: `job:${job}`,
    };
    const settled = await withAudit(deps.db, jobActing(job), (tx, note) => settleDecision(tx, note, found, given));
    if (settled.ok) await mailDecision(deps, found.playerId, { ...given, level: found.level });
    else deps.log.warn({ caseId: found.id.toString(), code: settled.error.code }, "a case could not be asked for anew");
  }
  return due.length;
}

async function remindSoon(deps: RenewalDeps, until: Date, now: Date): Promise<number> {
  const due = await listRenewals(deps.db, until, true, atOnce);
  for (const found of due) {
    const told = await withAudit(deps.db, jobActing(job), async (tx, note) => {
      if (!(await setReminded(tx, found.id, now))) return err("NOTHING_CHANGES");
      note({
        action: "kyc.remind",
        subject: { kind: "player", id: formatId("player", found.playerId) },
        reason: "A verification runs out soon",
        after: { case: formatId("kycCase", found.id), renewAt: found.renewAt?.toISOString() ?? null },
      });
      return ok(true);
    });
    if (told.ok && found.renewAt !== null)
      await mailAboutCase(deps, found.playerId, reminderMail(found.level, found.renewAt));
  }
  return due.length;
}
