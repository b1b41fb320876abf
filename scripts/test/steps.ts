import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

export interface Step {
  readonly name: string;
  readonly what: string;
  /** A program of node_modules/.bin, or `node`, with its arguments. */
  readonly command: readonly [string, ...string[]];
  /** A report in the form of vitest or Playwright that the step writes. */
  readonly report?: string;
  /** The system's program without which the step can't be run. */
  readonly needs?: string;
}

/** All that `npm test` does, the quickest answers first. */
export function listSteps(root: string, reports: string): readonly Step[] {
  return [
    { name: "format", what: "every file is formatted", command: ["biome", "format", "."] },
    { name: "lint", what: "no rule of the linter is broken", command: ["node", "scripts/lint.ts"] },
    {
      name: "typecheck",
      what: "every workspace type-checks",
      command: ["turbo", "run", "typecheck", "typecheck:root", "--output-logs=errors-only"],
    },
    { name: "dependencies", what: "the floors hold", command: ["node", "scripts/check-dependencies.ts"] },
    { name: "dead-code", what: "nothing is unused", command: ["knip"] },
    vitest("unit", "the rules, without any server", reports),
    vitest("integration", "everything with a real PostgreSQL and real servers", reports),
    {
      name: "build",
      what: "what is built can be built",
      command: ["turbo", "run", "build", "--output-logs=errors-only"],
    },
    ...(hasSpecs(join(root, "e2e")) ? [endToEnd(reports)] : []),
  ];
}

function vitest(project: string, what: string, reports: string): Step {
  const report = join(reports, `${project}.json`);
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  return { name: project, what, command: ["vitest", "run", "--project", project, ...reporters], report };
}

function endToEnd(reports: string): Step {
  return {
    name: "e2e",
    what: "the running system, as people use it",
    command: ["playwright", "test", "--config", "e2e/playwright.config.ts", "--reporter=list,json"],
    report: join(reports, "e2e.json"),
    needs: "chromium",
  };
}

function hasSpecs(folder: string): boolean {
  if (!existsSync(join(folder, "playwright.config.ts"))) return false;
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).some(
    (path) => path.endsWith(".spec.ts") && !path.includes("node_modules"),
  );
}
