/** Vectors were made by openssl: printf '%s' "$body" | openssl dgst -sha256 -hmac "$key" */
import { expect, test } from "vitest";
import { checkCheckoutSignature, signCheckout } from "./checkout-signature.ts";

const body = Buffer.from('{"id":"evt_1","type":"payment_captured","data":{"id":"pay_1"}}');
const key = "checkout_webhook_key_of_this_vector";
const good = "1a0837fc753c4d5bdcbe20761a1e55e4e3eef62b22e1fd4b84a1c6e4a34a49e8";
const withOld = "faff1a6e5c6b5c17bd84347a017aae1ae0108921f084f2b3cbd59f0ee7081cb9";

test("takes what openssl signed, and signs as openssl does", () => {
  expect(signCheckout(body, key)).toBe(good);
  expect(checkCheckoutSignature(body, good, [key])).toBeUndefined();
  expect(checkCheckoutSignature(body, good.toUpperCase(), [key])).toBeUndefined();
});

test("while a key is changed either one is good", () => {
  expect(checkCheckoutSignature(body, withOld, [key, "the_key_that_was_before_that_one"])).toBeUndefined();
  expect(checkCheckoutSignature(body, withOld, [key])).toMatch(/does not match/);
});

test("another body, half a signature, another spelling or none is refused", () => {
  expect(checkCheckoutSignature(Buffer.concat([body, Buffer.from(" ")]), good, [key])).toMatch(/does not match/);
  expect(checkCheckoutSignature(body, good.slice(2), [key])).toMatch(/does not match/);
  expect(checkCheckoutSignature(body, Buffer.from(good, "hex").toString("base64"), [key])).toMatch(/does not match/);
  expect(checkCheckoutSignature(body, "", [key])).toMatch(/does not match/);
  expect(checkCheckoutSignature(body, undefined, [key])).toMatch(/missing/);
});
