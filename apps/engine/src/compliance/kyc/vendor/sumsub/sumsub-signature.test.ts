import { expect, test } from "vitest";
import { checkDigest, digestOf, signRequest } from "./sumsub-signature.ts";

const body = Buffer.from('{"type":"applicantReviewed"}');
const secret = "a-secret-of-the-webhook";

test("a digest is believed under each current secret, and no other", () => {
  const headers = { "x-payload-digest": digestOf(body, secret), "x-payload-digest-alg": "HMAC_SHA256_HEX" };
  expect(checkDigest(body, headers, ["another-one", secret])).toBeUndefined();
  expect(checkDigest(body, headers, ["another-one"])).toBe("The digest does not match.");
  expect(checkDigest(Buffer.from(`${body.toString()} `), headers, [secret])).toBe("The digest does not match.");
});

test("a missing digest, one that is cut short, and SHA-1 are refused", () => {
  expect(checkDigest(body, {}, [secret])).toBe("The digest is missing.");
  const short = digestOf(body, secret).slice(0, 20);
  expect(checkDigest(body, { "x-payload-digest": short }, [secret])).toBe("The digest does not match.");
  const sha1 = { "x-payload-digest": digestOf(body, secret), "x-payload-digest-alg": "HMAC_SHA1_HEX" };
  expect(checkDigest(body, sha1, [secret])).toBe("The digest's algorithm is not taken.");
});

test("a request's signature is over its time, method, path with query and body", () => {
  const request = { ts: "1607551635", method: "post", path: "/resources/applicants?levelName=basic", body: "{}" };
  // Computed with openssl dgst -sha256 -hmac over the concatenation.
  expect(signRequest(request, "key")).toBe("770a57266dd15ccefad084c363cd0ba3f7ebe131a360c70528d75071dc6ecbde");
  expect(signRequest({ ...request, path: "/resources/applicants?levelName=other" }, "key")).not.toBe(
    "770a57266dd15ccefad084c363cd0ba3f7ebe131a360c70528d75071dc6ecbde",
  );
});
