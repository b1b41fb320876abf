/**
 * Vectors were made by openssl under a key made for them alone, which guards nothing:
 * printf '%s' "$header.$payload" | openssl dgst -sha512 -sign key.pem | openssl base64 -A | tr '+/' '-_' | tr -d '='
 * for webhooks (JWS, RS512, payload taken out), and with -sha256 for calls (JWT, RS256).
 */
import { createPrivateKey, createPublicKey } from "node:crypto";
import { expect, test } from "vitest";
import { checkCall, createTokenSigner, signCall } from "./request-token.ts";
import { checkFireblocksSignature, isStale, signFireblocks } from "./webhook-signature.ts";

const privateKey = `-----BEGIN PRIVATE KEY-----
MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDqU0CBVZ2otPuG
4pDSgskht2DHBnMeuSQiGti8LfdsesnaPbDKEQMOgNd1XN2cwCG0pJKTf7E/dFh9
uQjINgsbRbnD18p0mf9xFu2FzCI5BsrETQBemel2W/McDKQ1nA0SKLJ6Qn0aw7Gm
1+2qrp2mw84yfKm13qci9dJQlE0jY+8+EnOtYGKJleQz7+9JD0jbsgvAtMbys1Se
Z4Jg4INL86G7TfbQwB27je22nv73jYqgUOucZVZAQYuejhKbfJMZr/a2MnuHjS+w
dpxYKyUfdcqH7LYyjTdU2c1FqkXjMr5EvSbHMiXUp7Dc60U8xcXYUskLiWeu9XR/
DQjhgMuPAgMBAAECggEAGVkAH/1+8desuHPxw+kvO10hiZCtC08ZFYdfQpvw/o8Z
yWiQTeDL5S8Syjii0Giy515Awivh+eyVVfmaIEOYV/mRlW8ru16dP0KCVyLfNi6s
kyeGjrU03VTSVjUX3k9kf+kJxX1DwzgVaOhFZrKU4zad1jWeC3UWZ2BoFnIJwMtt
oDwW+Zu29+dvtwGp+vUyX5jzTeP78DWJTVRzURqoHbxnI2jOK6Ao0oRaeGhr0fyi
FqXzr92pmUKCbL5j1lW3dV56pko/qM0NNXqPh4+f+Hnprm/ZzJRT0nnixNnDUkyx
46xnxqC+VbCMNFO6b22mwE1fCX1jJvoyrXcQ4ASCoQKBgQD/pKsdPZpipL2xtz87
449gWw9JVQwI5aiWPItqrwuAPPQJyOM38+ETtvtPQVCWR02WldJb38LlcQ0feeFy
ROGA8JT9yGLBt7eEPDUxz/GsAwA3/FjWSGQUgjhj5E/TnbAuxkod1JmniiKebiT0
6FHOp/XLZItyoZna+Z5ikAB/PQKBgQDqpveqAeZuHgFH32QQAn1z6Kif/SNneY+s
II6A7977iI1O3areeudBlGUVf9erSSZWDAicuBur1DVM7Cr+DiLIMOIoX+NxrFMF
claENuLGxPSakr6Sq69O+BNhPagmb+ERMJu9S3UFpFrsOF7XafjGGrFF0X2rU0Rt
3RgLURDiuwKBgC2hhPGZN194LGv2W5EjE0qNtnLOfXFxHOCEOhZ23EStnJnKg9RO
8dQFC2KgM/Q/EfhZEc1YaX9u6Hq/1KAC74WGa/HIvOf7FQTDgnM7vNWJS5aysmC9
Vy/Z9prN+/m34eTXfA9LDYo8O+Wvn2Ufusp6bIM7lTCG6+GMQNsy/QO5AoGARn/H
pRJREwB8zgU14QF+g5aBIyBAxNPm8IYPinmG+vd5zRoYPiOa2z8kZ6MzPskJdYzE
AaHm3mcxZF0IRbAljxPwvsSgZwSpJNfHWo3K8IE4JEC2dQaT8xvhZrPJk1LFwg5i
nCrRi9JnZtVA2WODVLGsVRettA2eX4uvr6a5dgUCgYEAktQ2+JWFviuwowkmf5pJ
svAdR7pShu8355/fE08dD5z0giQe5RZClpykyoaXyYVHl/o3Rc0p4JRi2n0bL7E5
RshhpG4NSdPuwUkoIkewvrtTe8BrAWEy3vnsrUE1Fdt7HvYQYfTYEjKAc44ZZ98o
ZCSijyD6LiLBhSTIkCcimCU=
-----END PRIVATE KEY-----`;
const publicKey = createPublicKey(createPrivateKey(privateKey));
const body = Buffer.from(
  '{"id":"e1","eventType":"transaction.status.updated","eventVersion":1,"resourceId":"t1","createdAt":1790000000000,"data":{}}',
);
const webhook = [
  "eyJhbGciOiJSUzUxMiIsImtpZCI6InZlY3Rvci0xIn0..yVktYkaIW1v2bBmvLpWTri5aofzJqUYWYtfueYJkqlOYIhDFsn94cYf",
  "o2nQ8ybBwSHiDlsDjrTsT189pqtlj6r1oCcLTtEiOciAYdob6auDcNOeoKOyEtPkb3kp2qpcibDbUjNxGQIqwfbuy8gHX-caGt-p",
  "exMCTwNn1WAiTYIHJw6mRcvE5hMMsXdrNOI7C6ZFQmEEx1YlOnnaIst_WtvRx_VFDS7aQadlBH5bxEhlR_hErnjklDVhcNxu9QGG",
  "G21GLTgFovymo_QBgGhHTXMdnxaCW0QDGPcfD83jH29dZjXgfXMx79-C0n9GGsAbIm7VRuQXXutBASga9_3wEFw",
].join("");
const token = [
  "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9.eyJ1cmkiOiIvdjEvdHJhbnNhY3Rpb25zIiwibm9uY2UiOiJuLTEiLCJpYXQiOjE",
  "3OTAwMDAwMDAsImV4cCI6MTc5MDAwMDAyOSwic3ViIjoiYXBpLWtleS0xIiwiYm9keUhhc2giOiIwMTVhYmQ3ZjVjYzU3YTJkZDk",
  "0Yjc1OTBmMDRhZDgwODQyNzM5MDVlZTMzZWM1Y2ViZWFlNjIyNzZhOTdmODYyIn0.QGVO0Rd0KRzlpZYUAxPxd96MuxOEw_D6AtX",
  "Nl5XpwT_XRzl2X8Ddd2ctpGx6JIU3WkOTkh5wB0MHMGCOfi7BVXAMiBdyRi9t34w1YDxnuwGVeaGoD0ZP2lOYjOTHDAf8hYpOw9t",
  "U5q23CfSYlgfb6fP8FOsH-KNnb-TW22jEaNMonAy5Lxmi8Tq4Kcyw7FusCHFY0Y76tHSOKTkEllFUoAkTJcI-HKAkshoUQKq4sTo",
  "QpGW-6BnDxLh0rkkYwnRZVeI-BjKZmYXBUEdJAiilQ7LKBe5IkJ_1rvIo1hCNOOn0bs9AIEKPPM5iqd8206cUyWlB6Hp0xJ6X6Vl",
  "huSPsXQ",
].join("");

const keys = { find: (kid: string) => Promise.resolve(kid === "vector-1" ? publicKey : undefined) };
const check = async (header: string | undefined, bytes = body) =>
  (await checkFireblocksSignature(bytes, header, keys)).ok;

test("a webhook that openssl signed is believed, and ours is signed as openssl does", async () => {
  expect(await check(webhook)).toBe(true);
  expect(signFireblocks(body, "vector-1", createPrivateKey(privateKey))).toBe(webhook);
});

test("another body, another key, another algorithm or no detached JWS is not believed", async () => {
  const [head = "", , signature = ""] = webhook.split(".");
  const other = (change: object) => Buffer.from(JSON.stringify(change)).toString("base64url");
  expect(await check(webhook, Buffer.concat([body, Buffer.from(" ")]))).toBe(false);
  expect(await check(`${head}..${signature.slice(0, -8)}AAAAAAAA`)).toBe(false);
  expect(await check(`${other({ alg: "RS512", kid: "vector-2" })}..${signature}`)).toBe(false);
  expect(await check(`${other({ alg: "none", kid: "vector-1" })}..`)).toBe(false);
  expect(await check(`${other({ alg: "HS512", kid: "vector-1" })}..${signature}`)).toBe(false);
  // The payload belongs beside it, and not into it.
  expect(await check(`${head}.${body.toString("base64url")}.${signature}`)).toBe(false);
  expect(await check("")).toBe(false);
  expect(await check(undefined)).toBe(false);
});

test("an event that was kept for days, or comes from ahead of time, is stale", () => {
  const at = 1_790_000_000_000;
  const hour = 3_600_000;
  expect(isStale(at, at + 47 * hour)).toBe(false);
  expect(isStale(at, at + 49 * hour)).toBe(true);
  expect(isStale(at, at - 299_000)).toBe(false);
  expect(isStale(at, at - 301_000)).toBe(true);
  expect(isStale(Number.NaN, at)).toBe(true);
});

const call = { path: "/v1/transactions", body: '{"a":1}' };
const at = (seconds: number, change: Partial<{ apiKey: string }> = {}) => ({
  apiKey: "api-key-1",
  publicKey,
  nowMs: (1_790_000_000 + seconds) * 1_000,
  ...change,
});

test("a call that openssl signed is believed, and ours is signed as openssl does", () => {
  expect(checkCall(token, call, at(10))).toEqual({ ok: true, nonce: "n-1" });
  expect(signCall(createTokenSigner("api-key-1", privateKey), call, 1_790_000_000_999, "n-1")).toBe(token);
});

test("a call for another path, body or caller, a late one, and a forged one are not believed", () => {
  expect(checkCall(token, { ...call, path: "/v1/transactions/1" }, at(10)).ok).toBe(false);
  expect(checkCall(token, { ...call, body: '{"a":2}' }, at(10)).ok).toBe(false);
  expect(checkCall(token, call, at(10, { apiKey: "api-key-2" })).ok).toBe(false);
  expect(checkCall(token, call, at(30)).ok).toBe(false);
  expect(checkCall(token, call, at(-40)).ok).toBe(false);
  expect(checkCall(`${token.slice(0, -6)}AAAAAA`, call, at(10)).ok).toBe(false);
});
