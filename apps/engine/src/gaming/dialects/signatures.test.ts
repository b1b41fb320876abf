/**
 * Signatures that openssl made, so that ours are not checked by themselves alone:
 *   openssl dgst -sha256 -sign key.pem body.json | openssl base64 -A
 *   openssl dgst -sha256 -hmac softswiss-secret -hex body.json
 *   printf 'msg_1.1795400000.%s' "$(cat body.json)" | openssl dgst -sha256 -mac HMAC -macopt hexkey:0001…1f -binary | openssl base64 -A
 */
import { describe, expect, test } from "vitest";
import type { Credential, Dialect, WireRequest } from "./kit/dialect.ts";
import { dialects } from "./registry.ts";

const body = '{"request_uuid":"r-1","user":"p_1","amount":100000}';
const publicKey = `-----BEGIN PUBLIC KEY-----
MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEApJteToSC7ma8Jf9qa4Np
F2vkHhMdjY0RJdLVKz0GhMLWKXf8XmFMzHpxuhbHy900YcLGiTm3miRdlZLRPeZ4
whCn/L09rO8Q76JaMyQI5ViU7AmlEQxNaklYiRftTOtsPYfW9YGBOdT4kZLn9Q3V
f/Wsn/QG637b1K3IJf724p8PamRwAYEY5AKJ71Xj7OnWbHsT9amkL5R67BSuU5vt
f0g/SWZqGjqkcOu0s3A1bVAwISIll4pv9ziF4MkmCAHTKKXt6mkkwvwryLTOtB+n
durUTuB1YRqQUWweZu3AI45A/YX7NrGya2v63nEZVhTtygC0bz/bGgV1dlkT0oAA
0QIDAQAB
-----END PUBLIC KEY-----
`;
const rsa =
  "Kz9NSamn9E8TYd9xxFWHzlIF9fG5kLjrzlARH7jVgJnq7dXJr6zQbEZZ9+H0w0VpujXOb+tcC1UdN+o0V+aTqgv0/C0LwXndMM7AHp19lCNXj4KBGAwLdQ9oe3cK5d9uummKmZQbLkOS3Y/5nmcpwRi6OzdRcgKn+ktpeS3oziqsxdXIM+Gug+DA/f0HCRWkIYqQ9pGYZgyfqLC9o3Hbfo03xtaGU2NP9McxihM/M8unITDjI0egEn3FOXPqgWIsJGYR1KWXGZ9uD6g3ukPDUUQygYG/rqrOYHLGO0YGaAmf+lhV4xAjqH3lxb4StmhjRhf3fKcIc4xw1SJ/x+kOPw==";
const hmacHex = "e84a3fb436fc6d8f752b6338baea6c9b02569f565028c8281734963a48f42b82";
const webhook = "GR9j5RzXcb+k/qG6YFXjm1hKlibTfeuFpyLV1yk6ckI=";
const at = { nowMs: 1_795_400_000_000, toleranceMs: 300_000 };

function dialectOf(code: string): Dialect {
  const found = dialects.find((one) => one.code === code);
  if (found === undefined) throw new Error(`there is a dialect ${code}`);
  return found;
}

function request(text: string, headers: Record<string, string>, query: Record<string, string> = {}): WireRequest {
  return { operation: "x", raw: Buffer.from(text), headers, query };
}

const secret = (text: string): Credential => ({ kind: "SECRET", secret: Buffer.from(text) });
const key: Credential = { kind: "PUBLIC_KEY", secret: Buffer.from(publicKey) };
const shared = secret("softswiss-secret");
const whsec = secret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=");
const standard = (signature: string, stamp = "1795400000") => ({
  "webhook-id": "msg_1",
  "webhook-timestamp": stamp,
  "webhook-signature": signature,
});

describe("a signature that openssl made is the provider's", () => {
  test("for hub88: RSA over the raw body", () => {
    expect(dialectOf("hub88").proves(request(body, { "x-hub88-signature": rsa }), key, at)).toBe(true);
  });

  test("for softswiss: HMAC in hex", () => {
    expect(dialectOf("softswiss").proves(request(body, { "x-request-sign": hmacHex }), shared, at)).toBe(true);
  });

  test("for signed-json: Standard Webhooks, also beside the signature of another secret", () => {
    const one = request(body, standard(`v1,${webhook}`));
    const two = request(body, standard(`v1,AAAA v1,${webhook}`));
    expect([one, two].map((sent) => dialectOf("signed-json").proves(sent, whsec, at))).toEqual([true, true]);
  });
});

describe("what is not the provider's is refused", () => {
  test.each([
    ["hub88", request(`${body} `, { "x-hub88-signature": rsa }), key],
    ["hub88", request(body, { "x-hub88-signature": rsa.replace(/^./, (first) => (first === "A" ? "B" : "A")) }), key],
    ["hub88", request(body, {}), key],
    ["hub88", request(body, { "x-hub88-signature": rsa }), { kind: "PUBLIC_KEY", secret: Buffer.from("no key") }],
    ["softswiss", request(`${body}\n`, { "x-request-sign": hmacHex }), shared],
    ["softswiss", request(body, { "x-request-sign": hmacHex.slice(1) }), shared],
    ["softswiss", request(body, { "x-request-sign": hmacHex }), secret("another")],
    ["evolution", request(body, {}, { authToken: "wrong" }), secret("right")],
    ["evolution", request(body, {}), secret("right")],
    ["signed-json", request(body, standard(`v1,${webhook}`, "1795399699")), whsec],
    ["signed-json", request(body, standard(`v1,${webhook}`, "soon")), whsec],
    ["signed-json", request(body, standard(`v2,${webhook}`)), whsec],
  ] as const)("by %s", (code, sent, credential) => {
    expect(dialectOf(code).proves(sent, credential, at)).toBe(false);
  });
});

test("a token in the address is compared whole", () => {
  const proves = (token: string) =>
    dialectOf("evolution").proves(request(body, {}, { authToken: token }), secret("right"), at);
  expect(["right", "righ", "right "].map(proves)).toEqual([true, false, false]);
});
