import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, type JsonValue } from "./json.ts";

const values = fc.jsonValue({ maxDepth: 5 }) as fc.Arbitrary<JsonValue>;

/** The same value with the keys of every object the other way round. */
function turnKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return (value as readonly JsonValue[]).map(turnKeys);
  if (value === null || typeof value !== "object") return value;
  const turned: Record<string, JsonValue> = Object.create(null) as Record<string, JsonValue>;
  for (const [key, inner] of Object.entries(value).reverse()) turned[key] = turnKeys(inner);
  return turned;
}

test("canonical text is JSON of the same value", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test("equal values have one text, in whatever order their keys came", () => {
  fc.assert(
    fc.property(values, (value) => {
      expect(canonicalJson(turnKeys(value))).toBe(canonicalJson(value));
    }),
  );
});

test("the text of RFC 8785's own example", () => {
  const value = {
    numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
    string: "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f",
    literals: [null, true, false],
  };
  expect(canonicalJson(value)).toBe(
    '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
  );
});

test("keys are sorted by their UTF-16 code units", () => {
  expect(canonicalJson({ "\ufb33": 1, "\u{1f600}": 2, ö: 3, "1": 4, "\r": 5, "€": 6 })).toBe(
    `{"\\r":5,"1":4,"ö":3,"€":6,"😀":2,"\ufb33":1}`,
  );
});

test("a number that JSON can't hold is a bug", () => {
  expect(() => canonicalJson(Number.NaN)).toThrow("assertion failed");
});
