/**
 * Fireblocks' webhook signature, version 2: the header `Fireblocks-Webhook-Signature` holds a JWS with its payload taken
 * out, `<header>..<signature>`, RS512 over `<header>.<base64url of the raw body>`, under a key of the JWKS that its `kid`
 * names (https://developers.fireblocks.com/reference/validating-webhooks).
 */
import { createPublicKey, type KeyObject, sign, verify } from "node:crypto";
import { z } from "zod";

/** The events are repeated for a day where they are not taken; one that is older was kept by somebody, ms. */
const oldestMs = 48 * 3_600_000;
/** How far the sender's clock may be before ours, ms. */
const aheadMs = 300_000;

export interface WebhookKeys {
  /** Undefined where there is no key of this id, also after the keys were read anew. */
  find(kid: string): Promise<KeyObject | undefined>;
}

export type SignatureCheck = { readonly ok: true } | { readonly ok: false; readonly why: string };

const jwsHeader = z.object({ alg: z.literal("RS512"), kid: z.string().min(1).max(200) });

export async function checkFireblocksSignature(
  body: Buffer,
  header: string | undefined,
  keys: WebhookKeys,
): Promise<SignatureCheck> {
  if (header === undefined) return { ok: false, why: "The signature is missing." };
  const [protectedPart, payload, signature, ...more] = header.split(".");
  if (protectedPart === undefined || payload !== "" || signature === undefined || more.length > 0) {
    return { ok: false, why: "The signature is no detached JWS." };
  }
  const read = readHeader(protectedPart);
  if (read === undefined) return { ok: false, why: "The signature is not by RS512." };
  const key = await keys.find(read.kid);
  if (key === undefined) return { ok: false, why: "The signature names no key of the custodian's." };
  const input = Buffer.from(`${protectedPart}.${body.toString("base64url")}`);
  return verify("RSA-SHA512", input, key, Buffer.from(signature, "base64url"))
    ? { ok: true }
    : { ok: false, why: "The signature does not match." };
}

/** What was signed long ago and is sent now is not an event of today. */
export function isStale(createdAtMs: number, nowMs: number): boolean {
  return !(nowMs - createdAtMs <= oldestMs && createdAtMs - nowMs <= aheadMs);
}

/** What a sender puts into the header. */
export function signFireblocks(body: Buffer, kid: string, key: KeyObject): string {
  const header = Buffer.from(JSON.stringify({ alg: "RS512", kid })).toString("base64url");
  const input = Buffer.from(`${header}.${body.toString("base64url")}`);
  return `${header}..${sign("RSA-SHA512", input, key).toString("base64url")}`;
}

function readHeader(text: string): z.infer<typeof jwsHeader> | undefined {
  try {
    return jwsHeader.safeParse(JSON.parse(Buffer.from(text, "base64url").toString("utf8"))).data;
  } catch {
    return undefined;
  }
}

const jwks = z.object({ keys: z.array(z.looseObject({ kid: z.string(), kty: z.literal("RSA") })) });
/** Whoever names keys that are not there has the set read anew no more often than this, ms. */
const rereadMs = 30_000;

/** The custodian's public keys, read when one is asked for that is not known. */
export function createWebhookKeys(jwksUrl: string, now: () => number): WebhookKeys {
  let known = new Map<string, KeyObject>();
  let readAtMs = Number.NEGATIVE_INFINITY;
  async function reread(): Promise<void> {
    readAtMs = now();
    const response = await fetch(jwksUrl, { signal: AbortSignal.timeout(5_000) });
    const { keys } = jwks.parse(await response.json());
    known = new Map(keys.map((key) => [key.kid, createPublicKey({ key, format: "jwk" })]));
  }
  return {
    async find(kid) {
      if (!known.has(kid) && now() - readAtMs >= rereadMs) {
        // A set that can't be read now may be read a moment later.
        await reread().catch(() => (readAtMs = Number.NEGATIVE_INFINITY));
      }
      return known.get(kid);
    },
  };
}
