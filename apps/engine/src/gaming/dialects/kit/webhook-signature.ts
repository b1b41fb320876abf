/** Signatures as Standard Webhooks has them: `v1,<base64>` of HMAC-SHA256 over `id.timestamp.body`. */
import { createHmac } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { hmacKeyOf } from "./hmac-key.ts";
import { sameSignature } from "./same-secret.ts";

/** `seconds` since 1970. The secret is base64, with or without its usual prefix. */
export function signWebhook(secret: Buffer, id: string, seconds: string, raw: Buffer): string {
  return `v1,${createHmac("sha256", hmacKeyOf(secret, keyBytes)).update(`${id}.${seconds}.`).update(raw).digest("base64")}`;
}

function keyBytes(secret: Buffer): Buffer {
  return Buffer.from(secret.toString("utf8").replace(/^whsec_/, ""), "base64");
}

/** Several signatures may stand beside each other, while a secret is being changed. Compares in constant time. */
export function isWebhookSigned(
  raw: Buffer,
  headers: IncomingHttpHeaders,
  secret: Buffer,
  { nowMs, toleranceMs }: { readonly nowMs: number; readonly toleranceMs: number },
): boolean {
  const { "webhook-id": id, "webhook-timestamp": stamp, "webhook-signature": signatures } = headers;
  if (typeof id !== "string" || typeof stamp !== "string" || typeof signatures !== "string") return false;
  if (!/^[0-9]{1,12}$/.test(stamp) || Math.abs(nowMs - Number(stamp) * 1_000) > toleranceMs) return false;
  const expected = signWebhook(secret, id, stamp, raw);
  return signatures.split(" ").some((one) => sameSignature(one, expected));
}
