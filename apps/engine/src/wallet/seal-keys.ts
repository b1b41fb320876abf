/**
 * The key that seals are signed with: Ed25519, in a file of its own that only the engine can read. The key is made when
 * there is none; moving the file away and starting again rotates it. Public parts stay in the database for ever.
 */
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export interface SealKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicJwk: Record<string, string>;
}

export function openSealKey(dataDir: string): SealKey {
  const folder = join(dataDir, "keys");
  const path = join(folder, "seal-ed25519.pem");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { privateKey: fresh } = generateKeyPairSync("ed25519");
  try {
    // Of several engines that start at once, one writes the file and the others read it.
    writeFileSync(path, fresh.export({ type: "pkcs8", format: "pem" }), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  const privateKey = createPrivateKey(readFileSync(path));
  const { kty = "", crv = "", x = "" } = createPublicKey(privateKey).export({ format: "jwk" });
  // RFC 7638: the hash of the key's required members in alphabetical order.
  const thumbprint = createHash("sha256").update(JSON.stringify({ crv, kty, x })).digest("base64url");
  const kid = `seal-${thumbprint.slice(0, 16)}`;
  return { kid, privateKey, publicJwk: { kty, crv, x, kid, use: "sig", alg: "EdDSA" } };
}
