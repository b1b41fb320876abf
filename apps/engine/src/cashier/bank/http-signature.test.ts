import { createPublicKey, generateKeyPairSync, verify } from "node:crypto";
import { expect, test } from "vitest";
import { findForgery, signatureBase, signHttp, type SignedMessage } from "./http-signature.ts";

/** RFC 9421, B.1.4 and B.2.6: the published key, message and signature. */
test("the signature of the RFC's own example is right over what is made of its message", () => {
  const key = createPublicKey(
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----",
  );
  const headers = {
    date: "Tue, 20 Apr 2021 02:07:55 GMT",
    host: "example.com",
    "content-type": "application/json",
    "content-length": "18",
  };
  const covered = ["date", "@method", "@path", "@authority", "content-type", "content-length"];
  const params = `(${covered.map((name) => `"${name}"`).join(" ")});created=1618884473;keyid="test-key-ed25519"`;
  const message = { method: "POST", path: "/foo", headers, body: Buffer.from('{"hello": "world"}') };
  const base = signatureBase(message, covered, params) ?? "";
  const signature = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
  expect(verify(null, Buffer.from(base), key, Buffer.from(signature, "base64"))).toBe(true);
});

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const nowS = 1_800_000_000;
const nowMs = nowS * 1_000;
const keyOf = (id: string) => (id === "house" ? publicKey : undefined);
const sent = { method: "POST", path: "/payments?a=1", body: Buffer.from("<Document/>") };
const signed: SignedMessage = {
  ...sent,
  headers: signHttp({ ...sent, contentType: "application/xml" }, { keyId: "house", privateKey }, nowS),
};

test("what was signed is believed, with a body and without", () => {
  expect(findForgery(signed, keyOf, nowMs)).toBeUndefined();
  const asked = { method: "GET", path: "/statements", body: Buffer.alloc(0) };
  const headers = signHttp(asked, { keyId: "house", privateKey }, nowS);
  expect(findForgery({ ...asked, headers }, keyOf, nowMs + 299_000)).toBeUndefined();
});

test.each<readonly [string, Partial<SignedMessage>]>([
  ["another body", { body: Buffer.from("<Document>x</Document>") }],
  ["another path", { path: "/payments?a=2" }],
  ["another method", { method: "PUT" }],
  ["no signature", { headers: {} }],
  ["another kind of content", { headers: { ...signed.headers, "content-type": "text/plain" } }],
  ["a digest that fits another body alone", { headers: { ...signed.headers, "content-digest": "sha-256=:AAAA:" } }],
])("%s is refused", (_what, change) => {
  expect(findForgery({ ...signed, ...change }, keyOf, nowMs)).toEqual(expect.any(String));
});

test("one that is too old, from the future, by a stranger, or that leaves the body out is refused", () => {
  expect(findForgery(signed, keyOf, nowMs + 301_000)).toMatch(/too old/);
  expect(findForgery(signed, keyOf, nowMs - 301_000)).toMatch(/future/);
  expect(findForgery(signed, () => undefined, nowMs)).toMatch(/not one that is known/);
  const bare = signHttp({ ...sent, body: Buffer.alloc(0) }, { keyId: "house", privateKey }, nowS);
  expect(findForgery({ ...sent, headers: bare }, keyOf, nowMs)).toMatch(/does not cover/);
});
