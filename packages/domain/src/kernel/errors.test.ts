import { describe, expect, test } from "vitest";
import { type ErrorCode, errorRow, errors } from "./errors.ts";

const rows = Object.keys(errors) as ErrorCode[];

describe.each(rows)("%s", (code) => {
  const row = errorRow(code);

  test("has a status of a failure, and a sentence for a person", () => {
    expect(row.http).toBeGreaterThanOrEqual(400);
    expect(row.http).toBeLessThan(600);
    expect(row.sentence).toMatch(/^[A-Z].*\.$/);
  });

  test("tells a program to come again wherever the fault is the house's own", () => {
    if (row.http >= 500) expect(row.retry).toBe(true);
  });
});
