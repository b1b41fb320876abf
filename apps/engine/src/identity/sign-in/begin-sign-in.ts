/** First step: e-mail and password. What comes back is a flow that waits for the second factor, or for setting one up. */
import { insertAttempt } from "@pitboss/db/identity/sign-in-records";
import { findStaffByEmail, type StaffCredentials } from "@pitboss/db/identity/staff-directory";
import { findTotp, insertChallenge, listPasskeys } from "@pitboss/db/identity/staff-factors";
import { normaliseEmail } from "@pitboss/domain/identity/search-terms";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { verifyNothing, verifyPassword } from "../keys/password-hash.ts";
import type { StaffDeps } from "../staff-deps.ts";
import type { From } from "./from.ts";
import { hashSecret, newSecret } from "./secrets.ts";
import { throttled } from "./throttled.ts";

/** From the password to the second factor, ms. */
const flowMs = 10 * 60_000;

export interface SignInFlow {
  readonly flow: string;
  /** ENROL: there is no second factor yet, and nobody gets in without one. */
  readonly next: "SECOND_FACTOR" | "ENROL";
  readonly methods: readonly ("TOTP" | "PASSKEY" | "RECOVERY_CODE")[];
  readonly expiresAt: string;
}

export async function beginSignIn(
  deps: StaffDeps,
  credentials: { readonly email: string; readonly password: string },
  from: From,
): Promise<Result<SignInFlow>> {
  const email = normaliseEmail(credentials.email);
  const found = await findStaffByEmail(deps.db, email);
  const attempt = await throttled(deps, { kind: "staff", step: "password", account: email, ip: from.ip }, () =>
    checkStaffPassword(found, credentials.password),
  );
  const outcome = !attempt.ok ? "WAIT" : attempt.value === undefined ? "WRONG" : "PASSWORD";
  await insertAttempt(deps.db, {
    kind: "staff",
    accountId: found?.id ?? null,
    ip: from.ip,
    userAgent: from.userAgent,
    outcome,
  });
  if (!attempt.ok) return attempt;
  if (attempt.value === undefined) return err("SIGN_IN_WRONG");
  return ok(await offerFlow(deps, attempt.value.id));
}

/** Only who is active gets on; for everybody else it takes the time of a check and says the same. */
async function checkStaffPassword(
  found: StaffCredentials | undefined,
  password: string,
): Promise<StaffCredentials | undefined> {
  if (found?.passwordHash == null || found.status !== "ACTIVE") {
    await verifyNothing(password);
    return undefined;
  }
  return (await verifyPassword(password, found.passwordHash)) ? found : undefined;
}

export async function offerFlow({ db, clock }: StaffDeps, staffId: bigint): Promise<SignInFlow> {
  const [totp, passkeys] = await Promise.all([findTotp(db, staffId), listPasskeys(db, staffId)]);
  const methods: SignInFlow["methods"][number][] = [];
  if (passkeys.length > 0) methods.push("PASSKEY");
  if (totp?.confirmedAt != null) methods.push("TOTP");
  const flow = newSecret("flow");
  const expiresAt = new Date(clock.now() + flowMs);
  await insertChallenge(db, {
    hash: hashSecret(flow),
    purpose: "SIGN_IN",
    staffId,
    sessionId: null,
    challenge: null,
    expiresAt,
  });
  return {
    flow,
    next: methods.length > 0 ? "SECOND_FACTOR" : "ENROL",
    methods: methods.length > 0 ? [...methods, "RECOVERY_CODE"] : [],
    expiresAt: expiresAt.toISOString(),
  };
}
