/**
 * How a caller proves itself to Fireblocks: a JWT signed with RS256 that names the path, a number used once, and the
 * SHA-256 of the body, and lives for half a minute at most (https://developers.fireblocks.com/reference/signing-a-request-jwt-structure).
 */
import { createHash, createPrivateKey, type KeyObject, randomUUID, sign, verify } from "node:crypto";
import { z } from "zod";

export interface SignedCall {
  /** The path with its query. */
  readonly path: string;
  readonly body: string;
}

export interface TokenSigner {
  readonly apiKey: string;
  readonly key: KeyObject;
}

/** Fireblocks takes no token that lives longer, seconds. */
const livesS = 30;
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");

export function createTokenSigner(apiKey: string, privateKeyPem: string): TokenSigner {
  return { apiKey, key: createPrivateKey(privateKeyPem) };
}

export function signCall(
  { apiKey, key }: TokenSigner,
  { path, body }: SignedCall,
  nowMs: number,
  nonce: string = randomUUID(),
): string {
  const iat = Math.floor(nowMs / 1_000);
  const claims = { uri: path, nonce, iat, exp: iat + livesS - 1, sub: apiKey, bodyHash: hashBody(body) };
  const input = `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}`;
  return `${input}.${sign("RSA-SHA256", Buffer.from(input), key).toString("base64url")}`;
}

const tokenClaims = z.object({
  uri: z.string(),
  nonce: z.string().min(1),
  iat: z.int(),
  exp: z.int(),
  sub: z.string(),
  bodyHash: z.string(),
});

/** What the other side checks; it answers why it does not believe the call, and the number that is used once. */
export function checkCall(
  token: string,
  { path, body }: SignedCall,
  { apiKey, publicKey, nowMs }: { readonly apiKey: string; readonly publicKey: KeyObject; readonly nowMs: number },
): { readonly ok: true; readonly nonce: string } | { readonly ok: false; readonly why: string } {
  const [header, payload, signature, ...more] = token.split(".");
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) {
    return { ok: false, why: "It is no JWT." };
  }
  const input = Buffer.from(`${header}.${payload}`);
  if (!verify("RSA-SHA256", input, publicKey, Buffer.from(signature, "base64url"))) {
    return { ok: false, why: "The signature is another's." };
  }
  const read = tokenClaims.safeParse(JSON.parse(Buffer.from(payload, "base64url").toString("utf8")));
  if (!read.success) return { ok: false, why: "The claims are not complete." };
  const { uri, nonce, iat, exp, sub, bodyHash } = read.data;
  const nowS = nowMs / 1_000;
  if (sub !== apiKey) return { ok: false, why: "It is another caller's." };
  if (uri !== path) return { ok: false, why: "It is for another path." };
  if (bodyHash !== hashBody(body)) return { ok: false, why: "It is for another body." };
  if (exp - iat > livesS || nowS > exp || iat > nowS + livesS) return { ok: false, why: "It is too old." };
  return { ok: true, nonce };
}

function hashBody(body: string): string {
  return createHash("sha256").update(body).digest("hex");
}
