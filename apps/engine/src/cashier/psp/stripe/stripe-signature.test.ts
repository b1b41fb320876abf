/** Vectors were made by openssl: printf '%s' "$t.$body" | openssl dgst -sha256 -hmac "$secret" */
import { expect, test } from "vitest";
import { checkStripeSignature, signStripe } from "./stripe-signature.ts";

const body = Buffer.from('{"id":"evt_1","object":"event"}');
const secret = "whsec_test_secret_of_this_vector";
const time = 1_790_000_000;
const good = "b3353ff77f2ec2ef652ef6440d9693491740bc82eefbc2e425876c9740d2dac7";
const withOld = "7a5cd8c104e49e7c38bf5dc8dd9f4e8d5e689315b66caff379f406f85f3cc3c0";
const check = (header: string | undefined, nowS = time, secrets = [secret], bytes = body) =>
  checkStripeSignature(bytes, header, secrets, nowS * 1_000).ok;

test("takes what openssl signed, and signs as openssl does", () => {
  expect(check(`t=${time},v1=${good}`)).toBe(true);
  expect(signStripe(body, secret, time)).toBe(`t=${time},v1=${good}`);
});

test("while a secret is changed either one is good, and any one of several signatures", () => {
  const both = ["whsec_the_secret_before_that_one", secret];
  expect(check(`t=${time},v1=${withOld}`, time, both)).toBe(true);
  expect(check(`t=${time},v1=${"0".repeat(64)},v1=${good}`)).toBe(true);
  expect(check(`t=${time},v1=${withOld}`)).toBe(false);
});

test("another body, another time, another scheme or no signature is refused", () => {
  expect(check(`t=${time},v1=${good}`, time, [secret], Buffer.concat([body, Buffer.from(" ")]))).toBe(false);
  expect(check(`t=${time + 1},v1=${good}`)).toBe(false);
  expect(check(`t=${time},v0=${good}`)).toBe(false);
  expect(check(`t=${time},v1=${good.slice(2)}`)).toBe(false);
  expect(check(`t=${time},t=${time},v1=${good}`)).toBe(false);
  expect(check(`v1=${good}`)).toBe(false);
  expect(check("")).toBe(false);
  expect(check(undefined)).toBe(false);
});

test("a signature counts for 300 seconds, on either side of the clock", () => {
  const header = `t=${time},v1=${good}`;
  expect(check(header, time + 300)).toBe(true);
  expect(check(header, time + 301)).toBe(false);
  expect(check(header, time - 300)).toBe(true);
  expect(check(header, time - 301)).toBe(false);
});
