import { findTotp, takeTotpStep } from "@pitboss/db/identity/staff-factors";
import { matchTotp } from "@pitboss/domain/identity/totp";
import type { StaffDeps } from "../staff-deps.ts";

export function totpPlace(staffId: bigint): string {
  return `staff_totp:secret_sealed:${staffId}`;
}

/** Whether the code is right and new. It is used up by this. `unconfirmed` also takes one that is being set up. */
export async function takeTotpCode(
  deps: StaffDeps,
  staffId: bigint,
  code: string,
  which: "confirmed" | "unconfirmed",
): Promise<boolean> {
  const record = await findTotp(deps.db, staffId);
  if (record === undefined || (record.confirmedAt !== null) !== (which === "confirmed")) return false;
  const secret = await deps.vault.open("staff-secrets", totpPlace(staffId), record.secretSealed);
  const lastStep = record.lastStep === null ? null : Number(record.lastStep);
  const step = matchTotp(secret, code.replace(/\s/g, ""), deps.clock.now(), lastStep);
  return step !== undefined && takeTotpStep(deps.db, staffId, step);
}
