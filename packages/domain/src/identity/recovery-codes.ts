/**
 * Codes for the day on which the phone is lost. Each has 80 random bits, so its plain SHA-256 may be stored: there is
 * nothing to guess it from. A code works once.
 */
import { createHash } from "node:crypto";

/** How many a person gets at once, and how many random bytes each is made from. */
export const recoveryCodeCount = 10;
export const recoveryCodeBytes = 10;

const alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

/** `xxxx-xxxx-xxxx-xxxx`, in letters that are not taken for one another. */
export function formatRecoveryCode(bytes: Uint8Array): string {
  let value = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  let text = "";
  for (let index = 0; index < (bytes.length * 8) / 5; index += 1) {
    text = (alphabet[Number(value & 31n)] ?? "") + text;
    value >>= 5n;
  }
  return text.replace(/(.{4})(?=.)/g, "$1-");
}

/** Hash of a code as a person types it: case, spaces and dashes don't matter, and neither do i, l for 1 and o for 0. */
export function hashRecoveryCode(typed: string): Buffer {
  const plain = typed.toLowerCase().replace(/[\s-]/g, "").replace(/[il]/g, "1").replace(/o/g, "0");
  return createHash("sha256").update(`pitboss recovery code ${plain}`).digest();
}
