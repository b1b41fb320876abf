/**
 * Ed25519 keys that sign: tokens of staff and players, and checkpoints of the audit log. A new key is published some
 * minutes before it signs, and an old one verifies until the last thing that it signed is over.
 */
import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
  verify,
} from "node:crypto";
import {
  insertSigningKey,
  listSigningKeys,
  lockKeys,
  retireSigningKeys,
  type SigningKeyRecord,
} from "@pitboss/db/identity/key-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { Database } from "@pitboss/db/kernel/pool";
import { accessTokenMs } from "@pitboss/domain/identity/session-limits";
import type { Clock } from "../../kernel/context.ts";
import type { KeyService } from "./key-service.ts";

export const keyPurposes = ["STAFF", "PLAYER", "AUDIT"] as const;
export type KeyPurpose = (typeof keyPurposes)[number];

/** Every engine reads the keys again after this long; a new key waits twice as long before it signs. */
const rereadMs = 60_000;
const publishMs = 2 * rereadMs;
/** How long a key signs before the job makes the next one, ms. */
export const keyLifeMs = { STAFF: 7 * 24 * 3_600_000, PLAYER: 7 * 24 * 3_600_000, AUDIT: 90 * 24 * 3_600_000 } as const;
/** Clocks of machines may differ by this. */
const leewayMs = 60_000;

export interface Signer {
  readonly kid: string;
  readonly privateKey: KeyObject;
}

export interface PublicJwk {
  readonly kty: "OKP";
  readonly crv: "Ed25519";
  readonly x: string;
  readonly kid: string;
  readonly use: "sig";
  readonly alg: "EdDSA";
}

export interface SigningRing {
  signer(purpose: KeyPurpose): Promise<Signer>;
  /** The public key, where it may still verify; keys of the audit log verify for ever. */
  verifier(purpose: KeyPurpose, kid: string): Promise<KeyObject | undefined>;
  jwks(purpose: KeyPurpose): Promise<{ readonly keys: readonly PublicJwk[] }>;
  /** Makes the next key, inside the caller's transaction; its kid. */
  rotate(tx: Executor, purpose: KeyPurpose): Promise<string>;
  list(): Promise<SigningKeyRecord[]>;
}

export function createSigningRing(db: Database, keys: KeyService, clock: Clock): SigningRing {
  let loaded: { readonly records: readonly SigningKeyRecord[]; readonly atMs: number } | undefined;
  const opened = new Map<string, KeyObject>();

  async function records(freshWithinMs = rereadMs): Promise<readonly SigningKeyRecord[]> {
    if (loaded === undefined || clock.now() - loaded.atMs >= freshWithinMs) {
      loaded = { records: await listSigningKeys(db), atMs: clock.now() };
    }
    return loaded.records;
  }

  async function makeKey(tx: Executor, purpose: KeyPurpose, signsFromMs: number): Promise<string> {
    const { publicKey, privateKey } = generateKeyPairSync("ed25519");
    const kid = `${purpose.toLowerCase()}-${randomBytes(6).toString("hex")}`;
    const { x } = publicKey.export({ format: "jwk" });
    const wrapped = await keys.wrap(privateKey.export({ format: "der", type: "pkcs8" }), signingKeyContext(kid));
    await insertSigningKey(tx, {
      kid,
      purpose,
      publicKey: x ?? "",
      privateSealed: wrapped.wrapped,
      masterKeyId: wrapped.masterKeyId,
      signsFrom: new Date(signsFromMs),
    });
    loaded = undefined;
    return kid;
  }

  async function findSigner(purpose: KeyPurpose): Promise<SigningKeyRecord | undefined> {
    const now = clock.now();
    return (await records()).findLast(
      (key) => key.purpose === purpose && key.privateSealed !== null && key.signsFrom.getTime() <= now,
    );
  }

  async function makeFirstKey(purpose: KeyPurpose): Promise<void> {
    await db.transaction(async (tx) => {
      await lockKeys(tx);
      const standing = await listSigningKeys(tx, purpose);
      if (standing.length === 0) await makeKey(tx, purpose, clock.now());
    });
    loaded = undefined;
  }

  return {
    async signer(purpose) {
      let record = await findSigner(purpose);
      if (record === undefined) {
        await makeFirstKey(purpose);
        record = await findSigner(purpose);
      }
      if (record?.privateSealed == null || record.masterKeyId === null) throw new Error(`no key signs for ${purpose}`);
      let privateKey = opened.get(record.kid);
      if (privateKey === undefined) {
        const wrapped = { wrapped: record.privateSealed, masterKeyId: record.masterKeyId };
        const der = await keys.unwrap(wrapped, signingKeyContext(record.kid));
        privateKey = createPrivateKey({ key: der, format: "der", type: "pkcs8" });
        opened.set(record.kid, privateKey);
      }
      return { kid: record.kid, privateKey };
    },
    async verifier(purpose, kid) {
      const matches = (key: SigningKeyRecord): boolean => key.kid === kid && key.purpose === purpose;
      // A key that is not known yet may have been made by another engine a moment ago.
      const record = (await records()).find(matches) ?? (await records(5_000)).find(matches);
      if (record === undefined || isOver(record, clock.now())) return undefined;
      return publicKeyOf(record.publicKey);
    },
    async jwks(purpose) {
      const now = clock.now();
      const live = (await records()).filter((key) => key.purpose === purpose && !isOver(key, now));
      return { keys: live.map(({ kid, publicKey }) => jwkOf(kid, publicKey)) };
    },
    async rotate(tx, purpose) {
      await lockKeys(tx);
      // Where there is nothing to overlap with, a key that only signs later would leave the house without one until then.
      const first = (await listSigningKeys(tx, purpose)).length === 0;
      const signsFromMs = first ? clock.now() : clock.now() + publishMs;
      const kid = await makeKey(tx, purpose, signsFromMs);
      if (purpose !== "AUDIT") {
        await retireSigningKeys(tx, purpose, kid, new Date(signsFromMs + accessTokenMs + leewayMs));
      }
      return kid;
    },
    list: async () => [...(await records(0))],
  };
}

export function signingKeyContext(kid: string): string {
  return `signing_keys:private:${kid}`;
}

/** Base64url Ed25519 signature of the text's UTF-8 bytes. */
export function signText({ privateKey }: Signer, text: string): string {
  return sign(null, Buffer.from(text), privateKey).toString("base64url");
}

export function verifyText(publicKey: KeyObject, text: string, signature: string): boolean {
  return verify(null, Buffer.from(text), publicKey, Buffer.from(signature, "base64url"));
}

function publicKeyOf(x: string): KeyObject {
  return createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" });
}

function jwkOf(kid: string, x: string): PublicJwk {
  return { kty: "OKP", crv: "Ed25519", x, kid, use: "sig", alg: "EdDSA" };
}

function isOver(key: SigningKeyRecord, nowMs: number): boolean {
  return key.verifiesUntil !== null && key.verifiesUntil.getTime() <= nowMs;
}
