/** Proves that an address is its player's: at registration, and when it is changed. */
import { findLink, type FoundLink, takeLink } from "@pitboss/db/identity/player-credential-store";
import { findPlayerByEmail, listUnprovenPlayers } from "@pitboss/db/identity/player-detail-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { maskPersonal } from "@pitboss/domain/identity/personal-data";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { withAudit } from "../../audit/with-audit.ts";
import type { From } from "../sign-in/from.ts";
import { hashSecret } from "../sign-in/secrets.ts";
import { takeTurn } from "../sign-in/throttled.ts";
import { makeLink } from "./mail-links.ts";
import { playerActing, type PlayerDeps } from "./player-deps.ts";
import { emailChangedMail, haveAccountMail, verifyMail } from "./player-mails.ts";
import { mailAddress, mailPlayer } from "./send-mail.ts";
import { isTakenMeanwhile } from "./taken-meanwhile.ts";

/** Accounts that wait with one address get a mail each, the newest ones; whose they are stands in it. */
const mailsMost = 3;

/** Sends the mail again. What is found is looked for after the answer. */
export async function resendVerification(deps: PlayerDeps, email: string, from: From): Promise<Result<true>> {
  const { db, players, errands, playerSite } = deps;
  const index = await players.emailIndex(email);
  const door = { kind: "player", step: "mail", account: index.toString("hex"), ip: from.ip } as const;
  const turn = await takeTurn(deps, door);
  if (!turn.ok) return turn;
  errands.run("resend-verification", async () => {
    const owner = await findPlayerByEmail(db, index);
    if (owner !== undefined) return mailPlayer(deps, owner, haveAccountMail);
    for (const playerId of await listUnprovenPlayers(db, await players.emailTerm(email), mailsMost)) {
      const opened = await players.open(db, playerId);
      if (!opened.ok) continue;
      const secret = await makeLink(db, deps, { playerId, purpose: "VERIFY_EMAIL" });
      mailPlayer(deps, playerId, verifyMail(playerSite, secret, opened.value.data));
    }
  });
  return ok(true);
}

/** Takes the token of a mail, of a registration or of a change of address. It works once. */
export async function confirmEmail(deps: PlayerDeps, token: string, from: From): Promise<Result<true>> {
  const { db, clock } = deps;
  const hash = hashSecret(token);
  const now = new Date(clock.now());
  const link = await findLink(db, hash, now);
  if (link === undefined || link.purpose === "RESET_PASSWORD") return err("LINK_INVALID");
  const { playerId } = link;
  const before = await deps.players.open(db, playerId);
  if (!before.ok) return err("LINK_INVALID");
  try {
    const done = await withAudit(db, playerActing(playerId, from), async (tx, note) => {
      if (!(await takeLink(tx, hash, link, now))) return err("LINK_INVALID");
      const change = await prove(deps, tx, link, before.value.data.email ?? "", now);
      if (change === undefined) return err("LINK_INVALID", "The address belongs to another account by now.");
      note({
        action: link.purpose === "VERIFY_EMAIL" ? "player.verify-email" : "player.change-email",
        subject: { kind: "player", id: formatId("player", playerId) },
        reason: "Proved by the link in the mail",
        ...change,
      });
      return ok(true as const);
    });
    const old = before.value.data.email;
    if (done.ok && link.purpose === "CHANGE_EMAIL" && old !== undefined) mailAddress(deps, old, emailChangedMail);
    return done;
  } catch (error) {
    if (isTakenMeanwhile(error)) return err("LINK_INVALID", "The address belongs to another account by now.");
    throw error;
  }
}

/** What changed, masked; undefined where the address is another player's. */
async function prove(
  { players }: PlayerDeps,
  tx: Transaction,
  { playerId, newEmail }: FoundLink,
  old: string,
  now: Date,
): Promise<{ readonly before: JsonObject; readonly after: JsonObject } | undefined> {
  if (newEmail === null) {
    const proven = await players.proveEmail(tx, playerId, now);
    return proven ? { before: { emailVerified: false }, after: { emailVerified: true } } : undefined;
  }
  const email = await players.openNewEmail(tx, playerId, newEmail);
  if (email === undefined || !(await players.proveEmail(tx, playerId, now, email))) return undefined;
  return { before: { email: maskPersonal("email", old) }, after: { email: maskPersonal("email", email) } };
}
