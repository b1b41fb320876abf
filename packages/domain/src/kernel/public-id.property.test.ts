import fc from "fast-check";
import { expect, test } from "vitest";
import { formatId, type IdKind, idPrefixes, parseId } from "./public-id.ts";

const kinds = fc.constantFrom(...(Object.keys(idPrefixes) as IdKind[]));
const numbers = fc.bigInt({ min: 0n, max: (1n << 63n) - 1n });

test("an id comes back as its number", () => {
  fc.assert(
    fc.property(kinds, numbers, (kind, number) => {
      expect(parseId(kind, formatId(kind, number))).toBe(number);
    }),
  );
});

test("the digits are Crockford's: the number in base 32, without i, l, o and u", () => {
  const digits = "0123456789abcdefghijklmnopqrstuv";
  const crockford = "0123456789abcdefghjkmnpqrstvwxyz";
  fc.assert(
    fc.property(numbers, (number) => {
      const translated = [...number.toString(32)].map((digit) => crockford[digits.indexOf(digit)]).join("");
      expect(formatId("bet", number)).toBe(`bet_${translated}`);
    }),
  );
});

test("whatever text is read as an id is the only spelling of it", () => {
  const near = fc.tuple(kinds, fc.string({ unit: fc.constantFrom(..."_0189abzilouABZ "), maxLength: 15 }));
  fc.assert(
    fc.property(kinds, near, fc.boolean(), (kind, [prefixKind, tail], prefixed) => {
      const text = prefixed ? `${idPrefixes[prefixKind]}_${tail}` : tail;
      const number = parseId(kind, text);
      if (number !== undefined) expect(formatId(kind, number)).toBe(text);
    }),
    { numRuns: 5_000 },
  );
});

test("an id of one kind is not one of another", () => {
  fc.assert(
    fc.property(kinds, kinds, numbers, (kind, other, number) => {
      fc.pre(kind !== other);
      expect(parseId(other, formatId(kind, number))).toBeUndefined();
    }),
  );
});

test.each([
  "",
  "p",
  "p_",
  "_",
  "p_0001",
  "p_A",
  "p_i",
  "p_-1",
  "p_1 ",
  " p_1",
  "p_8000000000000",
  "p_zzzzzzzzzzzzz",
  "p__1",
])("%j is not a player's id", (text) => {
  expect(parseId("player", text)).toBeUndefined();
});

test("prefixes are all different, so that an id says what it is of", () => {
  const prefixes = Object.values(idPrefixes);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});
