/** The devices that a player signed in from, and the keys that anybody checks a player's token with. */
import { devicesAnswer, playerKeysAnswer } from "@pitboss/domain/identity/account-contract";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { guard } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../authenticate.ts";
import { fromOf, ownAccountOf, sendPrivate, signedInOf } from "./account-request.ts";
import { forgetOwnDevice, listOwnDevices } from "./own-sessions.ts";
import type { PlayerDeps } from "./player-deps.ts";

const tags = ["Sessions"];

export function registerDeviceRoutes(server: TypedServer, deps: PlayerDeps, authenticator: Authenticator): void {
  const forOwner = guard(authenticator, { account: true });

  server.get(
    "/v1/devices",
    {
      onRequest: forOwner,
      schema: {
        tags,
        summary: "One's own devices",
        description: "Browsers and apps that signed in and are known again, newest first, 100 at most.",
        operationId: "listDevices",
        response: { 200: devicesAnswer },
      },
    },
    async (request, reply) =>
      sendPrivate(reply, request, ok({ devices: await listOwnDevices(deps, ownAccountOf(request)) })),
  );

  server.delete(
    "/v1/devices/:deviceId",
    {
      onRequest: forOwner,
      config: { problems: ["RECORD_NOT_FOUND"] },
      schema: {
        tags,
        summary: "Forget a device",
        description: "Its sessions end, and the next sign-in from it is one from a new device.",
        operationId: "forgetDevice",
        params: z.object({ deviceId: z.string().meta({ example: "kd_4" }) }),
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const deviceId = parseId("knownDevice", request.params.deviceId);
      const own = signedInOf(request);
      if (!own.ok) return sendProblem(reply, own.error, request.traceId);
      if (deviceId === undefined) return sendProblem(reply, { code: "RECORD_NOT_FOUND" }, request.traceId);
      const forgotten = await forgetOwnDevice(deps, own.value, deviceId, fromOf(request));
      if (!forgotten.ok) return sendProblem(reply, forgotten.error, request.traceId);
      authenticator.forgetPlayer(own.value.playerId);
      return reply.code(204).send(null);
    },
  );

  server.get(
    "/.well-known/jwks.json",
    {
      schema: {
        tags,
        summary: "The public keys of players' access tokens",
        description:
          "EdDSA, issuer `pitboss`, audience `player`. A new key stands here for two minutes before it signs, and an old one until the last token that it signed is over.",
        operationId: "getPlayerKeys",
        response: { 200: playerKeysAnswer },
      },
    },
    async (_request, reply) => {
      reply.header("cache-control", "public, max-age=60");
      return sendJson(reply, JSON.stringify(await deps.ring.jwks("PLAYER")));
    },
  );
}
