/**
 * Stripe's webhook signature: the header `Stripe-Signature: t=<unix seconds>,v1=<hex>` holds HMAC-SHA256 of
 * `<t>.<raw body>` under the endpoint's secret, once for each secret that is good while one is being changed
 * (https://docs.stripe.com/webhooks/signature).
 */
import { createHmac, timingSafeEqual } from "node:crypto";

/** How far the signature's time may be from now, seconds: Stripe's own tolerance. */
const toleranceS = 300;

export type SignatureCheck = { readonly ok: true } | { readonly ok: false; readonly why: string };

export function checkStripeSignature(
  body: Buffer,
  header: string | undefined,
  secrets: readonly string[],
  nowMs: number,
): SignatureCheck {
  if (header === undefined) return { ok: false, why: "The signature is missing." };
  const parts = header.split(",").map((part) => part.trim().split("=", 2));
  const times = parts.filter(([name]) => name === "t").map(([, value]) => value ?? "");
  const [time] = times;
  if (times.length !== 1 || time === undefined || !/^[0-9]{1,12}$/.test(time)) {
    return { ok: false, why: "The signature has no time." };
  }
  const given = parts.filter(([name]) => name === "v1").map(([, value]) => Buffer.from(value ?? "", "hex"));
  const expected = secrets.map((secret) => createHmac("sha256", secret).update(`${time}.`).update(body).digest());
  // Every pair is compared, so that the time does not tell which of them came close.
  let matches = 0;
  for (const signature of given) {
    for (const good of expected) {
      if (signature.length === good.length && timingSafeEqual(signature, good)) matches += 1;
    }
  }
  if (matches === 0) return { ok: false, why: "No signature matches." };
  if (Math.abs(nowMs / 1_000 - Number(time)) > toleranceS) return { ok: false, why: "The signature is too old." };
  return { ok: true };
}

/** What a sender puts into the header. */
export function signStripe(body: Buffer, secret: string, timeS: number): string {
  const digest = createHmac("sha256", secret).update(`${timeS}.`).update(body).digest("hex");
  return `t=${timeS},v1=${digest}`;
}
