import { expect, test } from "vitest";
import { encodeBase32 } from "./base32.ts";
import { matchTotp, totpCode, totpStepAt, totpUri } from "./totp.ts";

const secret = Buffer.from("12345678901234567890");

test.each([
  [59, "94287082"],
  [1_111_111_109, "07081804"],
  [1_111_111_111, "14050471"],
  [1_234_567_890, "89005924"],
  [2_000_000_000, "69279037"],
  [20_000_000_000, "65353130"],
])("the code at %i s is the one of RFC 6238, appendix B", (seconds, code) => {
  expect(totpCode(secret, totpStepAt(seconds * 1000), 8)).toBe(code);
});

test("a code counts once, and codes before it count no more", () => {
  const now = 1_234_567_890_000;
  const step = totpStepAt(now);
  expect(matchTotp(secret, totpCode(secret, step), now, null)).toBe(step);
  expect(matchTotp(secret, totpCode(secret, step), now, step)).toBeUndefined();
  expect(matchTotp(secret, totpCode(secret, step - 1), now, step)).toBeUndefined();
  expect(matchTotp(secret, totpCode(secret, step + 1), now, step)).toBe(step + 1);
});

test("clocks may be one step apart, and no more", () => {
  const now = 1_234_567_890_000;
  const step = totpStepAt(now);
  expect(matchTotp(secret, totpCode(secret, step - 1), now, null)).toBe(step - 1);
  expect(matchTotp(secret, totpCode(secret, step - 2), now, null)).toBeUndefined();
  expect(matchTotp(secret, totpCode(secret, step + 2), now, null)).toBeUndefined();
  expect(matchTotp(secret, "not a code", now, null)).toBeUndefined();
});

test("secrets are spelled as RFC 4648 does", () => {
  expect(["f", "fo", "foo", "foob", "fooba", "foobar"].map((text) => encodeBase32(Buffer.from(text)))).toEqual([
    "MY",
    "MZXQ",
    "MZXW6",
    "MZXW6YQ",
    "MZXW6YTB",
    "MZXW6YTBOI",
  ]);
  expect(totpUri(secret, "Pitboss", "a@b.c")).toContain("secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
});
