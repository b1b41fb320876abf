/** Opening an account: by an operator's key, or by the player, whose address is then proven. */
import { isBrand } from "../brands.ts";
import { insertPlayer } from "@pitboss/db/identity/player-access";
import { createPlayerAnswer, createPlayerBody } from "@pitboss/domain/identity/access-contract";
import {
  addressBody,
  linkBody,
  mailAnswer,
  registerPlayerBody,
  resetAnswer,
  resetPasswordBody,
} from "@pitboss/domain/identity/account-contract";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import type { FastifySchemaCompiler } from "fastify";
import { validatorCompiler } from "fastify-type-provider-zod";
import { z } from "zod";
import { guard } from "../../edge/guard.ts";
import { sendJson, type TypedServer } from "../../edge/http-server.ts";
import { sendProblem } from "../../edge/problem.ts";
import type { Authenticator } from "../authenticate.ts";
import { fromOf, sendPrivate } from "./account-request.ts";
import type { PlayerDeps } from "./player-deps.ts";
import { registerPlayer } from "./register-player.ts";
import { askPasswordReset, resetPassword } from "./reset-password.ts";
import { confirmEmail, resendVerification } from "./verify-email.ts";

const newPlayerBody = z.union([registerPlayerBody, createPlayerBody]).meta({
  id: "NewPlayer",
  examples: [
    {
      email: "ada@example.com",
      password: "violet kettle orbit lantern",
      firstName: "Ada",
      lastName: "Borg",
      birthDate: "1990-04-05",
      address: "1 Mill Lane, Valletta",
      country: "MT",
    },
    { nickname: "ada", country: "MT" },
  ],
});

const checkMail = JSON.stringify({ next: "CHECK_MAIL" });
const tags = ["Accounts"];

export function registerRegistrationRoutes(server: TypedServer, deps: PlayerDeps, authenticator: Authenticator): void {
  server.post(
    "/v1/players",
    {
      onRequest: guard(authenticator, { machine: "players", open: true }),
      validatorCompiler: whicheverItIs,
      config: {
        problems: [
          "COUNTRY_CLOSED",
          "AGE_TOO_LOW",
          "PASSWORD_WEAK",
          "SIGN_IN_WAIT",
          "SELF_EXCLUDED",
          "REGISTER_UNAVAILABLE",
        ],
      },
      schema: {
        tags: ["Players"],
        summary: "Open an account",
        description:
          "Without a token, a player registers: the answer is the same whether the address has an account or not, and a mail brings the next step. With an operator's key (and `CreatePlayer`), a player is made who has no sign-in of their own: the operator vouches for who they are.",
        operationId: "createPlayer",
        body: newPlayerBody,
        response: { 201: createPlayerAnswer, 202: mailAnswer },
      },
    },
    async (request, reply) => {
      const { body, principal, traceId } = request;
      if (principal === undefined) {
        if (!("email" in body)) return sendProblem(reply, { code: "TOKEN_MISSING" }, traceId);
        const registered = await registerPlayer(deps, body, fromOf(request));
        if (!registered.ok) return sendProblem(reply, registered.error, traceId);
        return sendJson(reply, checkMail, 202);
      }
      if ("email" in body) {
        const detail = "Players register without a token; an operator's key makes players by nickname and country.";
        return sendProblem(reply, { code: "REQUEST_INVALID", detail }, traceId);
      }
      if (!(await isBrand(deps.db, body.brand))) return sendProblem(reply, { code: "BRAND_NOT_FOUND" }, traceId);
      const id = await insertPlayer(deps.db, body);
      return sendJson(reply, JSON.stringify({ playerId: formatId("player", id) }), 201);
    },
  );

  server.post(
    "/v1/email-verifications",
    {
      config: { problems: ["SIGN_IN_WAIT"] },
      schema: {
        tags,
        summary: "Send the mail again that proves an address",
        description: "Earlier mails stay good until one of them is used.",
        operationId: "resendVerification",
        body: addressBody,
        response: { 202: mailAnswer },
      },
    },
    async (request, reply) => {
      const sent = await resendVerification(deps, request.body.email, fromOf(request));
      return sent.ok ? sendJson(reply, checkMail, 202) : sendProblem(reply, sent.error, request.traceId);
    },
  );

  server.post(
    "/v1/email-verifications/confirm",
    {
      config: { problems: ["LINK_INVALID"] },
      schema: {
        tags,
        summary: "Prove an address with the token of the mail",
        description: "Of a registration, or of a change of address. A token works once, and for a day.",
        operationId: "confirmEmail",
        body: linkBody,
        response: { 204: z.null() },
      },
    },
    async (request, reply) => {
      const proven = await confirmEmail(deps, request.body.token, fromOf(request));
      return proven.ok ? reply.code(204).send(null) : sendProblem(reply, proven.error, request.traceId);
    },
  );

  server.post(
    "/v1/password-resets",
    {
      config: { problems: ["SIGN_IN_WAIT"] },
      schema: {
        tags,
        summary: "Ask for a new password",
        description: "A mail goes to the address where an account has it; the answer does not tell.",
        operationId: "askPasswordReset",
        body: addressBody,
        response: { 202: mailAnswer },
      },
    },
    async (request, reply) => {
      const asked = await askPasswordReset(deps, request.body.email, fromOf(request));
      return asked.ok ? sendJson(reply, checkMail, 202) : sendProblem(reply, asked.error, request.traceId);
    },
  );

  server.post(
    "/v1/password-resets/confirm",
    {
      config: { problems: ["LINK_INVALID", "PASSWORD_WEAK"] },
      schema: {
        tags,
        summary: "Set a new password with the token of the mail",
        description: "Ends every session. A token works once, and for half an hour; sign in with the device token.",
        operationId: "resetPassword",
        body: resetPasswordBody,
        response: { 200: resetAnswer },
      },
    },
    async (request, reply) => {
      const reset = await resetPassword(deps, request.body, fromOf(request));
      return sendPrivate(reply, request, reset.ok ? ok(reset.value) : reset);
    },
  );
}

/** A refusal names the field that is wrong, which a check against either of two schemas could not. */
const whicheverItIs: FastifySchemaCompiler<unknown> = (route) => {
  const registers = validatorCompiler({ ...route, schema: registerPlayerBody });
  const vouched = validatorCompiler({ ...route, schema: createPlayerBody });
  return (body: unknown) => {
    const fields = body !== null && typeof body === "object" ? body : {};
    const byOperator = "nickname" in fields && !("email" in fields) && !("password" in fields);
    return (byOperator ? vouched : registers)(body);
  };
};
