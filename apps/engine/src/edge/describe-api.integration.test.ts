/** The OpenAPI document as a client finds it: valid, complete, and with examples that are true to its own schemas. */
import { Validator } from "@seriousme/openapi-schema-validator";
import { errors } from "@pitboss/domain/kernel/errors";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiContract, type Json, readApiContract } from "../testing/api-contract.ts";
import { type Casino, startCasino } from "../testing/start-casino.ts";

let casino: Casino;
let contract: ApiContract;

beforeAll(async () => {
  casino = await startCasino();
  contract = readApiContract((await casino.call("GET", "/openapi.json")).body);
});
afterAll(async () => {
  await casino.close();
});

describe("the document", () => {
  test("is valid OpenAPI 3.1", async () => {
    const validator = new Validator();
    const result = await validator.validate(structuredClone(contract.document));
    expect(result).toEqual({ valid: true });
    expect(validator.version).toBe("3.1");
  });

  test("has one name for each schema, and every schema is used", () => {
    const text = JSON.stringify(contract.document);
    const names = Object.keys((contract.document["components"] as Json)["schemas"] as Json);
    expect(names.filter((name) => name.endsWith("Input"))).toEqual([]);
    expect(names.filter((name) => !text.includes(`"#/components/schemas/${name}"`))).toEqual([]);
    expect(names).toContain("PlaceBet");
  });

  test("names each operation once, and shows nothing that is not public", () => {
    const ids = contract.operations.map(({ operation }) => operation["operationId"]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(contract.operations.filter(({ path }) => !/^(\/v1)?\//.test(path) || path.startsWith("/trpc"))).toEqual([]);
  });

  test("says who may call what: without a token only what is public", () => {
    const open = contract.operations.filter(({ operation }) => (operation["security"] as unknown[]).length === 0);
    expect(open.map(({ path }) => path).sort()).toEqual([
      "/.well-known/jwks.json",
      "/v1/affiliates/links/{code}",
      "/v1/email-verifications",
      "/v1/email-verifications/confirm",
      "/v1/games",
      "/v1/games/{gameId}",
      "/v1/password-resets",
      "/v1/password-resets/confirm",
      "/v1/rates",
      "/v1/rates/quote",
      "/v1/seals",
      "/v1/seals/jwks.json",
      "/v1/sessions",
      "/v1/tokens/refresh",
    ]);
  });
});

describe("every operation", () => {
  test("is described", () => {
    const known = (contract.document["tags"] as { name: string }[]).map(({ name }) => name);
    for (const { path, operation } of contract.operations) {
      expect(operation, path).toMatchObject({
        operationId: expect.stringMatching(/^[a-z][A-Za-z]+$/) as string,
        summary: expect.stringMatching(/^.{3,80}$/) as string,
        description: expect.stringMatching(/^[A-Z]/) as string,
      });
      for (const tag of operation["tags"] as string[]) expect(known).toContain(tag);
    }
  });

  test("has an example of what it takes and of what it answers, true to its schema", () => {
    for (const { path, method, operation } of contract.operations) {
      const responses = operation["responses"] as Record<string, Json>;
      const places = [
        ...("requestBody" in operation ? [["requestBody"]] : []),
        ...Object.keys(responses)
          .filter((status) => status.startsWith("2") && status !== "204")
          .map((status) => ["responses", status]),
      ];
      // A call that answers nothing, or sends on to another place, has no body to show.
      expect(places.length > 0 || "204" in responses || "302" in responses, `${method} ${path} answers something`).toBe(
        true,
      );
      for (const place of places) {
        const at = ["paths", path, method, ...place, "content", "application/json", "schema"];
        const examples = examplesAt(at);
        expect(examples.length, `${at.join(" ")} has an example`).toBeGreaterThan(0);
        const validator = contract.validatorAt(at);
        for (const example of examples) {
          expect(validator(example), `${at.join(" ")}: ${JSON.stringify(validator.errors)}`).toBe(true);
        }
      }
    }
  });

  test("documents its failures by code, each under its status and with an example", () => {
    for (const { path, method, operation } of contract.operations) {
      const failures = Object.entries(operation["responses"] as Record<string, Json>).filter(
        ([status]) => !/^[23]/.test(status),
      );
      const statuses = failures.map(([status]) => status);
      expect(statuses, path).toEqual(expect.arrayContaining(["400", "500", "503"]));
      if ((operation["security"] as unknown[]).length > 0)
        expect(statuses).toEqual(expect.arrayContaining(["401", "403"]));
      for (const [status, response] of failures) {
        const content = (response["content"] as Record<string, Json>)["application/problem+json"];
        for (const [code, { value }] of Object.entries(content?.["examples"] as Record<string, { value: Json }>)) {
          expect(errors, path).toHaveProperty(code);
          expect(value).toMatchObject({ code, status: Number(status) });
          expect(contract.validatorAt(["components", "schemas", "Problem"])(value), `${method} ${path}`).toBe(true);
        }
      }
    }
  });

  test("gives its parameters a meaning: each has an example, a default, or words", () => {
    for (const { path, operation } of contract.operations) {
      for (const parameter of (operation["parameters"] ?? []) as {
        name: string;
        description?: string;
        schema: Json;
      }[]) {
        const { schema, description } = parameter;
        const told = description !== undefined || ["description", "examples", "default"].some((key) => key in schema);
        expect(told, `${path} ${parameter.name}`).toBe(true);
      }
    }
  });
});

function examplesAt(place: readonly string[]): unknown[] {
  let node: unknown = contract.document;
  for (const key of place) node = (node as Json)[key];
  const { $ref: ref } = node as { $ref?: string };
  if (ref !== undefined) return examplesAt(ref.slice(2).split("/"));
  return ((node as Json)["examples"] ?? []) as unknown[];
}
