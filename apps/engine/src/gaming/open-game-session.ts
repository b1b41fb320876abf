/** Opens a session on a game for a player, where the game can be played by them at all. */
import { randomBytes, randomUUID } from "node:crypto";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import { findCountry } from "@pitboss/db/identity/find-country";
import { insertGameSession } from "@pitboss/db/identity/player-access";
import type { Database } from "@pitboss/db/kernel/pool";
import { checkOffer } from "@pitboss/domain/catalog/check-offer";
import { checkLaunch } from "@pitboss/domain/catalog/choose-games";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { currencies, isCurrency } from "@pitboss/domain/wallet/currency";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import { barredFromPlay } from "../compliance/rg/barred-from-play.ts";
import { checkOwnPlayer } from "../edge/guard.ts";
import { hashToken, type Principal } from "../identity/authenticate.ts";
import type { Clock } from "../kernel/context.ts";
import { gateRulesVersion } from "@pitboss/domain/risk/gate";
import type { Packs } from "@pitboss/domain/risk/jurisdiction-pack";
import type { Position } from "@pitboss/domain/risk/geo-contract";
import { denyPlace } from "../risk/geo/deny-place.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import { readPlayerId } from "./read-command.ts";

export const gameSessionMs = 4 * 60 * 60_000;

/** What opening one can be refused with, for the documentation of the routes that do. */
export const openSessionProblems = [
  "ID_INVALID",
  "PLAYER_NOT_FOUND",
  "GAME_NOT_FOUND",
  "GAME_DISABLED",
  "COUNTRY_BANNED",
  "GAME_NOT_OFFERED",
  "CURRENCY_UNKNOWN",
  "CURRENCY_MISMATCH",
  "SELF_EXCLUDED",
  "TIME_OUT_RUNNING",
  "KYC_LEVEL_TOO_LOW",
  "LOCATION_NOT_ALLOWED",
  "REGISTER_UNAVAILABLE",
] as const;

interface OpenContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly catalog: GameCatalog;
  readonly geo: GeoLocator;
  readonly packs: () => Packs;
  /** Asks the register of self-excluded people that the player's jurisdiction names. */
  readonly askBeforePlay: (playerId: bigint, country: string) => Promise<Failure | undefined>;
}

interface Wanted {
  readonly playerId: string;
  readonly gameId: string;
  readonly currency: string;
  readonly device?: string | undefined;
  readonly position?: Position | undefined;
  /** Counts where somebody else asks for the player. */
  readonly ip?: string | undefined;
}

export interface OpenedSession {
  readonly sessionId: string;
  readonly token: string;
  readonly expiresAt: string;
}

export async function openGameSession(
  { db, clock, catalog, geo, packs, askBeforePlay }: OpenContext,
  principal: Principal,
  { gameId, currency, device, position, ...wanted }: Wanted,
  request: { readonly ip: string; readonly traceId: string },
): Promise<Result<OpenedSession>> {
  const playerId = readPlayerId(wanted.playerId);
  if (!playerId.ok) return playerId;
  const own = checkOwnPlayer(principal, playerId.value);
  if (!own.ok) return own;
  const game = catalog.byCode(gameId);
  if (game === undefined) return err("GAME_NOT_FOUND");
  if (!isCurrency(currency)) return err("CURRENCY_UNKNOWN");
  const country = await findCountry(db, playerId.value);
  if (country === undefined) return err("PLAYER_NOT_FOUND");
  const allowed = checkLaunch(game, { currency, device });
  if (!allowed.ok) return allowed;
  const offer = checkOffer(game, packs().of(country, clock.now()), country);
  if (offer !== undefined) {
    const { rule, code, inputs } = offer;
    const denial = { playerId: playerId.value, requestKey: randomUUID(), traceId: request.traceId, command: "launch" };
    await insertDenial(db, { ...denial, code, rule: `risk.${rule}`, ruleVersion: gateRulesVersion, inputs });
    return err(code, undefined, inputs);
  }
  const barred = await barredFromPlay(db, playerId.value, clock.now());
  if (barred !== undefined) return { ok: false, error: barred };
  // An operator's server asks for somebody else, from where the player is not.
  const ip = (principal.kind === "player" ? request.ip : wanted.ip) ?? null;
  const place =
    ip === null && position === undefined ? null : { ip, position, facts: await geo.look(ip, { position }) };
  const decided =
    place === null
      ? ok(null)
      : await denyPlace(db, {
          player: { id: playerId.value, country },
          place,
          requestKey: randomUUID(),
          traceId: request.traceId,
          atMs: clock.now(),
          occasion: "LAUNCH",
          command: "launch",
        });
  if (!decided.ok) return decided;
  const registered = await askBeforePlay(playerId.value, country);
  if (registered !== undefined) return { ok: false, error: registered };
  const token = `gt_${randomBytes(32).toString("base64url")}`;
  const expiresAt = new Date(clock.now() + gameSessionMs);
  const playerSessionId = principal.kind === "player" ? principal.playerSessionId : null;
  const sessionId = await insertGameSession(db, {
    playerId: playerId.value,
    gameId: game.id,
    currencyNumber: currencies[currency].number,
    tokenHash: hashToken(token),
    expiresAt,
    playerSessionId,
    geoDecisionId: decided.value,
  });
  // The sign-in that it was opened from was ended meanwhile.
  if (sessionId === undefined) return err(playerSessionId === null ? "PLAYER_NOT_FOUND" : "SESSION_ENDED");
  return ok({ sessionId: formatId("session", sessionId), token, expiresAt: expiresAt.toISOString() });
}
