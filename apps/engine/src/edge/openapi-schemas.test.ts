import { describe, expect, test } from "vitest";
import { oneNameEach, spellExamples } from "./openapi-schemas.ts";

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const documentOf = (paths: object, schemas: object) => ({ openapi: "3.1.0", paths, components: { schemas } });
const schemasOf = (document: Record<string, unknown>): unknown =>
  (document["components"] as Record<string, unknown>)["schemas"];

describe("a schema", () => {
  test("that is only read loses its suffix, and takes its parts along", () => {
    const read = { type: "object", properties: { amount: ref("AmountInput") } };
    const document = oneNameEach(
      documentOf(
        { "/bets": { body: ref("BetInput") } },
        { BetInput: read, Bet: {}, AmountInput: { type: "string" }, Amount: { type: "string" }, Problem: {} },
      ),
    );
    expect(document["paths"]).toEqual({ "/bets": { body: ref("Bet") } });
    expect(schemasOf(document)).toEqual({
      Amount: { type: "string" },
      Bet: { type: "object", properties: { amount: ref("Amount") } },
      Problem: {},
    });
  });

  test("that is read and written alike comes once, and one that nobody uses not at all", () => {
    const document = oneNameEach(
      documentOf(
        { "/a": [ref("AmountInput"), ref("Amount")] },
        { AmountInput: { type: "string" }, Amount: { type: "string" }, Unused: {}, Problem: {} },
      ),
    );
    expect(schemasOf(document)).toEqual({ Amount: { type: "string" }, Problem: {} });
  });

  test("that looks different when it is written must have two names", () => {
    const schemas = { AmountInput: { type: "string" }, Amount: { type: "number" }, Problem: {} };
    expect(() => oneNameEach(documentOf({ "/a": [ref("AmountInput"), ref("Amount")] }, schemas))).toThrow(
      "the schema Amount looks different",
    );
  });

  test("may have a name that only happens to end like the suffix", () => {
    const document = oneNameEach(documentOf({ "/a": ref("KeyboardInput") }, { KeyboardInput: {}, Problem: {} }));
    expect(schemasOf(document)).toEqual({ KeyboardInput: {}, Problem: {} });
  });
});

test("an example becomes the list that JSON Schema has, but a property of that name stays", () => {
  const schema = { type: "object", example: { a: 1 }, properties: { example: { type: "string", example: "x" } } };
  expect(spellExamples(schema)).toEqual({
    type: "object",
    examples: [{ a: 1 }],
    properties: { example: { type: "string", examples: ["x"] } },
  });
});
