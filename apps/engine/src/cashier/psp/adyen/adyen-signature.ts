/**
 * Adyen's webhook signature: `additionalData.hmacSignature` is base64 of HMAC-SHA256, under a key that is given in hex,
 * over eight fields of the item joined by colons: pspReference, originalReference, merchantAccountCode, merchantReference,
 * value, currency, eventCode, success (https://docs.adyen.com/development-resources/webhooks/secure-webhooks/verify-hmac-signatures).
 * It holds no time: a copy of an old one is as good as the first, which is why items are taken once by what they are.
 */
import { createHmac, timingSafeEqual } from "node:crypto";

export interface SignedItem {
  readonly pspReference: string;
  readonly originalReference?: string | undefined;
  readonly merchantAccountCode: string;
  readonly merchantReference: string;
  readonly amount: { readonly value: number; readonly currency: string };
  readonly eventCode: string;
  readonly success: string;
}

function payloadOf(item: SignedItem): string {
  return [
    item.pspReference,
    item.originalReference ?? "",
    item.merchantAccountCode,
    item.merchantReference,
    String(item.amount.value),
    item.amount.currency,
    item.eventCode,
    item.success,
  ].join(":");
}

export function signAdyen(item: SignedItem, hexKey: string): string {
  return createHmac("sha256", Buffer.from(hexKey, "hex")).update(payloadOf(item)).digest("base64");
}

/** Why it is not the provider's; undefined where it is. */
export function checkAdyenSignature(
  item: SignedItem,
  signature: string | undefined,
  hexKeys: readonly string[],
): string | undefined {
  if (signature === undefined) return "The signature is missing.";
  const given = Buffer.from(signature, "base64");
  const payload = payloadOf(item);
  // Every key is tried, so that the time does not tell which of them came close.
  let matches = 0;
  for (const key of hexKeys) {
    const good = createHmac("sha256", Buffer.from(key, "hex")).update(payload).digest();
    if (given.length === good.length && timingSafeEqual(given, good)) matches += 1;
  }
  return matches === 0 ? "The signature does not match." : undefined;
}
