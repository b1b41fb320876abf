/**
 * AES-256-GCM for single fields. The associated data name the key and the field's place (`table:column:row`), so that a
 * sealed value does not open anywhere but where it was written.
 */
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;
export const fieldKeyBytes = 32;

export interface FieldKey {
  readonly id: string;
  readonly key: Buffer;
}

/** One byte of version, the nonce, the ciphertext, the tag. */
export function sealField({ id, key }: FieldKey, place: string, plain: Uint8Array): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(`${id}|${place}`));
  return Buffer.concat([Buffer.of(version), nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where the value was changed, moved to another place, or sealed with another key. */
export function openField({ id, key }: FieldKey, place: string, sealed: Buffer): Buffer {
  if (sealed[0] !== version || sealed.length < 1 + nonceBytes + tagBytes) throw new Error("not a sealed field");
  const nonce = sealed.subarray(1, 1 + nonceBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce);
  decipher.setAAD(Buffer.from(`${id}|${place}`));
  decipher.setAuthTag(sealed.subarray(-tagBytes));
  return Buffer.concat([decipher.update(sealed.subarray(1 + nonceBytes, -tagBytes)), decipher.final()]);
}
