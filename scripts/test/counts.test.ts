import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { addCounts, countStep, noCounts, readCounts } from "./counts.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pitboss-counts-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

function report(content: unknown): string {
  const path = join(folder, "report.json");
  writeFileSync(path, JSON.stringify(content));
  return path;
}

test("vitest's report is counted, and what it skipped is named", () => {
  const assertionResults = [
    { fullName: "a", status: "passed" },
    { fullName: "b", status: "failed" },
    { fullName: "over NATS", status: "skipped" },
  ];
  const path = report({ numPassedTests: 1, numFailedTests: 1, testResults: [{ assertionResults }] });
  expect(readCounts(path)).toEqual({ passed: 1, failed: 1, skipped: 1, skippedNames: ["over NATS"] });
});

test("Playwright's report is counted; a test that passed in the end passed", () => {
  const path = report({ stats: { expected: 3, unexpected: 1, flaky: 1, skipped: 2 } });
  expect(readCounts(path)).toMatchObject({ passed: 4, failed: 1, skipped: 2 });
});

test("a report that is missing or is something else counts for nothing", () => {
  expect(readCounts(join(folder, "nowhere.json"))).toBeUndefined();
  expect(readCounts(report({ hello: 1 }))).toBeUndefined();
});

test("a step that failed is never without a failure, and failed tests are not counted twice", () => {
  expect(countStep(false, undefined).failed).toBe(1);
  expect(countStep(false, { ...noCounts, passed: 7 })).toMatchObject({ passed: 7, failed: 1 });
  expect(countStep(false, { ...noCounts, failed: 2 }).failed).toBe(2);
  expect(countStep(true, undefined)).toEqual(noCounts);
});

test("counts add up", () => {
  const one = { passed: 1, failed: 2, skipped: 1, skippedNames: ["x"] };
  expect(addCounts(one, one)).toEqual({ passed: 2, failed: 4, skipped: 2, skippedNames: ["x", "x"] });
});
