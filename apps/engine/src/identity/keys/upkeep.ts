/** What time alone makes necessary: proposals run out, keys are rotated, old challenges and counters go. */
import { destroyOldRetentionKeys, destroySpentPrivateKeys, lockKeys } from "@pitboss/db/identity/key-store";
import { expireApprovals } from "@pitboss/db/identity/approval-store";
import { deleteOldLinks } from "@pitboss/db/identity/player-credential-store";
import { deleteOldRefreshTokens } from "@pitboss/db/identity/refresh-token-store";
import { deleteOldCounters } from "@pitboss/db/identity/sign-in-records";
import { deleteOldChallenges } from "@pitboss/db/identity/staff-factors";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { rewrapKeys } from "./rewrap-keys.ts";
import { type KeyPurpose, keyLifeMs, keyPurposes } from "./signing-ring.ts";

const dayMs = 24 * 3_600_000;

/** True where keys wait to be wrapped anew; nothing else here is urgent. */
export async function runUpkeep(deps: StaffDeps): Promise<boolean> {
  await endOldApprovals(deps);
  for (const purpose of keyPurposes) await rotateWhenDue(deps, purpose);
  await forgetSpentKeys(deps);
  await destroyRetained(deps);
  const now = deps.clock.now();
  await deleteOldChallenges(deps.db, new Date(now - dayMs));
  await deleteOldCounters(deps.db, new Date(now - 2 * dayMs));
  await deleteOldLinks(deps.db, new Date(now - dayMs));
  // Two days are long enough to tell a stolen token from one that never was.
  await deleteOldRefreshTokens(deps.db, { expired: new Date(now - dayMs), used: new Date(now - 2 * dayMs) });
  return rewrapKeys(deps);
}

async function endOldApprovals({ db, clock }: StaffDeps): Promise<void> {
  await withAudit(db, jobActing("expire-approvals"), async (tx, note) => {
    const expired = await expireApprovals(tx, new Date(clock.now()));
    for (const { id, subjectKind } of expired) {
      const approvalId = formatId("approval", id);
      // What is kept from most of those who read the log is kept from them here as well.
      const kind = subjectKind === "aml" ? "aml" : "approval";
      note({ action: "approval.expire", subject: { kind, id: approvalId }, approvalId });
    }
    return expired.length === 0 ? err("NOTHING_CHANGES") : ok(expired.length);
  });
}

async function rotateWhenDue({ db, clock, ring }: StaffDeps, purpose: KeyPurpose): Promise<void> {
  await withAudit(db, jobActing("rotate-keys"), async (tx, note) => {
    const isDue = async (): Promise<boolean> => {
      const newest = (await ring.list()).findLast((key) => key.purpose === purpose);
      return newest !== undefined && clock.now() - newest.signsFrom.getTime() >= keyLifeMs[purpose];
    };
    if (!(await isDue())) return err("NOTHING_CHANGES");
    // Asked again under the lock: another engine's job may have been first.
    await lockKeys(tx);
    if (!(await isDue())) return err("NOTHING_CHANGES");
    const kid = await ring.rotate(tx, purpose);
    note({ action: "key.rotate", subject: { kind: "key", id: kid }, after: { purpose, kid } });
    return ok(kid);
  });
}

async function forgetSpentKeys({ db, clock }: StaffDeps): Promise<void> {
  await withAudit(db, jobActing("rotate-keys"), async (tx, note) => {
    const gone = await destroySpentPrivateKeys(tx, new Date(clock.now()));
    if (gone === 0) return err("NOTHING_CHANGES");
    note({ action: "key.forget", subject: { kind: "key", id: "signing" }, after: { count: gone } });
    return ok(gone);
  });
}

async function destroyRetained({ db, clock }: StaffDeps): Promise<void> {
  await withAudit(db, jobActing("end-retention"), async (tx, note) => {
    const players = await destroyOldRetentionKeys(tx, new Date(clock.now()));
    for (const id of players) {
      note({ action: "player.end-retention", subject: { kind: "player", id: formatId("player", id) } });
    }
    return players.length === 0 ? err("NOTHING_CHANGES") : ok(players.length);
  });
}
