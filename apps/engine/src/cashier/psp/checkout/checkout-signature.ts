/**
 * Checkout.com's webhook signature: `Cko-Signature` is HMAC-SHA256 of the raw body under the webhook's key, in lower-case
 * hex (https://www.checkout.com/docs/developer-resources/webhooks). It holds no time: a copy of an old one is as good as
 * the first, which is why events are taken once by their id, for ever.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export function signCheckout(body: Buffer, key: string): string {
  return createHmac("sha256", key).update(body).digest("hex");
}

/** Why it is not the provider's; undefined where it is. */
export function checkCheckoutSignature(
  body: Buffer,
  header: string | undefined,
  keys: readonly string[],
): string | undefined {
  if (header === undefined) return "The signature is missing.";
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(header) ? header : "", "hex");
  // Every key is tried, so that the time does not tell which of them came close.
  let matches = 0;
  for (const key of keys) {
    const good = createHmac("sha256", key).update(body).digest();
    if (given.length === good.length && timingSafeEqual(given, good)) matches += 1;
  }
  return matches === 0 ? "The signature does not match." : undefined;
}
