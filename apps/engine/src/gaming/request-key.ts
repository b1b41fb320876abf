/** Narrow keys for the long names of the outside world. */
import { hash } from "node:crypto";

/** The request id in its sender's scope as 128 bits, in the spelling of a UUID in which PostgreSQL writes it. */
export function requestKey(scope: string, requestId: string): string {
  const hex = hash("sha256", `${scope}\n${requestId}`, "hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

/** 64 bits of SHA-256 as PostgreSQL's signed bigint. */
export function hash64(text: string): bigint {
  return hash("sha256", text, "buffer").readBigInt64BE();
}
