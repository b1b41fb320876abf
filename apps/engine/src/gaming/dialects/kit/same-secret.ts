import { createHash, timingSafeEqual } from "node:crypto";

/** Equal or not, in a time that tells nothing of where they differ, nor of how long either is. */
export function sameSecret(sent: string | Buffer, known: string | Buffer): boolean {
  const digest = (text: string | Buffer) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(sent), digest(known));
}
