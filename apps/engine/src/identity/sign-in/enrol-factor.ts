/**
 * Setting up a second factor: forced at the first sign-in, and at will on one's own account. The first one comes with
 * recovery codes.
 */
import { randomBytes } from "node:crypto";
import { findStaffCredentials } from "@pitboss/db/identity/staff-directory";
import {
  confirmTotp,
  findChallenge,
  findTotp,
  listPasskeys,
  offerTotp,
  replaceRecoveryCodes,
  setChallenge,
  takeChallenge,
} from "@pitboss/db/identity/staff-factors";
import type { Executor } from "@pitboss/db/kernel/executor";
import { encodeBase32 } from "@pitboss/domain/identity/base32";
import {
  formatRecoveryCode,
  hashRecoveryCode,
  recoveryCodeBytes,
  recoveryCodeCount,
} from "@pitboss/domain/identity/recovery-codes";
import { totpUri } from "@pitboss/domain/identity/totp";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { PublicKeyCredentialCreationOptionsJSON, RegistrationResponseJSON } from "@simplewebauthn/server";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { takeTotpCode, totpPlace } from "./check-totp.ts";
import { enteringAs, type From } from "./from.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { addPasskey, newPasskeyOptions } from "./passkeys.ts";
import { hashSecret } from "./secrets.ts";
import { throttled } from "./throttled.ts";

const totpSecretBytes = 20;

export interface TotpOffer {
  /** Base 32, for typing. */
  readonly secret: string;
  /** For a QR code. */
  readonly uri: string;
}

export interface Enrolled extends OpenedSession {
  /** Shown once. */
  readonly recoveryCodes: readonly string[];
}

/** A new secret that waits for its first code. */
export async function beginTotp(deps: StaffDeps, staffId: bigint): Promise<Result<TotpOffer>> {
  const person = await findStaffCredentials(deps.db, staffId);
  if (person === undefined) return err("STAFF_NOT_FOUND");
  const secret = randomBytes(totpSecretBytes);
  const sealed = await deps.vault.seal("staff-secrets", totpPlace(staffId), secret);
  if (!(await offerTotp(deps.db, staffId, sealed))) return err("FACTOR_EXISTS");
  return ok({ secret: encodeBase32(secret), uri: totpUri(secret, "Pitboss", person.email) });
}

/** New codes, in place of all older ones. */
export async function renewRecoveryCodes(tx: Executor, staffId: bigint): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodeCount }, () => formatRecoveryCode(randomBytes(recoveryCodeBytes)));
  await replaceRecoveryCodes(tx, staffId, codes.map(hashRecoveryCode));
  return codes;
}

export async function beginFlowTotp(deps: StaffDeps, flow: string): Promise<Result<TotpOffer>> {
  const found = await findEnrolment(deps, flow);
  return found.ok ? beginTotp(deps, found.value.staffId) : found;
}

export async function finishFlowTotp(
  deps: StaffDeps,
  flow: string,
  code: string,
  from: From,
): Promise<Result<Enrolled>> {
  const found = await findEnrolment(deps, flow);
  if (!found.ok) return found;
  const { staffId } = found.value;
  const door = { kind: "staff", step: "factor", account: formatId("staff", staffId), ip: from.ip } as const;
  const attempt = await throttled(deps, door, async () =>
    (await takeTotpCode(deps, staffId, code, "unconfirmed")) ? true : undefined,
  );
  if (!attempt.ok) return attempt;
  if (attempt.value === undefined) return err("FACTOR_WRONG");
  return finishEnrolment(deps, flow, staffId, "TOTP", from);
}

export async function beginFlowPasskey(
  deps: StaffDeps,
  flow: string,
): Promise<Result<{ readonly options: PublicKeyCredentialCreationOptionsJSON }>> {
  const found = await findEnrolment(deps, flow);
  if (!found.ok) return found;
  const person = await findStaffCredentials(deps.db, found.value.staffId);
  if (person === undefined) return err("SIGN_IN_ENDED");
  const options = await newPasskeyOptions(deps, person);
  await setChallenge(deps.db, hashSecret(flow), options.challenge);
  return ok({ options });
}

export async function finishFlowPasskey(
  deps: StaffDeps,
  flow: string,
  answer: { readonly response: RegistrationResponseJSON; readonly name: string },
  from: From,
): Promise<Result<Enrolled>> {
  const found = await findEnrolment(deps, flow);
  if (!found.ok) return found;
  const { staffId, challenge } = found.value;
  if (challenge === null) return err("SIGN_IN_ENDED");
  const added = await addPasskey(deps, staffId, { ...answer, challenge });
  if (!added.ok) return added;
  return finishEnrolment(deps, flow, staffId, "PASSKEY", from);
}

/** A flow may set a factor up only while there is none: otherwise a password would be enough to add one. */
async function findEnrolment(
  { db, clock }: StaffDeps,
  flow: string,
): Promise<Result<{ readonly staffId: bigint; readonly challenge: string | null }>> {
  const found = await findChallenge(db, hashSecret(flow), new Date(clock.now()));
  if (found?.purpose !== "SIGN_IN" || found.staffId === null) return err("SIGN_IN_ENDED");
  const [totp, passkeys] = await Promise.all([findTotp(db, found.staffId), listPasskeys(db, found.staffId)]);
  if (totp?.confirmedAt != null || passkeys.length > 0) return err("FACTOR_EXISTS");
  return ok({ staffId: found.staffId, challenge: found.challenge });
}

function finishEnrolment(
  deps: StaffDeps,
  flow: string,
  staffId: bigint,
  factor: "TOTP" | "PASSKEY",
  from: From,
): Promise<Result<Enrolled>> {
  const now = new Date(deps.clock.now());
  return withAudit(deps.db, enteringAs(formatId("staff", staffId), from), async (tx, note) => {
    if (!(await takeChallenge(tx, hashSecret(flow), now))) return err("SIGN_IN_ENDED");
    if (factor === "TOTP") await confirmTotp(tx, staffId, now);
    const recoveryCodes = await renewRecoveryCodes(tx, staffId);
    note({
      action: "factor.add",
      subject: { kind: "staff", id: formatId("staff", staffId) },
      after: { factor, recoveryCodes: recoveryCodes.length },
    });
    const opened = await openSession(tx, note, { staffId, channel: "console", secondFactor: factor, from, now });
    return ok({ ...opened, recoveryCodes });
  });
}
