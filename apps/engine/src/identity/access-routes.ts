/** Operators' tokens for players, and game sessions, for an operator's own front end and for game servers. */
import { randomBytes } from "node:crypto";
import { endGameSession, insertPlayerToken } from "@pitboss/db/identity/player-access";
import type { Database } from "@pitboss/db/kernel/pool";
import { openSessionBody, sessionAnswer, tokenAnswer } from "@pitboss/domain/identity/access-contract";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { Packs } from "@pitboss/domain/risk/jurisdiction-pack";
import { z } from "zod";
import type { GameCatalog } from "../catalog/game-catalog.ts";
import { guard, principalOf } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { sendProblem } from "../edge/problem.ts";
import { openGameSession, openSessionProblems } from "../gaming/open-game-session.ts";
import { readPlayerId } from "../gaming/read-command.ts";
import type { Clock } from "../kernel/context.ts";
import type { GeoLocator } from "../risk/geo/geo-locator.ts";
import { type Authenticator, hashToken } from "./authenticate.ts";
import type { Failure } from "@pitboss/domain/kernel/result";

/** Long enough for a visit's next minutes; a front end asks for a new one before it ends. */
const playerTokenMs = 15 * 60_000;

const tags = ["Players"];

export interface AccessRoutesContext {
  readonly db: Database;
  readonly clock: Clock;
  readonly catalog: GameCatalog;
  readonly geo: GeoLocator;
  readonly packs: () => Packs;
  readonly authenticator: Authenticator;
  readonly askBeforePlay: (playerId: bigint, country: string) => Promise<Failure | undefined>;
}

/** `prefix` tells a person which kind of secret leaked; the 32 random bytes are the secret. */
export function newToken(prefix: "pt" | "mk"): string {
  return `${prefix}_${randomBytes(32).toString("base64url")}`;
}

export function registerAccessRoutes(server: TypedServer, context: AccessRoutesContext): void {
  const { db, clock, authenticator } = context;
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
      config: { problems: openSessionProblems },
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
      const opened = await openGameSession(context, principalOf(request), request.body, request);
      if (!opened.ok) return sendProblem(reply, opened.error, request.traceId);
      return sendJson(reply, JSON.stringify(opened.value), 201);
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
