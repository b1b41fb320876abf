/**
 * Time-based one-time passwords, RFC 6238 over HMAC-SHA-1 with 6 digits and steps of 30 seconds, which is what every
 * authenticator app reads. A code counts once: the step that it was used for is kept, and only later steps are taken.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { encodeBase32 } from "./base32.ts";

export const totpStepMs = 30_000;
const digits = 6;
/** Clocks may be one step apart either way (RFC 6238 §5.2). */
const drift = 1;

export function totpStepAt(timeMs: number): number {
  return Math.floor(timeMs / totpStepMs);
}

/** The code of a step (RFC 4226 §5.3). `secret` is the raw key, at least 16 bytes (RFC 4226 §4, R6). */
export function totpCode(secret: Uint8Array, step: number, length = digits): string {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setBigUint64(0, BigInt(step));
  const mac = createHmac("sha1", secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  const number = mac.readUInt32BE(offset) & 0x7fffffff;
  return String(number % 10 ** length).padStart(length, "0");
}

/**
 * The step that the code belongs to, or undefined where it is wrong or its step, or a later one, was used before.
 * Whoever accepts it stores the step with a comparison of its own, since two sign-ins may race.
 */
export function matchTotp(
  secret: Uint8Array,
  code: string,
  nowMs: number,
  lastStep: number | null,
): number | undefined {
  if (!/^[0-9]{6}$/.test(code)) return undefined;
  const current = totpStepAt(nowMs);
  let match: number | undefined;
  for (let step = current - drift; step <= current + drift; step += 1) {
    // Every candidate is compared, so that the time taken does not tell which one it was.
    const same = timingSafeEqual(Buffer.from(totpCode(secret, step)), Buffer.from(code));
    if (same && (lastStep === null || step > lastStep)) match ??= step;
  }
  return match;
}

/** The address that an authenticator app takes as a QR code (Google's key URI format). */
export function totpUri(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  const query = new URLSearchParams({
    secret: encodeBase32(secret),
    issuer,
    algorithm: "SHA1",
    digits: String(digits),
    period: String(totpStepMs / 1000),
  });
  return `otpauth://totp/${label}?${query.toString()}`;
}
