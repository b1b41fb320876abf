/**
 * Checks who imports whom (dependency-rules.ts), and that the check looked: a cruiser that can't read TypeScript
 * finds no module, and so nothing wrong. Usage: node scripts/check-dependencies.ts [root]
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { cruise } from "dependency-cruiser";
import { dependencyRules } from "./dependency-rules.ts";
import { findUnchecked } from "./find-unchecked.ts";

const root = process.argv[2] ?? join(import.meta.dirname, "..");
const floors = [
  "packages/domain",
  "packages/db",
  "packages/wires",
  "apps/engine",
  "apps/console",
  "apps/cli",
  "bench",
  "e2e",
  "scripts",
];

const filesByFloor = new Map(floors.map((floor) => [floor, listSources(join(root, floor))]));
const present = floors.filter((floor) => (filesByFloor.get(floor) ?? []).length > 0);
const { output } = await cruise(present, {
  ...dependencyRules.options,
  validate: true,
  ruleSet: dependencyRules,
  baseDir: root,
});
if (typeof output === "string") throw new Error("the cruiser was asked for an object and gave text");
const { modules, summary } = output;

const complaints = summary.violations.map(
  ({ rule, from, to }) => `${rule.name}: ${from} → ${to}\n    ${explain(rule.name)}`,
);
for (const floor of present) {
  const cruised = modules.filter(({ source }) => source.startsWith(`${floor}/`));
  const imports = cruised.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  console.log(`${floor}: ${cruised.length} modules, ${imports} imports`);
  const files = (filesByFloor.get(floor) ?? []).map((path) => ({ path, hasImports: hasImports(path) }));
  complaints.push(...findUnchecked(floor, files, modules));
}
if (present.length === 0) complaints.push("there was nothing to look at");

for (const complaint of complaints) console.error(`✗ ${complaint}`);
process.exitCode = complaints.length > 0 ? 1 : 0;

function explain(ruleName: string): string {
  return dependencyRules.forbidden.find(({ name }) => name === ruleName)?.comment ?? "";
}

function hasImports(file: string): boolean {
  return /^(import|export .* from)\b/m.test(readFileSync(join(root, file), "utf8"));
}

/** The source files of a floor, relative to the root, with forward slashes. */
function listSources(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const skipped = new Set(["node_modules", ".next", ".turbo", "dist", "coverage", "test-results", "playwright-report"]);
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : listSources(path);
    return /[.](ts|tsx|mts|mjs)$/.test(entry.name) && entry.name !== "next-env.d.ts"
      ? [relative(root, path).replaceAll("\\", "/")]
      : [];
  });
}
