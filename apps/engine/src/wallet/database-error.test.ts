import pg from "pg";
import { CommitRefusedError } from "@pitboss/db/wallet/door/write-batch";
import { describe, expect, test } from "vitest";
import { classifyDatabaseError, isDatabaseAway } from "./database-error.ts";

function databaseError(code: string): Error {
  const error = new pg.DatabaseError(`code ${code}`, 0, "error");
  error.code = code;
  return error;
}

describe("a batch that failed with", () => {
  test.each(["40001", "40P01", "55P03", "PB001", "23505"])("%s is decided again", (code) => {
    expect(classifyDatabaseError(databaseError(code))).toBe("conflict");
  });

  test("a commit that was answered with a rollback is decided again", () => {
    expect(classifyDatabaseError(new CommitRefusedError())).toBe("conflict");
  });

  test.each(["57P01", "57P02", "57P03", "08006", "08003", "53300", "53100"])("%s has lost its connection", (code) => {
    expect(classifyDatabaseError(databaseError(code))).toBe("lost");
  });

  test.each(["22P05", "23514", "42501", "57014", "22003"])("%s can't be written as it is", (code) => {
    expect(classifyDatabaseError(databaseError(code))).toBe("fault");
  });

  test("no answer in time has lost its connection", () => {
    expect(classifyDatabaseError(new Error("Query read timeout"))).toBe("lost");
  });

  test("a bug of ours can't be decided, and costs nobody the connection", () => {
    expect(classifyDatabaseError(new Error("assertion failed: postings sum to zero"))).toBe("fault");
  });
});

describe("the database is away", () => {
  test.each([
    ["it refuses connections", Object.assign(new Error("connect"), { code: "ECONNREFUSED" })],
    ["it shuts down", databaseError("57P01")],
    [
      "the connection broke, as an ORM says it",
      new Error("Failed query", { cause: new Error("Connection terminated unexpectedly") }),
    ],
    ["it does not answer", new Error("Failed query", { cause: new Error("Query read timeout") })],
    ["no connection came free", new Error("timeout exceeded when trying to connect")],
  ])("where %s", (_what, error) => {
    expect(isDatabaseAway(error)).toBe(true);
  });

  test.each([
    ["a statement is wrong", databaseError("42601")],
    ["something else failed", new Error("no currency has the number 0")],
    ["something was thrown that is no error", "57P01"],
  ])("but not where %s", (_what, error) => {
    expect(isDatabaseAway(error)).toBe(false);
  });
});
