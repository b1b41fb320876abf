/**
 * Who sends a request. A token is checked once and then known by its hash, because asking the database on each bet would
 * cost more than the bet: opaque tokens are looked up by their SHA-256, a player's access token has its signature
 * verified and its session looked up. What was revoked is asked for once a second (`watch-revocations.ts`), so what is
 * remembered is at most that old; where the database can't be asked, nothing is trusted for longer than `trustMs`.
 */
import { hash } from "node:crypto";
import type { Database } from "@pitboss/db/kernel/pool";
import { type Credential, findCredential } from "@pitboss/db/identity/find-credential";
import { findPlayerSession } from "@pitboss/db/identity/player-session-store";
import type { Revocations } from "@pitboss/db/identity/revocation-store";
import { sessionLimits } from "@pitboss/domain/identity/session-limits";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Clock } from "../kernel/context.ts";
import type { AccessTokens } from "./keys/access-tokens.ts";

export type Principal = Credential & {
  /** Request ids are unique within this scope. */
  readonly scope: string;
};

export interface Authenticator {
  /** The principal where it is remembered; otherwise a promise of it. Fast paths check for the former. */
  authenticate(authorization: string | undefined): Result<Principal> | Promise<Result<Principal>>;
  /** Forgets a token that was just revoked, so that this engine refuses it at once. */
  forget(tokenHash: Buffer): void;
  /** Forgets all of a player's tokens; those that are still good are looked up again. */
  forgetPlayer(playerId: bigint): void;
  /** Takes what was revoked, by anybody, up to an instant (ms) before it was asked for. */
  take(revocations: Revocations, asOfMs: number): void;
}

/** What was checked counts for this long after the last word about revocations. */
const trustMs = 10_000;
const rememberMost = 200_000;
const bearer = /^Bearer ([A-Za-z0-9_.-]{16,2048})$/;

interface Remembered {
  readonly principal: Principal;
  readonly checkedAtMs: number;
}

export interface AuthenticatorParts {
  readonly db: Database;
  readonly clock: Clock;
  readonly tokens: Pick<AccessTokens, "verify">;
}

export function createAuthenticator({ db, clock, tokens }: AuthenticatorParts): Authenticator {
  const remembered = new Map<string, Remembered>();
  const keysOfPlayer = new Map<bigint, Set<string>>();
  let toldAtMs = 0;

  async function lookUp(token: string, key: string): Promise<Result<Principal>> {
    const checkedAtMs = clock.now();
    const credential = token.includes(".") ? await checkAccessToken(token) : await findOpaque(key);
    if (!credential.ok) return credential;
    if (credential.value.expiresAtMs <= clock.now()) return err("TOKEN_INVALID");
    const principal = { ...credential.value, scope: scopeOf(credential.value) };
    remember(key, { principal, checkedAtMs });
    return ok(principal);
  }

  async function findOpaque(key: string): Promise<Result<Credential>> {
    const credential = await findCredential(db, Buffer.from(key, "base64"));
    return credential === undefined ? err("TOKEN_INVALID") : ok(credential);
  }

  async function checkAccessToken(token: string): Promise<Result<Credential>> {
    const verified = await tokens.verify("PLAYER", token);
    if (!verified.ok) return verified;
    const { sub, sid, exp = 0 } = verified.value;
    const sessionId = typeof sid === "string" ? parseId("playerSession", sid) : undefined;
    const session = sessionId === undefined ? undefined : await findPlayerSession(db, sessionId);
    if (session === undefined || formatId("player", session.playerId) !== sub) return err("TOKEN_INVALID");
    const endsAtMs = session.createdAt.getTime() + sessionLimits.player.absoluteMs;
    if (session.revokedAt !== null || endsAtMs <= clock.now()) return err("SESSION_ENDED");
    const { id: playerSessionId, playerId } = session;
    return ok({ kind: "player", playerId, playerSessionId, expiresAtMs: Math.min(exp * 1_000, endsAtMs) });
  }

  function remember(key: string, entry: Remembered): void {
    if (remembered.size >= rememberMost) makeRoom();
    remembered.set(key, entry);
    const playerId = playerOf(entry);
    if (playerId === undefined) return;
    const keys = keysOfPlayer.get(playerId);
    if (keys === undefined) keysOfPlayer.set(playerId, new Set([key]));
    else keys.add(key);
  }

  function drop(key: string): void {
    const entry = remembered.get(key);
    if (entry === undefined) return;
    remembered.delete(key);
    const playerId = playerOf(entry);
    const keys = playerId === undefined ? undefined : keysOfPlayer.get(playerId);
    keys?.delete(key);
    if (playerId !== undefined && keys?.size === 0) keysOfPlayer.delete(playerId);
  }

  /** What has run out goes first; where that is little, everything does, so that this stays rare. */
  function makeRoom(): void {
    const nowMs = clock.now();
    for (const [key, { principal }] of remembered) if (principal.expiresAtMs <= nowMs) drop(key);
    if (remembered.size < rememberMost / 2) return;
    remembered.clear();
    keysOfPlayer.clear();
  }

  function isTrusted({ principal, checkedAtMs }: Remembered): boolean {
    const nowMs = clock.now();
    return nowMs < principal.expiresAtMs && nowMs - Math.max(checkedAtMs, toldAtMs) < trustMs;
  }

  return {
    authenticate(authorization) {
      if (authorization === undefined) return err("TOKEN_MISSING");
      const token = bearer.exec(authorization)?.[1];
      if (token === undefined) return err("TOKEN_INVALID");
      const key = hash("sha256", token, "base64");
      const found = remembered.get(key);
      return found !== undefined && isTrusted(found) ? ok(found.principal) : lookUp(token, key);
    },
    forget: (tokenHash) => drop(tokenHash.toString("base64")),
    forgetPlayer(playerId) {
      for (const key of keysOfPlayer.get(playerId) ?? []) drop(key);
    },
    take({ hashes, sessions }, asOfMs) {
      for (const tokenHash of hashes) drop(tokenHash.toString("base64"));
      for (const { sessionId, playerId } of sessions) {
        for (const key of keysOfPlayer.get(playerId) ?? []) {
          const principal = remembered.get(key)?.principal;
          if (principal?.kind === "player" && principal.playerSessionId === sessionId) drop(key);
        }
      }
      toldAtMs = Math.max(toldAtMs, asOfMs);
    },
  };
}

export function hashToken(token: string): Buffer {
  return hash("sha256", token, "buffer");
}

function playerOf({ principal }: Remembered): bigint | undefined {
  return principal.kind === "machine" ? undefined : principal.playerId;
}

/** A provider's request ids are unique over all its keys and players; a player's are their own. */
function scopeOf(credential: Credential): string {
  if (credential.kind === "machine") {
    return credential.providerId === null ? `machine:${credential.keyId}` : `provider:${credential.providerId}`;
  }
  return `player:${credential.playerId}`;
}
