/**
 * The key that seals are signed with: Ed25519, in a file of its own that only the engine can read. The key is made when
 * there is none. It is read anew for every seal, so a rotation, which puts another file in its place, holds from the next
 * one on; engines with folders of their own have keys of their own. Public parts stay in the database for ever.
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
} from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

export interface SealKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: Record<string, string>;
}

export function openSealKey(dataDir: string): SealKey {
  const path = keyPath(dataDir);
  try {
    return readSealKey(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const { privateKey: fresh } = generateKeyPairSync("ed25519");
  try {
    // Of several engines that start at once, one writes the file and the others read it.
    writeFileSync(path, fresh.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readSealKey(path);
}

/** Puts a new key in the place of the one that signs; the old one can sign nothing any more, and verifies for ever. */
export function rotateSealKey(dataDir: string): SealKey {
  const path = keyPath(dataDir);
  openSealKey(dataDir);
  const beside = `${path}.${randomBytes(6).toString("hex")}`;
  const { privateKey: fresh } = generateKeyPairSync("ed25519");
  writeFileSync(beside, fresh.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  chmodSync(beside, 0o600);
  renameSync(beside, path);
  return readSealKey(path);
}

function keyPath(dataDir: string): string {
  return join(dataDir, "keys", "seal-ed25519.pem");
}

function readSealKey(path: string): SealKey {
  const privateKey = createPrivateKey(readFileSync(path));
  const { kty = "", crv = "", x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  // RFC 7638: the hash of the key's required members in alphabetical order.
  const thumbprint = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
  const kid = `seal-${thumbprint.slice(0, 16)}`;
  return { kid, privateKey, publicJwk: { kty, crv, x, kid, use: "sig", alg: "EdDSA" } };
}
