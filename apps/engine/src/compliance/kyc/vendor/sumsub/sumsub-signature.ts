/**
 * Sumsub's two signatures. A request carries `X-App-Access-Sig`: hex HMAC-SHA256 over time, method, path with query and body
 * (https://docs.sumsub.com/reference/authentication). A webhook carries `x-payload-digest` over its raw body, with its
 * algorithm in `x-payload-digest-alg` (https://docs.sumsub.com/docs/verify-webhooks). The weak one, SHA-1, is not taken.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface SignedRequest {
  /** Unix seconds. */
  readonly ts: string;
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string | Buffer;
}

export function signRequest({ ts, method, path, body }: SignedRequest, secret: string): string {
  return createHmac("sha256", secret)
    .update(ts + method.toUpperCase() + path)
    .update(body)
    .digest("hex");
}

const algorithms: Readonly<Record<string, "sha256" | "sha512">> = {
  HMAC_SHA256_HEX: "sha256",
  HMAC_SHA512_HEX: "sha512",
};

export function digestOf(body: Buffer, secret: string, algorithm: "sha256" | "sha512" = "sha256"): string {
  return createHmac(algorithm, secret).update(body).digest("hex");
}

/** Why it is not the vendor's; undefined where it is. */
export function checkDigest(
  body: Buffer,
  headers: Readonly<Record<string, string>>,
  secrets: readonly string[],
): string | undefined {
  const digest = headers["x-payload-digest"];
  if (digest === undefined) return "The digest is missing.";
  const algorithm = algorithms[headers["x-payload-digest-alg"] ?? "HMAC_SHA256_HEX"];
  if (algorithm === undefined) return "The digest's algorithm is not taken.";
  const given = Buffer.from(digest, "hex");
  // Every secret is tried, so that the time does not tell which of them came close.
  let matches = 0;
  for (const secret of secrets) {
    const good = Buffer.from(digestOf(body, secret, algorithm), "hex");
    if (given.length === good.length && timingSafeEqual(given, good)) matches += 1;
  }
  return matches === 0 ? "The digest does not match." : undefined;
}

/** Constant in time whatever differs. */
export function sameSignature(given: string, good: string): boolean {
  const left = Buffer.from(given, "hex");
  const right = Buffer.from(good, "hex");
  return left.length === right.length && timingSafeEqual(left, right);
}
