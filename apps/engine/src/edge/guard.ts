/** Checks the token before the body is read, and leaves the principal on the request. */
import { err, type Failure, type Result } from "@pitboss/domain/kernel/result";
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from "fastify";
import type { Authenticator, Principal } from "../identity/authenticate.ts";
// Says that a request has a trace id, also to clients that see this file through the router's type alone.
import type {} from "./http-server.ts";
import { sendProblem } from "./problem.ts";

declare module "fastify" {
  interface FastifyRequest {
    principal?: Principal;
  }
}

/** What a machine key may be allowed to do; a key without a scope can do nothing. */
export const machineScopes = [
  "bets",
  "settlements",
  "wallets:read",
  "wallets:convert",
  "deposits",
  "payouts",
  "players",
  "sessions",
  "demo:deposits",
] as const;
export type MachineScope = (typeof machineScopes)[number];

export interface GuardRules {
  /** Machine keys with this scope pass. */
  readonly machine?: MachineScope;
  /** Players and game sessions pass; what they may touch is checked against their own id. */
  readonly player?: boolean;
  /** Players pass for their own account, which a game session's token says nothing about. */
  readonly account?: boolean;
  /** Whoever shows no token passes without being anybody; a token that is shown must be good. */
  readonly open?: boolean;
}

const rulesOfHooks = new WeakMap<object, GuardRules>();

/** The rules behind a route's hook, so that its documentation says who may call it. */
export function guardRulesOf(hook: unknown): GuardRules | undefined {
  return typeof hook === "function" ? rulesOfHooks.get(hook) : undefined;
}

type Hook = (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction) => void;

/** A hook in callback form: where the token is remembered, no promise is made on the way of a bet. */
export function guard(authenticator: Authenticator, rules: GuardRules): Hook {
  const hook: Hook = (request, reply, done) => {
    if (rules.open === true && request.headers.authorization === undefined) {
      done();
      return;
    }
    const settle = (result: Result<Principal>): void => {
      const failure = result.ok ? mayPass(result.value, rules) : result.error;
      if (failure !== undefined) sendProblem(reply, failure, request.traceId);
      else {
        if (result.ok) request.principal = result.value;
        done();
      }
    };
    const result = authenticator.authenticate(request.headers.authorization);
    if (!(result instanceof Promise)) {
      settle(result);
      return;
    }
    result.then(settle, (error: unknown) => {
      request.log.warn({ err: error }, "a token could not be looked up");
      sendProblem(reply, { code: "DATABASE_UNAVAILABLE" }, request.traceId);
    });
  };
  rulesOfHooks.set(hook, rules);
  return hook;
}

function mayPass(principal: Principal, rules: GuardRules): Failure | undefined {
  if (principal.kind === "player" && rules.account === true) return undefined;
  if (principal.kind !== "machine") return rules.player === true ? undefined : { code: "NOT_ALLOWED" };
  if (rules.machine === undefined) return { code: "NOT_ALLOWED" };
  if (principal.scopes.includes(rules.machine)) return undefined;
  return { code: "NOT_ALLOWED", detail: `The key lacks the scope "${rules.machine}".` };
}

export function principalOf(request: FastifyRequest): Principal {
  if (request.principal === undefined) throw new Error("the route has a guard");
  return request.principal;
}

/** A player's own token names its player; a machine must say whom it means. */
export function checkOwnPlayer(principal: Principal, playerId: bigint): Result<true> {
  if (principal.kind === "machine" || principal.playerId === playerId) return { ok: true, value: true };
  return err("NOT_ALLOWED", "The token belongs to another player.");
}

/** A player sees bets of his own, a provider's key those of its games, other keys all. */
export function maySeeBet(
  principal: Principal,
  bet: { readonly playerId: bigint; readonly providerId: number },
): boolean {
  if (principal.kind !== "machine") return principal.playerId === bet.playerId;
  return principal.providerId === null || principal.providerId === bet.providerId;
}
