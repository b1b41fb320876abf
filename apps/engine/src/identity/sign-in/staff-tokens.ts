/**
 * Turns a session's secret into a token of five minutes, and a token back into whoever acts. Every call looks the
 * session up: one that was ended elsewhere, a role that was taken or a suspension holds at once.
 */
import { useMachineKey } from "@pitboss/db/identity/machine-key-store";
import { listUsableRoles } from "@pitboss/db/identity/role-network-store";
import { findSessionOwner, type SessionOwner, touchSession } from "@pitboss/db/identity/staff-session-store";
import { type SessionState, sessionLimits, sessionState } from "@pitboss/domain/identity/session-limits";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Actor, StaffActor } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { hashSecret } from "./secrets.ts";

/** A session's row is written at most this often while its person works. */
const touchEveryMs = 30_000;

export interface StaffToken {
  readonly token: string;
  /** Of the token. */
  readonly expiresAt: string;
  readonly session: {
    readonly sessionId: string;
    readonly channel: "console" | "cli";
    /** When it ends for want of use, unless something is done meanwhile. */
    readonly idleAt: string;
    /** When it ends in any case. */
    readonly endsAt: string;
  };
}

/** From where the session is used right now. */
interface Place {
  readonly ip: string | null;
  readonly userAgent: string | null;
}

/** `consoleProven`: the caller showed the console's key. Sessions of the console are worth nothing without it. */
export async function issueStaffToken(
  deps: StaffDeps,
  secret: string,
  place: Place,
  consoleProven: boolean,
): Promise<Result<StaffToken>> {
  const owner = await findSessionOwner(deps.db, { hash: hashSecret(secret) });
  if (owner === undefined || (owner.channel === "console" && !consoleProven)) return err("SESSION_ENDED");
  const actor = await readOwner(deps, owner, place);
  if (!actor.ok) return actor;
  const { token, expiresAt } = await deps.tokens.issue("STAFF", formatId("staff", owner.staffId), {
    sid: formatId("staffSession", owner.sessionId),
    ip: place.ip,
    ua: place.userAgent,
  });
  const limits = sessionLimits[limitsOf(owner)];
  return ok({
    token,
    expiresAt: expiresAt.toISOString(),
    session: {
      sessionId: formatId("staffSession", owner.sessionId),
      channel: owner.channel,
      idleAt: new Date(owner.lastSeenAt.getTime() + limits.idleMs).toISOString(),
      endsAt: new Date(owner.createdAt.getTime() + limits.absoluteMs).toISOString(),
    },
  });
}

export interface Caller {
  readonly authorization: string | undefined;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** A screen that refreshes itself must not keep a session alive that nobody sits at. */
  readonly background: boolean;
}

export async function findActor(deps: StaffDeps, caller: Caller): Promise<Result<Actor>> {
  const { authorization } = caller;
  if (authorization === undefined) return err("TOKEN_MISSING");
  const token = /^Bearer (\S{16,4096})$/.exec(authorization)?.[1];
  if (token === undefined) return err("TOKEN_INVALID");
  return token.startsWith("mk_") ? findMachine(deps, token, caller) : findStaffActor(deps, token, caller);
}

async function findMachine(deps: StaffDeps, key: string, { ip, userAgent }: Caller): Promise<Result<Actor>> {
  const machine = await useMachineKey(deps.db, hashSecret(key), ip, new Date(deps.clock.now()));
  if (machine === undefined) return err("TOKEN_INVALID");
  return ok({ kind: "machine", keyId: machine.id, name: machine.name, scopes: machine.scopes, ip, userAgent });
}

async function findStaffActor(deps: StaffDeps, token: string, { background }: Caller): Promise<Result<Actor>> {
  const verified = await deps.tokens.verify("STAFF", token);
  if (!verified.ok) return verified;
  const { sid, ip, ua } = verified.value;
  const sessionId = typeof sid === "string" ? parseId("staffSession", sid) : undefined;
  if (sessionId === undefined) return err("TOKEN_INVALID");
  const owner = await findSessionOwner(deps.db, { id: sessionId });
  if (owner === undefined || formatId("staff", owner.staffId) !== verified.value.sub) return err("TOKEN_INVALID");
  const place = { ip: typeof ip === "string" ? ip : null, userAgent: typeof ua === "string" ? ua : null };
  const actor = await readOwner(deps, owner, place);
  if (!actor.ok) return actor;
  if (!background) await touchSession(deps.db, owner.sessionId, new Date(deps.clock.now()), touchEveryMs);
  return actor;
}

const endings: Readonly<Record<Exclude<SessionState, "LIVE">, string>> = {
  IDLE: "Nothing was done in it for too long.",
  EXPIRED: "It reached its longest time.",
  REVOKED: "It was ended.",
};

async function readOwner(
  deps: StaffDeps,
  owner: SessionOwner,
  place: Place,
): Promise<Result<StaffActor, Failure<"SESSION_ENDED" | "ADDRESS_NOT_ALLOWED">>> {
  const state = sessionState(
    limitsOf(owner),
    {
      createdAtMs: owner.createdAt.getTime(),
      lastSeenAtMs: owner.lastSeenAt.getTime(),
      revoked: owner.revokedAt !== null || owner.status !== "ACTIVE",
    },
    deps.clock.now(),
  );
  if (state !== "LIVE") return err("SESSION_ENDED", endings[state], { state });
  const usable = await listUsableRoles(deps.db, owner.roles, place.ip);
  const roles = owner.roles.filter((role) => usable.has(role));
  if (roles.length === 0 && owner.roles.length > 0) return err("ADDRESS_NOT_ALLOWED");
  return ok({
    kind: "staff",
    staffId: owner.staffId,
    name: owner.name,
    email: owner.email,
    roles,
    sessionId: owner.sessionId,
    channel: owner.channel,
    secondFactorAtMs: owner.secondFactorAt.getTime(),
    ip: place.ip,
    userAgent: place.userAgent,
  });
}

function limitsOf({ channel }: SessionOwner): "staff" | "cli" {
  return channel === "cli" ? "cli" : "staff";
}
