import { readFileSync } from "node:fs";
import { z } from "zod";

export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** The full names of the tests that were skipped. */
  readonly skippedNames: readonly string[];
}

export const noCounts: Counts = { passed: 0, failed: 0, skipped: 0, skippedNames: [] };

const vitestReport = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  testResults: z.array(
    z.object({
      assertionResults: z.array(z.object({ fullName: z.string(), status: z.string() })),
    }),
  ),
});

const playwrightReport = z.object({
  stats: z.object({ expected: z.int(), unexpected: z.int(), flaky: z.int(), skipped: z.int() }),
});

/** Reads the report that vitest or Playwright wrote; undefined where there is none that can be read. */
export function readCounts(path: string): Counts | undefined {
  let report: unknown;
  try {
    report = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return undefined;
  }
  const vitest = vitestReport.safeParse(report);
  if (vitest.success) {
    const tests = vitest.data.testResults.flatMap(({ assertionResults }) => assertionResults);
    const skippedNames = tests
      .filter(({ status }) => status === "skipped" || status === "pending" || status === "todo")
      .map(({ fullName }) => fullName);
    const { numPassedTests: passed, numFailedTests: failed } = vitest.data;
    return { passed, failed, skipped: skippedNames.length, skippedNames };
  }
  const playwright = playwrightReport.safeParse(report);
  if (!playwright.success) return undefined;
  const { expected, flaky, unexpected, skipped } = playwright.data.stats;
  return { passed: expected + flaky, failed: unexpected, skipped, skippedNames: [] };
}

/** A step that failed without a failed test, such as the linter or a runner that crashed, counts as one failure. */
export function countStep(succeeded: boolean, counts: Counts | undefined): Counts {
  const found = counts ?? noCounts;
  return succeeded || found.failed > 0 ? found : { ...found, failed: 1 };
}

export function addCounts(left: Counts, right: Counts): Counts {
  return {
    passed: left.passed + right.passed,
    failed: left.failed + right.failed,
    skipped: left.skipped + right.skipped,
    skippedNames: [...left.skippedNames, ...right.skippedNames],
  };
}
