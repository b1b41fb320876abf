/** Signing in, the next tokens, and ending what is open. */
import {
  endedAnswer,
  refreshBody,
  sessionsAnswer,
  signedInAnswer,
  signInBody,
  tokensAnswer,
} from "@pitboss/domain/identity/account-contract";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { guard } from "../../edge/guard.ts";
import type { TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../authenticate.ts";
import { fromOf, ownAccountOf, sendPrivate } from "./account-request.ts";
import { endOwnSession, endOwnSessions, listOwnSessions } from "./own-sessions.ts";
import type { PlayerDeps } from "./player-deps.ts";
import { refreshPlayerSession } from "./refresh-session.ts";
import { signInPlayer } from "./sign-in-player.ts";

const tags = ["Sessions"];

export function registerSessionRoutes(server: TypedServer, deps: PlayerDeps, authenticator: Authenticator): void {
  const forOwner = guard(authenticator, { account: true });

  server.post(
    "/v1/sessions",
    {
      config: {
        problems: ["SIGN_IN_WRONG", "SIGN_IN_WAIT", "ACCOUNT_LOCKED", "ACCOUNT_CLOSED", "REGISTER_UNAVAILABLE"],
      },
      schema: {
        tags,
        summary: "Sign in",
        description:
          "For players who registered and proved their address. The access token plays and reads for five minutes; the refresh token gives the next pair.",
        operationId: "signIn",
        body: signInBody,
        response: { 201: signedInAnswer },
      },
    },
    async (request, reply) => sendPrivate(reply, request, await signInPlayer(deps, request.body, fromOf(request)), 201),
  );

  server.post(
    "/v1/tokens/refresh",
    {
      config: { problems: ["TOKEN_INVALID", "SESSION_ENDED", "ACCOUNT_LOCKED", "ACCOUNT_CLOSED"] },
      schema: {
        tags,
        summary: "Exchange a refresh token for the next pair",
        description:
          "Once. Sent again within ten seconds, before the next one was used, it gets the same next one, so a lost answer costs nothing; any other second use counts as a theft and ends the session.",
        operationId: "refreshTokens",
        body: refreshBody,
        response: { 200: tokensAnswer },
      },
    },
    async (request, reply) =>
      sendPrivate(reply, request, await refreshPlayerSession(deps, request.body.refreshToken, fromOf(request))),
  );

  server.get(
    "/v1/sessions",
    {
      onRequest: forOwner,
      schema: {
        tags,
        summary: "One's own sessions that are open",
        description: "Newest first, 100 at most, with where each was last used.",
        operationId: "listSessions",
        response: { 200: sessionsAnswer },
      },
    },
    async (request, reply) =>
      sendPrivate(reply, request, ok({ sessions: await listOwnSessions(deps, ownAccountOf(request)) })),
  );

  server.delete(
    "/v1/sessions",
    {
      onRequest: forOwner,
      schema: {
        tags,
        summary: "Sign out everywhere",
        description: "Ends every session, with the games that were opened and the tokens that operators were given.",
        operationId: "endSessions",
        querystring: z.object({
          keepThis: z
            .enum(["true", "false"])
            .default("false")
            .meta({ description: "`true` leaves the session of the token that asks." }),
        }),
        response: { 200: endedAnswer },
      },
    },
    async (request, reply) => {
      const own = ownAccountOf(request);
      const ended = await endOwnSessions(deps, own, request.query.keepThis === "true", fromOf(request));
      if (ended.ok) authenticator.forgetPlayer(own.playerId);
      return sendPrivate(reply, request, ended);
    },
  );

  server.delete(
    "/v1/sessions/:sessionId",
    {
      onRequest: forOwner,
      config: { problems: ["SESSION_NOT_FOUND"] },
      schema: {
        tags,
        summary: "End one session",
        description: "One's own, by its id, or `current`. The games that were opened from it end too.",
        operationId: "endSession",
        params: z.object({ sessionId: z.string().meta({ example: "ps_8c" }) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const { sessionId: named } = request.params;
      const own = ownAccountOf(request);
      const ending = named === "current" ? own.sessionId : parseId("playerSession", named);
      if (ending == null) return sendProblem(reply, { code: "SESSION_NOT_FOUND" }, request.traceId);
      const ended = await endOwnSession(deps, own, ending, fromOf(request));
      if (!ended.ok) return sendProblem(reply, ended.error, request.traceId);
      authenticator.forgetPlayer(own.playerId);
      return reply.code(204).send(null);
    },
  );
}
