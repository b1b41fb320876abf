/** Placing bets, one or many in a request. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { placeAnswer, placeBody, placeBulkAnswer, placeBulkBody } from "@pitboss/domain/gaming/contract";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import type { z } from "zod";
import { checkOwnPlayer, guard } from "../edge/guard.ts";
import { sendJson, type TypedServer } from "../edge/http-server.ts";
import { problemOf, sendProblem } from "../edge/problem.ts";
import { placeProblems } from "../edge/route-problems.ts";
import type { BetRoutesContext } from "./bet-routes.ts";
import { factsOfBet } from "../risk/geo/facts-of-bet.ts";
import { createDeviceMemory, readPlace, type Sender } from "./read-command.ts";
import { sendSubmitted, senderOf } from "./send-answer.ts";
import { submitCommand } from "./submit-command.ts";

const tags = ["Bets"];

export function registerPlaceRoutes(server: TypedServer, context: BetRoutesContext): void {
  const { authenticator, catalog, geo } = context;
  const devices = createDeviceMemory(200_000);
  const canPlace = guard(authenticator, { player: true, machine: "bets" });

  const readOnePlace = (body: z.infer<typeof placeBody>, sender: Sender): Result<Envelope> => {
    const read = readPlace(body, sender, catalog, devices);
    if (!read.ok) return read;
    const { command } = read.value;
    const own = checkOwnPlayer(sender.principal, command.playerId);
    if (!own.ok) return own;
    const told = sender.device ?? body.device;
    if (told === undefined) return read;
    return ok({ ...read.value, command: { ...command, geo: factsOfBet(geo, sender.principal, told.ip, body.device) } });
  };

  // The brief's own address, without a version, stays open beside the versioned one.
  for (const url of ["/v1/bets/place", "/bets/place"]) {
    server.post(
      url,
      {
        onRequest: canPlace,
        config: { problems: placeProblems },
        schema: {
          tags,
          summary: url === "/v1/bets/place" ? "Place a bet" : "Place a bet, at the address without a version",
          description: "Takes the stake into a hold. The same request id gets its first answer again.",
          operationId: url === "/v1/bets/place" ? "placeBet" : "placeBetUnversioned",
          body: placeBody,
          response: { 200: placeAnswer },
        },
      },
      async (request, reply) => {
        const read = readOnePlace(request.body, senderOf(request));
        if (!read.ok) return sendProblem(reply, read.error, request.traceId);
        return sendSubmitted(reply, await submitCommand(context, read.value));
      },
    );
  }

  server.post(
    "/v1/bets/place-bulk",
    {
      onRequest: canPlace,
      schema: {
        tags,
        summary: "Place up to 100 bets",
        description: "Each is decided on its own: one that is refused takes nothing from the others.",
        operationId: "placeBets",
        body: placeBulkBody,
        response: { 200: placeBulkAnswer },
      },
    },
    async (request, reply) => {
      const sender = senderOf(request);
      const bodies = await Promise.all(request.body.bets.map((raw) => placeOneOfMany(raw, sender)));
      return sendJson(reply, `{"answers":[${bodies.join(",")}]}`);
    },
  );

  async function placeOneOfMany(raw: unknown, sender: Sender): Promise<string> {
    const parsed = placeBody.safeParse(raw);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      const detail = issue === undefined ? "" : `${issue.path.join(".")}: ${issue.message}`;
      return JSON.stringify(problemOf({ code: "REQUEST_INVALID", detail }, sender.traceId));
    }
    const read = readOnePlace(parsed.data, sender);
    if (!read.ok) return JSON.stringify(problemOf(read.error, sender.traceId));
    const submitted = await submitCommand(context, read.value);
    return submitted.ok ? submitted.body : JSON.stringify(problemOf(submitted.failure, submitted.traceId));
  }
}
