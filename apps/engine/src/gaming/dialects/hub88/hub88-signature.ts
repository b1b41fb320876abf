/** RSA-SHA256 (PKCS #1 v1.5) over the raw body, base64, made with the provider's private key. */
import { createPublicKey, verify } from "node:crypto";

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

export function isSignedByHub88(raw: Buffer, signature: unknown, publicKeyPem: Buffer): boolean {
  if (typeof signature !== "string" || !base64.test(signature)) return false;
  try {
    return verify("sha256", raw, createPublicKey(publicKeyPem), Buffer.from(signature, "base64"));
  } catch {
    // What is no key proves nothing.
    return false;
  }
}
