import { hash, timingSafeEqual } from "node:crypto";

/** The same, of signatures: everybody knows how long one is. */
export function sameSignature(sent: string, expected: string): boolean {
  const [one, other] = [Buffer.from(sent), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}

/** Equal or not, in a time that tells nothing of where they differ, nor of how long either is. */
export function sameSecret(sent: string | Buffer, known: string | Buffer): boolean {
  const digest = (text: string | Buffer) => hash("sha256", text, "buffer");
  return timingSafeEqual(digest(sent), digest(known));
}
