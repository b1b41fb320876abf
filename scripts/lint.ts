/**
 * The linter over everything, a part of the house at a time: with types, all parts in one process are more than its memory
 * holds. What belongs to no part is looked at with the last one, so nothing is left out. Usage: node scripts/lint.ts [--fix]
 */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const eslint = join(root, "node_modules/eslint/bin/eslint.js");
const without = (...folders: readonly string[]): string[] =>
  folders.flatMap((folder) => ["--ignore-pattern", `${folder}/**`]);
const parts = [
  ["packages"],
  ["apps/engine"],
  ["apps", ...without("apps/engine")],
  [".", ...without("apps", "packages")],
];

let failed = false;
for (const part of parts) {
  const { status } = spawnSync(process.execPath, [eslint, ...part, ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  failed ||= status !== 0;
}
process.exitCode = failed ? 1 : 0;
