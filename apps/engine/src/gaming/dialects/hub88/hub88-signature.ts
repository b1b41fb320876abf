/** RSA-SHA256 (PKCS #1 v1.5) over the raw body, base64, made with the provider's private key. */
import { createPublicKey, type KeyObject, verify } from "node:crypto";

/** A key is read once: reading one takes longer than checking a signature with it. Forgotten with the credential. */
const keys = new WeakMap<Buffer, KeyObject>();

function keyOf(pem: Buffer): KeyObject {
  let key = keys.get(pem);
  if (key === undefined) keys.set(pem, (key = createPublicKey(pem)));
  return key;
}

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function isSignedByHub88(raw: Buffer, signature: unknown, publicKeyPem: Buffer): boolean {
  if (typeof signature !== "string" || !base64.test(signature)) return false;
  try {
    return verify("sha256", raw, keyOf(publicKeyPem), Buffer.from(signature, "base64"));
  } catch {
    // What is no key proves nothing.
    return false;
  }
}
