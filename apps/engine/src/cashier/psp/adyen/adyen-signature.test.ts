/**
 * Vectors were made by openssl: printf '%s' "$fields" | openssl dgst -sha256 -mac HMAC -macopt hexkey:$key -binary | base64;
 * the first is the one in Adyen's documentation.
 */
import { expect, test } from "vitest";
import { checkAdyenSignature, type SignedItem, signAdyen } from "./adyen-signature.ts";

const key = "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056";
const signature = "coqCmt/IZ4E3CzPvMY8zTjQVL5hYJUiBRg8UU+iCWo0=";
const item: SignedItem = {
  pspReference: "7914073381342284",
  merchantAccountCode: "TestMerchant",
  merchantReference: "TestPayment-1407325143704",
  amount: { value: 1130, currency: "EUR" },
  eventCode: "AUTHORISATION",
  success: "true",
};
const otherKey = "0102030405060708090A0B0C0D0E0F101112131415161718191A1B1C1D1E1F20";

test("takes what openssl signed, and signs as openssl does", () => {
  expect(signAdyen(item, key)).toBe(signature);
  expect(checkAdyenSignature(item, signature, [key])).toBeUndefined();
  const capture: SignedItem = {
    pspReference: "K9R7MHMTS4FQ3WX2",
    originalReference: "8515131751004933",
    merchantAccountCode: "PitbossCasino_ECOM",
    merchantReference: "dep_8",
    amount: { value: 5000, currency: "EUR" },
    eventCode: "CAPTURE",
    success: "true",
  };
  expect(signAdyen(capture, otherKey)).toBe("+N4KanrRd+pSDDCg8VlpvruX+hPdoE830VDLHmWzx+4=");
});

test("while a key is changed either one is good", () => {
  expect(checkAdyenSignature(item, signature, [otherKey, key])).toBeUndefined();
  expect(checkAdyenSignature(item, signature, [otherKey])).toMatch(/does not match/);
});

test.each<[string, Partial<SignedItem>]>([
  ["another payment", { pspReference: "7914073381342285" }],
  ["another original", { originalReference: "1" }],
  ["another merchant", { merchantAccountCode: "Other" }],
  ["another deposit", { merchantReference: "dep_9" }],
  ["more money", { amount: { value: 11300, currency: "EUR" } }],
  ["another currency", { amount: { value: 1130, currency: "USD" } }],
  ["another event", { eventCode: "CAPTURE" }],
  ["another result", { success: "false" }],
])("%s is refused", (_what, change) => {
  expect(checkAdyenSignature({ ...item, ...change }, signature, [key])).toMatch(/does not match/);
});

test("no signature, half of one and none that is base64 are refused", () => {
  expect(checkAdyenSignature(item, undefined, [key])).toMatch(/missing/);
  expect(checkAdyenSignature(item, signature.slice(0, 20), [key])).toMatch(/does not match/);
  expect(checkAdyenSignature(item, "€", [key])).toMatch(/does not match/);
});
