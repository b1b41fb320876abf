/** Second step: a code from the app, a passkey, or a recovery code. With it the session opens. */
import { insertAttempt } from "@pitboss/db/identity/sign-in-records";
import { findStaffCredentials } from "@pitboss/db/identity/staff-directory";
import {
  findChallenge,
  insertChallenge,
  setChallenge,
  takeChallenge,
  takeRecoveryCode,
} from "@pitboss/db/identity/staff-factors";
import { hashRecoveryCode } from "@pitboss/domain/identity/recovery-codes";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { AuthenticationResponseJSON, PublicKeyCredentialRequestOptionsJSON } from "@simplewebauthn/server";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { takeTotpCode } from "./check-totp.ts";
import { enteringAs, type From } from "./from.ts";
import { type OpenedSession, openSession } from "./open-session.ts";
import { checkPasskey, passkeyOptions } from "./passkeys.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { throttled } from "./throttled.ts";

const passkeyFlowMs = 5 * 60_000;

export type SecondFactorAnswer =
  | { readonly method: "TOTP" | "RECOVERY_CODE"; readonly code: string }
  | { readonly method: "PASSKEY"; readonly response: AuthenticationResponseJSON };

/** The challenge for a passkey: of a sign-in that is under way, or of one that begins with the passkey. */
export async function offerPasskey(
  deps: StaffDeps,
  flow: string | undefined,
): Promise<Result<{ readonly flow: string; readonly options: PublicKeyCredentialRequestOptionsJSON }>> {
  const now = new Date(deps.clock.now());
  if (flow !== undefined) {
    const found = await findChallenge(deps.db, hashSecret(flow), now);
    if (found?.purpose !== "SIGN_IN" || found.staffId === null) return err("SIGN_IN_ENDED");
    const options = await passkeyOptions(deps, found.staffId);
    await setChallenge(deps.db, hashSecret(flow), options.challenge);
    return ok({ flow, options });
  }
  const options = await passkeyOptions(deps, undefined);
  const fresh = newSecret("flow");
  await insertChallenge(deps.db, {
    hash: hashSecret(fresh),
    purpose: "PASSKEY_SIGN_IN",
    staffId: null,
    sessionId: null,
    challenge: options.challenge,
    expiresAt: new Date(now.getTime() + passkeyFlowMs),
  });
  return ok({ flow: fresh, options });
}

export async function giveSecondFactor(
  deps: StaffDeps,
  flow: string,
  answer: SecondFactorAnswer,
  from: From,
): Promise<Result<OpenedSession>> {
  const now = new Date(deps.clock.now());
  const hash = hashSecret(flow);
  const found = await findChallenge(deps.db, hash, now);
  if (found?.purpose !== "SIGN_IN" && found?.purpose !== "PASSKEY_SIGN_IN") return err("SIGN_IN_ENDED");
  const account = found.staffId === null ? `passkey ${flow}` : formatId("staff", found.staffId);
  const attempt = await throttled(deps, { kind: "staff", step: "factor", account, ip: from.ip }, () =>
    checkFactor(deps, found, answer),
  );
  if (!attempt.ok) return attempt;
  const staffId = attempt.value;
  const outcome = staffId === undefined ? "WRONG_FACTOR" : "SIGNED_IN";
  const accountId = staffId ?? found.staffId;
  await insertAttempt(deps.db, { kind: "staff", accountId, ip: from.ip, userAgent: from.userAgent, outcome });
  if (staffId === undefined) return err("FACTOR_WRONG");
  const person = await findStaffCredentials(deps.db, staffId);
  if (person?.status !== "ACTIVE") return err("SIGN_IN_WRONG");
  return withAudit(deps.db, enteringAs(formatId("staff", staffId), from), async (tx, note) => {
    if (!(await takeChallenge(tx, hash, now))) return err("SIGN_IN_ENDED");
    const opened = await openSession(tx, note, {
      staffId,
      channel: "console",
      secondFactor: answer.method,
      from,
      now,
    });
    return ok(opened);
  });
}

/** Who it was, or undefined where it was wrong. A flow of a password takes only that person's factors. */
async function checkFactor(
  deps: StaffDeps,
  flow: { readonly staffId: bigint | null; readonly challenge: string | null },
  answer: SecondFactorAnswer,
): Promise<bigint | undefined> {
  const { staffId, challenge } = flow;
  if (answer.method === "PASSKEY") {
    if (challenge === null) return undefined;
    const owner = await checkPasskey(deps, answer.response, challenge);
    return owner.ok && (staffId === null || owner.value === staffId) ? owner.value : undefined;
  }
  if (staffId === null) return undefined;
  const taken =
    answer.method === "TOTP"
      ? await takeTotpCode(deps, staffId, answer.code, "confirmed")
      : await takeRecoveryCode(deps.db, staffId, hashRecoveryCode(answer.code), new Date(deps.clock.now()));
  return taken ? staffId : undefined;
}
