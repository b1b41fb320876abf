/** A player's own limits, exclusions and the clock of their play. */
import {
  exclusionsAnswer,
  limitBody,
  limitsAnswer,
  reactivationBody,
  realityCheckBody,
  selfExclusionBody,
  sessionClockAnswer,
  timeOutBody,
} from "@pitboss/domain/compliance/rg-contract";
import type { ErrorCode } from "@pitboss/domain/kernel/errors";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { Result } from "@pitboss/domain/kernel/result";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { guard } from "../../edge/guard.ts";
import type { TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../../identity/authenticate.ts";
import { fromOf, ownAccountOf, sendPrivate } from "../../identity/player-account/account-request.ts";
import { playerActing } from "../../identity/player-account/player-deps.ts";
import { confirmLimit, setLimit, withdrawLimit } from "./change-limit.ts";
import { askReactivation, excludePlayer, type ExcludeDeps, type WantedExclusion } from "./exclude-player.ts";
import { seeRealityCheck, setRealityCheck, showSessionClock } from "./session-clock.ts";
import { showExclusions } from "./show-exclusions.ts";
import { showLimits } from "./show-limits.ts";

const tags = ["Responsible gaming"];
const limitParams = z.strictObject({ limitId: z.string().max(20).meta({ example: "lim_8c" }) });

type Guarded = ReturnType<typeof guard>;

export function registerRgRoutes(server: TypedServer, deps: ExcludeDeps, authenticator: Authenticator): void {
  const forOwner = guard(authenticator, { account: true });
  registerLimits(server, deps, forOwner);
  registerExclusions(server, deps, forOwner);
  registerClock(server, deps, forOwner);
}

function actingOf(request: FastifyRequest): { readonly playerId: bigint; readonly acting: Acting } {
  const { playerId, sessionId } = ownAccountOf(request);
  return { playerId, acting: playerActing(playerId, fromOf(request), sessionId) };
}

/** What was changed is answered with how everything stands now. */
async function answer<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  done: Result<unknown>,
  show: () => Promise<Result<T>>,
): Promise<FastifyReply> {
  return done.ok ? sendPrivate(reply, request, await show()) : sendProblem(reply, done.error, request.traceId);
}

function registerLimits(server: TypedServer, deps: ExcludeDeps, forOwner: Guarded): void {
  server.get(
    "/v1/limits",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "One's own limits",
        description: "Those that hold, with what is used of each; those of the law; and those that cool off.",
        operationId: "getLimits",
        response: { 200: limitsAnswer },
      },
    },
    async (request, reply) => sendPrivate(reply, request, await showLimits(deps, ownAccountOf(request).playerId)),
  );

  server.put(
    "/v1/limits",
    {
      onRequest: forOwner,
      config: {
        problems: ["PLAYER_NOT_FOUND", "AMOUNT_INVALID", "NOTHING_CHANGES", "LIMIT_ABOVE_LAW"],
      },
      schema: {
        tags,
        summary: "Set a limit",
        description:
          "A stricter one holds at once. A looser one, or none, cools off first and must then be confirmed; until then the old one holds. Asked for again, it replaces what waits.",
        operationId: "setLimit",
        body: limitBody,
        response: { 200: limitsAnswer },
      },
    },
    async (request, reply) => {
      const { playerId, acting } = actingOf(request);
      const done = await setLimit(deps, acting, playerId, request.body);
      return answer(request, reply, done, () => showLimits(deps, playerId));
    },
  );

  const byId = [
    [
      "post",
      "/v1/limits/:limitId/confirm",
      "confirmLimit",
      "Confirm a limit that has cooled off",
      "Between `readyAt` and `lapsesAt`; the new limit holds from then on.",
    ],
    ["delete", "/v1/limits/:limitId", "withdrawLimit", "Take back a limit that waits", "The limit that holds goes on."],
  ] as const;
  const problems: readonly ErrorCode[] = ["PLAYER_NOT_FOUND", "RECORD_NOT_FOUND", "LIMIT_NOT_READY", "LIMIT_LAPSED"];
  for (const [method, url, operationId, summary, description] of byId) {
    server[method](
      url,
      {
        onRequest: forOwner,
        config: { problems },
        schema: { tags, summary, description, operationId, params: limitParams, response: { 200: limitsAnswer } },
      },
      async (request, reply) => {
        const { playerId, acting } = actingOf(request);
        const id = parseId("limit", request.params.limitId);
        if (id === undefined) return sendProblem(reply, { code: "RECORD_NOT_FOUND" }, request.traceId);
        const change = method === "post" ? confirmLimit : withdrawLimit;
        const done = await change(deps, acting, playerId, id);
        return answer(request, reply, done, () => showLimits(deps, playerId));
      },
    );
  }
}

function registerExclusions(server: TypedServer, deps: ExcludeDeps, forOwner: Guarded): void {
  const exclude = async (
    request: FastifyRequest,
    reply: FastifyReply,
    wanted: WantedExclusion,
  ): Promise<FastifyReply> => {
    const { playerId, acting } = actingOf(request);
    const done = await excludePlayer(deps, acting, playerId, wanted);
    return answer(request, reply, done, () => showExclusions(deps, playerId));
  };

  server.get(
    "/v1/self-exclusion",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "What keeps one from play",
        description: "Exclusions, time-outs and panic, newest first, and what the jurisdiction allows.",
        operationId: "getExclusions",
        response: { 200: exclusionsAnswer },
      },
    },
    async (request, reply) => sendPrivate(reply, request, await showExclusions(deps, ownAccountOf(request).playerId)),
  );

  server.post(
    "/v1/self-exclusion",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND", "EXCLUSION_TOO_SHORT"] },
      schema: {
        tags,
        summary: "Exclude oneself",
        description:
          "At once, on all accounts of the person. No bets, no deposits, no games; withdrawals stay open. It does not end by itself.",
        operationId: "excludeSelf",
        body: selfExclusionBody,
        response: { 200: exclusionsAnswer },
      },
    },
    async (request, reply) => {
      const { days, reason = null } = request.body;
      return exclude(request, reply, { kind: "SELF_EXCLUSION", days, reason });
    },
  );

  server.post(
    "/v1/self-exclusion/reactivation",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND", "RECORD_NOT_FOUND", "EXCLUSION_RUNNING"] },
      schema: {
        tags,
        summary: "Ask for play again",
        description: "When the term has ended, or where there is none. A person answers, and then it cools off.",
        operationId: "askReactivation",
        body: reactivationBody,
        response: { 200: exclusionsAnswer },
      },
    },
    async (request, reply) => {
      const { playerId, acting } = actingOf(request);
      const done = await askReactivation(deps, acting, playerId, request.body.reason);
      return answer(request, reply, done, () => showExclusions(deps, playerId));
    },
  );

  server.post(
    "/v1/time-out",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND", "TIME_OUT_LENGTH"] },
      schema: {
        tags,
        summary: "Take a time-out",
        description: "At once, and for as long as was said; it ends by itself and can't be ended before.",
        operationId: "takeTimeOut",
        body: timeOutBody,
        response: { 200: exclusionsAnswer },
      },
    },
    async (request, reply) => exclude(request, reply, { kind: "TIME_OUT", hours: request.body.hours }),
  );

  server.post(
    "/v1/panic",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "The panic button",
        description: "No play for a day, at once and without a question.",
        operationId: "pressPanicButton",
        response: { 200: exclusionsAnswer },
      },
    },
    async (request, reply) => exclude(request, reply, { kind: "PANIC" }),
  );
}

function registerClock(server: TypedServer, deps: ExcludeDeps, forOwner: Guarded): void {
  const clockOf = (request: FastifyRequest) => () => showSessionClock(deps, ownAccountOf(request).playerId);

  server.get(
    "/v1/session-clock",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "How long one plays, and what came of it",
        description: "The newest session of play, told from the ledger, and when the next reality check is due.",
        operationId: "getSessionClock",
        response: { 200: sessionClockAnswer },
      },
    },
    async (request, reply) => sendPrivate(reply, request, await clockOf(request)()),
  );

  server.post(
    "/v1/session-clock/seen",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "Say that one has seen the clock",
        description: "Answers a reality check that is due: bets are taken again.",
        operationId: "seeSessionClock",
        response: { 200: sessionClockAnswer },
      },
    },
    async (request, reply) => {
      const { playerId, acting } = actingOf(request);
      return answer(request, reply, await seeRealityCheck(deps, acting, playerId), clockOf(request));
    },
  );

  server.put(
    "/v1/session-clock/reality-check",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "Set how often one is told",
        description: "The law's own interval stays where it is shorter.",
        operationId: "setRealityCheck",
        body: realityCheckBody,
        response: { 200: sessionClockAnswer },
      },
    },
    async (request, reply) => {
      const { playerId, acting } = actingOf(request);
      const done = await setRealityCheck(deps, acting, playerId, request.body.everyMinutes);
      return answer(request, reply, done, clockOf(request));
    },
  );
}
