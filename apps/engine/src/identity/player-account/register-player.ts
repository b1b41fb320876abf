/**
 * Opens an account that waits for its address to be proven. The answer is the same, and as late, whether the address
 * has an account or not: its owner learns by mail that somebody tried.
 */
import { mainBrand } from "@pitboss/domain/identity/brand";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { findCountryRule } from "@pitboss/db/identity/country-rule-store";
import { drawPlayerId, insertDrawnPlayer } from "@pitboss/db/identity/player-access";
import { setPlayerPassword } from "@pitboss/db/identity/player-credential-store";
import { findPlayerByEmail } from "@pitboss/db/identity/player-detail-store";
import { insertAttempt } from "@pitboss/db/identity/sign-in-records";
import type { RegisterPlayerBody } from "@pitboss/domain/identity/account-contract";
import { checkPassword } from "@pitboss/domain/identity/password-policy";
import { checkMayRegister, earliestDateAt } from "@pitboss/domain/identity/registration";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { askRegister, keepAnswer, refusalOf, type RegisterSaid } from "../../compliance/registers/ask-register.ts";
import { openGate } from "../../compliance/rg/open-gate.ts";
import { attributePlayer } from "../../reporting/affiliates/attribute-player.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { From } from "../sign-in/from.ts";
import { takeTurn } from "../sign-in/throttled.ts";
import { makeLink } from "./mail-links.ts";
import { playerActing, type PlayerDeps } from "./player-deps.ts";
import { isBrand } from "../brands.ts";
import { haveAccountMail, verifyMail } from "./player-mails.ts";
import { mailPlayer } from "./send-mail.ts";

/** Answers come no sooner than this after a registration is looked at; either way takes a fraction of it. */
const evenMs = 400;

export async function registerPlayer(deps: PlayerDeps, body: RegisterPlayerBody, from: From): Promise<Result<true>> {
  const { db, clock, players, passwords } = deps;
  if (!(await isBrand(db, body.brand))) return err("BRAND_NOT_FOUND");
  const rule = await findCountryRule(db, body.country, earliestDateAt(clock.now()));
  const allowed = checkMayRegister(body, rule, clock.now());
  if (!allowed.ok) return allowed;
  const personal = [body.email, body.firstName, body.lastName, body.nickname ?? ""];
  const strong = checkPassword("player", body.password, personal);
  if (!strong.ok) return strong;
  const turn = await takeTurn(deps, { kind: "player", step: "registration", account: "", ip: from.ip });
  if (!turn.ok) return turn;
  // Asked whether or not the address has an account, so that its answer tells nothing of that.
  const { password: _secret, country, nickname: _name, affiliate: _through, brand: _brand, ...data } = body;
  const said = await askRegister(deps, { country, data, playerId: null }, "REGISTRATION");
  const refused = said === undefined ? undefined : refusalOf(said, "REGISTRATION");
  if (said !== undefined && refused !== undefined) {
    await keepAnswer(db, clock.now(), { playerId: null, occasion: "REGISTRATION", said });
    return { ok: false, error: refused };
  }
  const [registered] = await Promise.all([open(), sleep(evenMs)]);
  return registered;

  async function open(): Promise<Result<true>> {
    const passwordHash = await passwords.hash(body.password);
    const owner = await findPlayerByEmail(db, await players.emailIndex(body.email));
    if (owner === undefined) return openAccount(deps, body, passwordHash, from, said);
    const { ip, userAgent } = from;
    await insertAttempt(db, { kind: "player", accountId: owner, ip, userAgent, outcome: "REGISTERED_AGAIN" });
    mailPlayer(deps, owner, haveAccountMail);
    return ok(true);
  }
}

async function openAccount(
  deps: PlayerDeps,
  { password: _secret, country, nickname, affiliate, brand, ...data }: RegisterPlayerBody,
  passwordHash: string,
  from: From,
  said: RegisterSaid | undefined,
): Promise<Result<true>> {
  const { db, clock, players, playerSite } = deps;
  const playerId = await drawPlayerId(db);
  const opened = await withAudit(db, playerActing(playerId, from), async (tx, note) => {
    await insertDrawnPlayer(tx, { id: playerId, nickname: nickname ?? inventNickname(), country, brand });
    await players.store(tx, playerId, data, "unproven");
    await setPlayerPassword(tx, playerId, passwordHash, new Date(clock.now()));
    const acting = playerActing(playerId, from);
    if (affiliate !== undefined) await attributePlayer(tx, note, { playerId, nowMs: clock.now(), ...affiliate });
    await openGate({ tx, note, acting, players, playerId, data, nowMs: clock.now() });
    if (said !== undefined) await keepAnswer(tx, clock.now(), { playerId, occasion: "REGISTRATION", said });
    note({
      action: "player.register",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: "Registered by the player",
      after: { country, brand: brand ?? mainBrand, emailVerified: false },
    });
    return ok(await makeLink(tx, deps, { playerId, purpose: "VERIFY_EMAIL" }));
  });
  if (!opened.ok) return opened;
  mailPlayer(deps, playerId, verifyMail(playerSite, opened.value, data));
  return ok(true);
}

function inventNickname(): string {
  return `player-${randomBytes(4).toString("hex")}`;
}
