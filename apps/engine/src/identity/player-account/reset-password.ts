/** A new password for who has the mailbox. What is asked for is looked for after the answer, which is always the same. */
import { insertKnownDevice } from "@pitboss/db/identity/known-device-store";
import { findLink, setPlayerPassword, takeLink } from "@pitboss/db/identity/player-credential-store";
import { findPlayerByEmail } from "@pitboss/db/identity/player-detail-store";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import { revokePlayerSessions } from "@pitboss/db/identity/player-session-store";
import { checkPassword } from "@pitboss/domain/identity/password-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { withAudit } from "../../audit/with-audit.ts";
import type { From } from "../sign-in/from.ts";
import { hashSecret, newSecret } from "../sign-in/secrets.ts";
import { takeTurn } from "../sign-in/throttled.ts";
import { makeLink } from "./mail-links.ts";
import { playerActing, type PlayerDeps } from "./player-deps.ts";
import { passwordChangedMail, resetMail } from "./player-mails.ts";
import { mailPlayer } from "./send-mail.ts";

export async function askPasswordReset(deps: PlayerDeps, email: string, from: From): Promise<Result<true>> {
  const { db, players, errands, playerSite } = deps;
  const index = await players.emailIndex(email);
  const turn = await takeTurn(deps, { kind: "player", step: "mail", account: index.toString("hex"), ip: from.ip });
  if (!turn.ok) return turn;
  errands.run("ask-password-reset", async () => {
    const playerId = await findPlayerByEmail(db, index);
    if (playerId === undefined) return;
    const secret = await makeLink(db, deps, { playerId, purpose: "RESET_PASSWORD" });
    mailPlayer(deps, playerId, resetMail(playerSite, secret));
  });
  return ok(true);
}

/**
 * Sets the password and ends every session. The device that it came from is known from here on, so that others' guesses,
 * which may be why a reset was needed, don't hold the next sign-in back: it shows the answer's device token.
 */
export async function resetPassword(
  deps: PlayerDeps,
  { token, password }: { readonly token: string; readonly password: string },
  from: From,
): Promise<Result<{ readonly deviceToken: string }>> {
  const { db, clock } = deps;
  const now = new Date(clock.now());
  const hash = hashSecret(token);
  const link = await findLink(db, hash, now);
  if (link?.purpose !== "RESET_PASSWORD") return err("LINK_INVALID");
  const { playerId } = link;
  // The link is still good after a password that is refused.
  const strong = checkPassword("player", password, await personalWords(deps, playerId));
  if (!strong.ok) return strong;
  const passwordHash = await deps.passwords.hash(password);
  const done = await withAudit(db, playerActing(playerId, from), async (tx, note) => {
    if (!(await takeLink(tx, hash, link, now))) return err("LINK_INVALID");
    await setPlayerPassword(tx, playerId, passwordHash, now);
    const ended = await revokePlayerSessions(tx, playerId, now, "PASSWORD_RESET");
    note({
      action: "player.reset-password",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: "Reset by the link in the mail",
      after: { endedSessions: ended },
    });
    const deviceToken = newSecret("playerDevice");
    const { ip, userAgent } = from;
    await insertKnownDevice(tx, { playerId, hash: hashSecret(deviceToken), ip, userAgent }, now);
    return ok({ deviceToken });
  });
  if (done.ok) mailPlayer(deps, playerId, passwordChangedMail);
  return done;
}

/** Words that must not stand in this player's password. */
export async function personalWords({ db, players }: PlayerDeps, playerId: bigint): Promise<string[]> {
  const [opened, record] = await Promise.all([players.open(db, playerId), findPlayer(db, playerId)]);
  const { email = "", firstName = "", lastName = "" } = opened.ok ? opened.value.data : {};
  return [email, firstName, lastName, record?.nickname ?? ""];
}
