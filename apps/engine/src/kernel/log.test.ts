import { DrizzleQueryError } from "drizzle-orm";
import { expect, test } from "vitest";
import { tellError } from "./log.ts";

test("a failed statement is logged without its parameters and without the row that it was about", () => {
  const cause = Object.assign(new Error("duplicate key value violates a constraint"), {
    code: "23505",
    detail: "Key (nickname)=(ada borg) already exists.",
  });
  const failed = new DrizzleQueryError("INSERT INTO players VALUES ($1)", ["ada borg"], cause);
  const told = tellError(new Error("a request failed", { cause: failed }));
  expect(told.cause?.cause).toMatchObject({ code: "23505", message: "duplicate key value violates a constraint" });
  expect(told.cause?.message).toContain("INSERT INTO players");
  expect(told.stack).toContain("log.test.ts");
  expect(JSON.stringify(told)).not.toContain("ada borg");
});
