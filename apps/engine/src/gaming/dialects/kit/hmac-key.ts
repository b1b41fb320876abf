/** A secret is made a key once: that takes longer than signing with it. Forgotten with the credential. */
import { createSecretKey, type KeyObject } from "node:crypto";

const keys = new WeakMap<Buffer, KeyObject>();

/** `bytesOf` says which bytes of the stored secret are the key. */
export function hmacKeyOf(secret: Buffer, bytesOf: (secret: Buffer) => Buffer = (bytes) => bytes): KeyObject {
  let key = keys.get(secret);
  if (key === undefined) keys.set(secret, (key = createSecretKey(bytesOf(secret))));
  return key;
}
