/** Gives the player a page at the vendor's, where documents are given for the next level. */
import { listPlayerCases, lockPlayerCases, openCase } from "@pitboss/db/compliance/kyc-store";
import { findApplicantOfCase, insertApplicant } from "@pitboss/db/compliance/kyc-vendor-store";
import { readStanding } from "@pitboss/db/compliance/standing-store";
import { stateAfter, type VerifiedLevel } from "@pitboss/domain/compliance/kyc/case-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Acting } from "../../../audit/acting.ts";
import { withAudit } from "../../../audit/with-audit.ts";
import { nextLevel } from "../own-kyc.ts";
import type { KycVendor } from "./kyc-vendor.ts";
import type { VendorDeps } from "./pull-images.ts";
import { askAfterMs } from "./take-news.ts";

const pageSeconds = 1_800;

export interface VendorPage {
  readonly level: VerifiedLevel;
  readonly url: string;
  readonly expiresAt: string;
}

export async function openVendorPage(deps: VendorDeps, acting: Acting, playerId: bigint): Promise<Result<VendorPage>> {
  const { kycVendor: vendor, clock } = deps;
  if (vendor === undefined) return err("KYC_VENDOR_ABSENT");
  const wanted = await findWantedCase(deps, acting, playerId);
  if (!wanted.ok) return wanted;
  const { caseId, level } = wanted.value;
  const levelName = vendor.levelName(level);
  const known = await keepApplicant(deps, vendor, caseId, levelName);
  if (!known.ok) return known;
  const now = clock.now();
  const url = await vendor.openPage(formatId("kycCase", caseId), levelName, pageSeconds);
  if (!url.ok) return url;
  return ok({ level, url: url.value, expiresAt: new Date(now + pageSeconds * 1_000).toISOString() });
}

/** The case of the next level, opened where there is none. */
async function findWantedCase(
  deps: VendorDeps,
  acting: Acting,
  playerId: bigint,
): Promise<Result<{ readonly caseId: bigint; readonly level: VerifiedLevel }>> {
  const standing = await readStanding(deps.db, playerId);
  if (standing === undefined) return err("PLAYER_NOT_FOUND");
  const level = nextLevel(standing.kycLevel);
  if (level === null) return err("KYC_COMPLETE");
  const before = (await listPlayerCases(deps.db, playerId)).find((one) => one.level === level);
  if (before !== undefined) {
    if (stateAfter(before.state, "submit") === undefined) return err("CASE_STATE", "The case takes no document now.");
    return ok({ caseId: before.id, level });
  }
  return withAudit(deps.db, acting, async (tx, note) => {
    const raced = (await lockPlayerCases(tx, playerId)).find((one) => one.level === level);
    if ((await deps.players.profileKey(tx, playerId)) === undefined) return err("PLAYER_ERASED");
    const found = raced ?? (await openCase(tx, playerId, level, new Date(deps.clock.now())));
    note({
      action: "kyc.vendor_page",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: "Asked for by the player",
      after: { case: formatId("kycCase", found.id), level },
    });
    return ok({ caseId: found.id, level });
  });
}

/** The case's own id is the applicant's outside, so that no id of the player leaves the house. */
async function keepApplicant(
  { db, clock }: VendorDeps,
  vendor: KycVendor,
  caseId: bigint,
  levelName: string,
): Promise<Result<string>> {
  const known = await findApplicantOfCase(db, caseId);
  if (known !== undefined) return ok(known.applicant);
  const made = await vendor.openApplicant(formatId("kycCase", caseId), levelName);
  if (!made.ok) return made;
  const askAt = new Date(clock.now() + askAfterMs);
  await insertApplicant(db, { caseId, applicant: made.value, levelName, askAt });
  return made;
}
