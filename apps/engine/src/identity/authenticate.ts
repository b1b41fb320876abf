/**
 * Who sends a request. Tokens are opaque, kept as SHA-256 hashes, and looked up once: what was found is remembered
 * by its hash for a short while, because asking the database on each bet would cost more than the bet.
 */
import { createHash, hash } from "node:crypto";
import type { Database } from "@pitboss/db/kernel/pool";
import { type Credential, findCredential } from "@pitboss/db/identity/find-credential";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Clock } from "../kernel/context.ts";

export type Principal = Credential & {
  /** Request ids are unique within this scope. */
  readonly scope: string;
};

export interface Authenticator {
  /** The principal where it is remembered; otherwise a promise of it. Fast paths check for the former. */
  authenticate(authorization: string | undefined): Result<Principal> | Promise<Result<Principal>>;
  /** Forgets a token that was just revoked, so that this engine refuses it at once. */
  forget(tokenHash: Buffer): void;
}

/** A revocation on another engine is seen here after this long at the latest. */
const rememberMs = 30_000;
const rememberMost = 200_000;
const bearer = /^Bearer ([A-Za-z0-9_-]{16,256})$/;

interface Remembered {
  readonly principal: Principal;
  readonly untilMs: number;
}

export function createAuthenticator(db: Database, clock: Clock): Authenticator {
  const remembered = new Map<string, Remembered>();

  async function lookUp(key: string): Promise<Result<Principal>> {
    const credential = await findCredential(db, Buffer.from(key, "base64"));
    const nowMs = clock.now();
    if (credential === undefined || credential.expiresAtMs <= nowMs) return err("TOKEN_INVALID");
    const principal = { ...credential, scope: scopeOf(credential) };
    if (remembered.size >= rememberMost) remembered.clear();
    remembered.set(key, { principal, untilMs: Math.min(nowMs + rememberMs, credential.expiresAtMs) });
    return ok(principal);
  }

  return {
    authenticate(authorization) {
      if (authorization === undefined) return err("TOKEN_MISSING");
      const token = bearer.exec(authorization)?.[1];
      if (token === undefined) return err("TOKEN_INVALID");
      const key = hash("sha256", token, "base64");
      const found = remembered.get(key);
      if (found !== undefined && found.untilMs > clock.now()) return ok(found.principal);
      return lookUp(key);
    },
    forget: (tokenHash) => void remembered.delete(tokenHash.toString("base64")),
  };
}

export function hashToken(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}

/** A provider's request ids are unique over all its keys and players; a player's are their own. */
function scopeOf(credential: Credential): string {
  if (credential.kind === "machine") {
    return credential.providerId === null ? `machine:${credential.keyId}` : `provider:${credential.providerId}`;
  }
  return `player:${credential.playerId}`;
}
