import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";

const packageFile = z.object({ scripts: z.record(z.string(), z.string()).default({}) });

/** True where the console can be started. */
export function hasConsole(root: string): boolean {
  const path = join(root, "apps", "console", "package.json");
  if (!existsSync(path)) return false;
  return packageFile.parse(JSON.parse(readFileSync(path, "utf8"))).scripts["start"] !== undefined;
}

/** Says whether the console was built from the sources as they are. */
export function isConsoleBuilt(root: string): boolean {
  const stamp = stampPath(root);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === hashConsoleSources(root);
}

export function markConsoleBuilt(root: string): void {
  writeFileSync(stampPath(root), hashConsoleSources(root));
}

/** Inside the build's own folder, so that whoever removes the build removes the mark with it. */
function stampPath(root: string): string {
  return join(root, "apps", "console", ".next", "pitboss-sources");
}

function hashConsoleSources(root: string): string {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const folder of ["apps/console", "packages/domain/src"]) hashFolder(join(root, folder), hash);
  return hash.digest("hex");
}

function hashFolder(folder: string, hash: ReturnType<typeof createHash>): void {
  const skipped = new Set(["node_modules", ".next", ".turbo", "next-env.d.ts", "tsconfig.tsbuildinfo"]);
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (skipped.has(entry.name) || /[.]test[.]tsx?$/.test(entry.name)) continue;
    if (entry.isDirectory()) hashFolder(path, hash);
    else hash.update(path.slice(folder.length)).update(readFileSync(path));
  }
}
