/** What a signed-in player changes with their password: the password itself, and the e-mail address. */
import { findCredentialOf, setPlayerPassword } from "@pitboss/db/identity/player-credential-store";
import { findPlayerByEmail } from "@pitboss/db/identity/player-detail-store";
import { findPlayerSession, revokePlayerSessions } from "@pitboss/db/identity/player-session-store";
import { checkPassword } from "@pitboss/domain/identity/password-policy";
import { maskPersonal } from "@pitboss/domain/identity/personal-data";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { withAudit } from "../../audit/with-audit.ts";
import type { From } from "../sign-in/from.ts";
import { takeTurn, throttled } from "../sign-in/throttled.ts";
import { makeLink } from "./mail-links.ts";
import type { OwnAccount } from "./own-sessions.ts";
import { playerActing, type PlayerDeps } from "./player-deps.ts";
import { changeEmailMail, haveAccountMail, passwordChangedMail } from "./player-mails.ts";
import { personalWords } from "./reset-password.ts";
import { mailAddress, mailPlayer } from "./send-mail.ts";

/** Ends every other session; how many. */
export async function changePlayerPassword(
  deps: PlayerDeps,
  own: OwnAccount,
  { currentPassword, newPassword }: { readonly currentPassword: string; readonly newPassword: string },
  from: From,
): Promise<Result<{ readonly ended: number }>> {
  const { db, clock } = deps;
  const { playerId, sessionId } = own;
  const proven = await provePassword(deps, own, currentPassword, from);
  if (!proven.ok) return proven;
  const strong = checkPassword("player", newPassword, await personalWords(deps, playerId));
  if (!strong.ok) return strong;
  const passwordHash = await deps.passwords.hash(newPassword);
  const done = await withAudit(db, playerActing(playerId, from, sessionId), async (tx, note) => {
    const now = new Date(clock.now());
    await setPlayerPassword(tx, playerId, passwordHash, now);
    const ended = await revokePlayerSessions(tx, playerId, now, "PASSWORD_CHANGED", sessionId ?? undefined);
    note({
      action: "player.change-password",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: "Changed by the player, with the old password",
      after: { endedSessions: ended },
    });
    return ok({ ended });
  });
  if (done.ok) mailPlayer(deps, playerId, passwordChangedMail);
  return done;
}

/**
 * Sends a mail to the new address, which is the player's once its link was used. Where it is another player's, that
 * one learns of it, and the answer is the same.
 */
export async function askEmailChange(
  deps: PlayerDeps,
  own: OwnAccount,
  { email, password }: { readonly email: string; readonly password: string },
  from: From,
): Promise<Result<true>> {
  const { db, players, playerSite } = deps;
  const { playerId, sessionId } = own;
  const proven = await provePassword(deps, own, password, from);
  if (!proven.ok) return proven;
  const index = await players.emailIndex(email);
  const turn = await takeTurn(deps, { kind: "player", step: "mail", account: index.toString("hex"), ip: from.ip });
  if (!turn.ok) return turn;
  const asked = await withAudit(db, playerActing(playerId, from, sessionId), async (tx, note) => {
    const newEmail = await players.sealNewEmail(tx, playerId, email);
    if (newEmail === undefined) return err("PLAYER_ERASED");
    note({
      action: "player.ask-email-change",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: "Asked for by the player, with the password",
      after: { email: maskPersonal("email", email) },
    });
    return ok(await makeLink(tx, deps, { playerId, purpose: "CHANGE_EMAIL", newEmail }));
  });
  if (!asked.ok) return asked;
  const owner = await findPlayerByEmail(db, index);
  if (owner !== undefined && owner !== playerId) mailPlayer(deps, owner, haveAccountMail);
  else mailAddress(deps, email, changeEmailMail(playerSite, asked.value));
  return ok(true);
}

/** Counted on the device where there is one, apart from sign-ins: whoever holds a token is not a stranger at the door. */
async function provePassword(
  { db, clock, passwords }: PlayerDeps,
  { playerId, sessionId }: OwnAccount,
  password: string,
  from: From,
): Promise<Result<true>> {
  const [credential, session] = await Promise.all([
    findCredentialOf(db, playerId),
    sessionId === null ? undefined : findPlayerSession(db, sessionId),
  ]);
  const door = {
    kind: "player",
    step: "password",
    account: formatId("player", playerId),
    ip: from.ip,
    knownDevice: session?.deviceId ?? undefined,
  } as const;
  const right = await throttled({ db, clock }, door, async () =>
    (await passwords.matches(password, credential?.passwordHash)) ? true : undefined,
  );
  if (!right.ok) return right;
  return right.value === true ? ok(true) : err("PASSWORD_WRONG");
}
