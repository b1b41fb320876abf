/** Operators' tokens for players, and game sessions, for an operator's own front end and for game servers. */
import { randomBytes } from "node:crypto";
import { endGameSession, insertGameSession, insertPlayerToken } from "@pitboss/db/identity/player-access";
import type { Database } from "@pitboss/db/kernel/pool";
import { openSessionBody, sessionAnswer, tokenAnswer } from "@pitboss/domain/identity/access-contract";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { currencies, isCurrency } from "@pitboss/domain/wallet/currency";
import { z } from "zod";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import { barredFromPlay } from "../compliance/rg/barred-from-play.ts";
import { checkOwnPlayer, guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { readPlayerId } from "../gaming/read-command.ts";
import type { Clock } from "../kernel/context.ts";
import { type Authenticator, hashToken } from "./authenticate.ts";

/** Long enough for a visit's next minutes; a front end asks for a new one before it ends. */
const playerTokenMs = 15 * 60_000;
export const gameSessionMs = 4 * 60 * 60_000;

const tags = ["Players"];

export interface AccessRoutesContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly catalog: GameCatalog;
  readonly authenticator: Authenticator;
}

/** `prefix` tells a person which kind of secret leaked; the 32 random bytes are the secret. */
export function newToken(prefix: "pt" | "gt" | "mk"): string {
  return `${prefix}_${randomBytes(32).toString("base64url")}`;
}

export function registerAccessRoutes(server: TypedServer, context: AccessRoutesContext): void {
  const { db, clock, catalog, authenticator } = context;
  const managesPlayers = guard(authenticator, { machine: "players" });

  server.post(
    "/v1/players/:playerId/tokens",
    {
      onRequest: managesPlayers,
      config: { problems: ["ID_INVALID", "PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "Make a short-lived token for a player",
        description: "For the player's front end: it lasts for 15 minutes, and can do what the player can.",
        operationId: "createPlayerToken",
        params: z.object({ playerId: z.string().meta({ example: "p_123" }) }),
        response: { 201: tokenAnswer },
      },
    },
    async (request, reply) => {
      const playerId = readPlayerId(request.params.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, request.traceId);
      const token = newToken("pt");
      const expiresAt = new Date(clock.now() + playerTokenMs);
      const made = await insertPlayerToken(db, playerId.value, hashToken(token), expiresAt);
      if (!made) return sendProblem(reply, { code: "PLAYER_NOT_FOUND" }, request.traceId);
      return sendJson(reply, JSON.stringify({ token, expiresAt: expiresAt.toISOString() }), 201);
    },
  );

  server.post(
    "/v1/game-sessions",
    {
      onRequest: guard(authenticator, { player: true, machine: "sessions" }),
      config: {
        problems: [
          "ID_INVALID",
          "PLAYER_NOT_FOUND",
          "GAME_NOT_FOUND",
          "CURRENCY_UNKNOWN",
          "CURRENCY_MISMATCH",
          "SELF_EXCLUDED",
          "TIME_OUT_RUNNING",
          "KYC_LEVEL_TOO_LOW",
        ],
      },
      schema: {
        tags: ["Game sessions"],
        summary: "Open a game session",
        description: "Its token can bet for this player on this game alone.",
        operationId: "openGameSession",
        body: openSessionBody,
        response: { 201: sessionAnswer },
      },
    },
    async (request, reply) => {
      const { body, traceId } = request;
      const principal = principalOf(request);
      const playerId = readPlayerId(body.playerId);
      if (!playerId.ok) return sendProblem(reply, playerId.error, traceId);
      const own = checkOwnPlayer(principal, playerId.value);
      if (!own.ok) return sendProblem(reply, own.error, traceId);
      const game = catalog.byCode(body.gameId);
      if (game === undefined) return sendProblem(reply, { code: "GAME_NOT_FOUND" }, traceId);
      if (!isCurrency(body.currency)) return sendProblem(reply, { code: "CURRENCY_UNKNOWN" }, traceId);
      if (!game.limits.has(body.currency)) {
        return sendProblem(
          reply,
          { code: "CURRENCY_MISMATCH", detail: `This game is not played in ${body.currency}.` },
          traceId,
        );
      }
      const barred = await barredFromPlay(db, playerId.value, clock.now());
      if (barred !== undefined) return sendProblem(reply, barred, traceId);
      const token = newToken("gt");
      const expiresAt = new Date(clock.now() + gameSessionMs);
      const playerSessionId = principal.kind === "player" ? principal.playerSessionId : null;
      const sessionId = await insertGameSession(db, {
        playerId: playerId.value,
        gameId: game.id,
        currencyNumber: currencies[body.currency].number,
        tokenHash: hashToken(token),
        expiresAt,
        playerSessionId,
      });
      if (sessionId === undefined) {
        const code = playerSessionId === null ? "PLAYER_NOT_FOUND" : "SESSION_ENDED";
        return sendProblem(reply, { code }, traceId);
      }
      const answer = { sessionId: formatId("session", sessionId), token, expiresAt: expiresAt.toISOString() };
      return sendJson(reply, JSON.stringify(answer), 201);
    },
  );

  server.delete(
    "/v1/game-sessions/:sessionId",
    {
      onRequest: guard(authenticator, { player: true, machine: "sessions" }),
      config: { problems: ["SESSION_NOT_FOUND"] },
      schema: {
        tags: ["Game sessions"],
        summary: "End a game session",
        description: "Its token places no more bets; settlements of its open rounds still post.",
        operationId: "endGameSession",
        params: z.object({ sessionId: z.string().meta({ example: "gs_8c" }) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const id = parseId("session", request.params.sessionId);
      const principal = principalOf(request);
      const owner = principal.kind === "machine" ? undefined : principal.playerId;
      const tokenHash = id === undefined ? undefined : await endGameSession(db, id, owner);
      if (tokenHash !== undefined) authenticator.forget(tokenHash);
      else return sendProblem(reply, { code: "SESSION_NOT_FOUND" }, request.traceId);
      return reply.code(204).send(null);
    },
  );
}
