/**
 * Signs a player in. An address that nobody has takes the same steps as one with a wrong password, the check of a
 * password included; that an account is locked or closed is said only to whoever has its password.
 */
import { noteSighting } from "@pitboss/db/risk/link-store";
import { findCountry } from "@pitboss/db/identity/find-country";
import { findKnownDevice, type KnownDevice } from "@pitboss/db/identity/known-device-store";
import { findCredentialByEmail, type PlayerCredential } from "@pitboss/db/identity/player-credential-store";
import { lockPlayerStatus } from "@pitboss/db/identity/player-directory";
import { insertAttempt } from "@pitboss/db/identity/sign-in-records";
import type { Executor } from "@pitboss/db/kernel/executor";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import { checkRegister } from "../../compliance/registers/ask-register.ts";
import type { From } from "../sign-in/from.ts";
import { hashSecret } from "../sign-in/secrets.ts";
import { throttled } from "../sign-in/throttled.ts";
import { issuePlayerTokens, type PlayerTokens } from "./issue-tokens.ts";
import { openPlayerSession } from "./open-player-session.ts";
import type { PlayerDeps } from "./player-deps.ts";
import { newDeviceMail } from "./player-mails.ts";
import { mailPlayer } from "./send-mail.ts";

export interface SignInRequest {
  readonly email: string;
  readonly password: string;
  readonly deviceToken?: string | undefined;
}

export interface SignedInPlayer extends PlayerTokens {
  readonly sessionId: string;
  readonly playerId: string;
  readonly deviceToken: string;
}

type Outcome = "WAIT" | "WRONG" | "LOCKED" | "CLOSED" | "SIGNED_IN";

export async function signInPlayer(
  deps: PlayerDeps,
  { email, password, deviceToken }: SignInRequest,
  from: From,
): Promise<Result<SignedInPlayer>> {
  const { db, players, passwords } = deps;
  const index = await players.emailIndex(email);
  const [found, shown] = await Promise.all([
    findCredentialByEmail(db, index),
    deviceToken === undefined ? undefined : findKnownDevice(db, hashSecret(deviceToken)),
  ]);
  const device = shown !== undefined && shown.playerId === found?.playerId ? shown : undefined;
  const door = {
    kind: "player",
    step: "password",
    account: index.toString("hex"),
    ip: from.ip,
    knownDevice: device?.id,
  } as const;
  const attempt = await throttled(deps, door, async () =>
    (await passwords.matches(password, found?.passwordHash)) ? found : undefined,
  );
  if (!attempt.ok) {
    await record(db, found, from, "WAIT");
    return attempt;
  }
  if (attempt.value === undefined) {
    await record(db, found, from, "WRONG");
    return err("SIGN_IN_WRONG");
  }
  const country = await findCountry(db, attempt.value.playerId);
  const kept =
    country === undefined ? undefined : await checkRegister(deps, attempt.value.playerId, country, "SIGN_IN");
  if (kept !== undefined) return { ok: false, error: kept };
  const known = device === undefined || deviceToken === undefined ? undefined : { device, token: deviceToken };
  // The secret of another account's device: it is not this player's, and says that one device is used by both.
  const foreign = shown !== undefined && device === undefined ? shown.id : undefined;
  return letIn(deps, attempt.value, known, foreign, from);
}

async function letIn(
  deps: PlayerDeps,
  credential: PlayerCredential,
  known: { readonly device: KnownDevice; readonly token: string } | undefined,
  foreign: bigint | undefined,
  from: From,
): Promise<Result<SignedInPlayer>> {
  const { playerId } = credential;
  const now = new Date(deps.clock.now());
  const entered = await deps.db.transaction(async (tx) => {
    // Under the lock: a player who is being locked right now is either seen as such, or has this session ended too.
    const kept = keptOut(await lockPlayerStatus(tx, playerId));
    await record(tx, credential, from, kept === undefined ? "SIGNED_IN" : kept.outcome);
    if (kept !== undefined) return err(kept.code);
    if (foreign !== undefined) await noteSighting(tx, foreign, playerId, now);
    return ok(await openPlayerSession(tx, playerId, known, from, now));
  });
  if (!entered.ok) return entered;
  const { sessionId, deviceToken, strange } = entered.value;
  if (strange) mailPlayer(deps, playerId, newDeviceMail);
  const tokens = await issuePlayerTokens(deps, { playerId, ...entered.value });
  return ok({
    sessionId: formatId("playerSession", sessionId),
    playerId: formatId("player", playerId),
    ...tokens,
    deviceToken,
  });
}

/** Why a player of this status gets no tokens. */
export function keptOut(
  status: PlayerStatus | undefined,
): { readonly outcome: Outcome; readonly code: Failure<"ACCOUNT_LOCKED" | "ACCOUNT_CLOSED">["code"] } | undefined {
  if (status === "ACTIVE") return undefined;
  return status === "BLOCKED"
    ? { outcome: "LOCKED", code: "ACCOUNT_LOCKED" }
    : { outcome: "CLOSED", code: "ACCOUNT_CLOSED" };
}

async function record(
  db: Executor,
  found: PlayerCredential | undefined,
  { ip, userAgent }: From,
  outcome: Outcome,
): Promise<void> {
  await insertAttempt(db, { kind: "player", accountId: found?.playerId ?? null, ip, userAgent, outcome });
}
