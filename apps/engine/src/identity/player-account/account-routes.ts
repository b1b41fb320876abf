/** A signed-in player's own account. */
import {
  changeEmailBody,
  changePasswordBody,
  endedAnswer,
  mailAnswer,
  profileAnswer,
} from "@pitboss/domain/identity/account-contract";
import { guard } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../authenticate.ts";
import { fromOf, ownAccountOf, sendPrivate, signedInOf } from "./account-request.ts";
import { askEmailChange, changePlayerPassword } from "./change-secrets.ts";
import type { PlayerDeps } from "./player-deps.ts";
import { showOwnProfile } from "./show-own-profile.ts";

const tags = ["Accounts"];

export function registerAccountRoutes(server: TypedServer, deps: PlayerDeps, authenticator: Authenticator): void {
  const forOwner = guard(authenticator, { account: true });

  server.get(
    "/v1/players/me",
    {
      onRequest: forOwner,
      config: { problems: ["PLAYER_NOT_FOUND"] },
      schema: {
        tags,
        summary: "One's own profile",
        description: "What the house knows about the player of the token.",
        operationId: "getOwnProfile",
        response: { 200: profileAnswer },
      },
    },
    async (request, reply) => sendPrivate(reply, request, await showOwnProfile(deps, ownAccountOf(request).playerId)),
  );

  server.put(
    "/v1/players/me/password",
    {
      onRequest: forOwner,
      config: { problems: ["PASSWORD_WRONG", "PASSWORD_WEAK", "SIGN_IN_WAIT"] },
      schema: {
        tags,
        summary: "Change one's password",
        description: "Takes the current one. Every other session ends.",
        operationId: "changePassword",
        body: changePasswordBody,
        response: { 200: endedAnswer },
      },
    },
    async (request, reply) => {
      const own = signedInOf(request);
      if (!own.ok) return sendProblem(reply, own.error, request.traceId);
      const changed = await changePlayerPassword(deps, own.value, request.body, fromOf(request));
      if (changed.ok) authenticator.forgetPlayer(own.value.playerId);
      return sendPrivate(reply, request, changed);
    },
  );

  server.put(
    "/v1/players/me/email",
    {
      onRequest: forOwner,
      config: { problems: ["PASSWORD_WRONG", "SIGN_IN_WAIT", "PLAYER_ERASED"] },
      schema: {
        tags,
        summary: "Change one's e-mail address",
        description: "Takes the password. The new address holds once the token of the mail to it was used.",
        operationId: "changeEmail",
        body: changeEmailBody,
        response: { 202: mailAnswer },
      },
    },
    async (request, reply) => {
      const own = signedInOf(request);
      if (!own.ok) return sendProblem(reply, own.error, request.traceId);
      const asked = await askEmailChange(deps, own.value, request.body, fromOf(request));
      if (!asked.ok) return sendProblem(reply, asked.error, request.traceId);
      return sendJson(reply, JSON.stringify({ next: "CHECK_MAIL" }), 202);
    },
  );
}
