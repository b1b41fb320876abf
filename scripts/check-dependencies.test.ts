import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { findUnchecked } from "./find-unchecked.ts";

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "pitboss-floors-"));
  for (const name of ["pg", "zod", "vitest"]) {
    write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: "index.js" }));
    write(`node_modules/${name}/index.js`, "");
  }
  for (const folder of ["packages/domain", "packages/db", "packages/wires", "apps/engine", "apps/console"]) {
    const name = `@pitboss/${folder.split("/")[1]}`;
    write(`${folder}/package.json`, JSON.stringify({ name, exports: { "./*": "./src/*.ts" } }));
    mkdirSync(join(root, "node_modules/@pitboss"), { recursive: true });
    symlinkSync(join(root, folder), join(root, "node_modules", name));
  }
  write("packages/domain/src/rule.ts", 'import { z } from "zod";\nexport const rule = z;\n');
  write("packages/db/src/store.ts", 'import "pg";\nexport { rule as store } from "@pitboss/domain/rule";\n');
  write("packages/wires/src/call.ts", 'export { rule as call } from "@pitboss/domain/rule";\n');
  write("apps/engine/src/router.ts", 'export { store } from "@pitboss/db/store";\nexport type AppRouter = string;\n');
});

afterEach(() => {
  rmSync(root, { recursive: true });
});

function write(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function check(): { status: number | null; text: string } {
  const script = join(import.meta.dirname, "check-dependencies.ts");
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, root], { encoding: "utf8" });
  return { status, text: stdout + stderr };
}

test("a house in order passes", () => {
  write(
    "apps/console/src/page.ts",
    'import type { AppRouter } from "@pitboss/engine/router";\nexport type R = AppRouter;\n',
  );
  const { status, text } = check();
  expect(text).not.toContain("✗");
  expect(status).toBe(0);
});

const store = 'import { store } from "@pitboss/engine/router";\nstore();\n';
const violations = [
  ["domain-knows-nobody", "packages/domain/src/up.ts", 'import { store } from "@pitboss/db/store";\nstore();\n'],
  [
    "domain-needs-only-zod",
    "packages/domain/src/file.ts",
    'import { readFileSync } from "node:fs";\nreadFileSync("x");\n',
  ],
  ["domain-needs-only-zod", "packages/domain/src/pg.ts", 'import "pg";\n'],
  ["db-knows-domain", "packages/db/src/up.ts", store],
  ["wires-know-domain", "packages/wires/src/up.ts", store],
  [
    "the-house-is-not-its-own-provider",
    "apps/engine/src/wallet.ts",
    'import { call } from "@pitboss/wires/call";\ncall();\n',
  ],
  ["engine-knows-no-client", "apps/engine/src/up.ts", 'import "../../console/src/page.ts";\n'],
  ["clients-never-see-the-database", "apps/console/src/store.ts", 'import "@pitboss/db/store";\n'],
  ["clients-never-see-the-database", "apps/console/src/pg.tsx", 'import type {} from "pg";\n'],
  ["clients-know-types-of-the-engine", "apps/console/src/value.ts", store],
  ["no-circle", "packages/db/src/one.ts", 'import { two } from "./two.ts";\nexport const one = () => two;\n'],
  ["nothing-runs-on-tests", "apps/engine/src/mock.ts", 'import "vitest";\n'],
  ["resolvable", "apps/engine/src/lost.ts", 'import "./nowhere.ts";\n'],
] as const;

test("what no floor may import is refused, with the rule's name and the file's", () => {
  write("apps/console/src/page.ts", "export {};\n");
  write("packages/db/src/two.ts", 'import { one } from "./one.ts";\nexport const two = () => one;\n');
  for (const [, path, text] of violations) write(path, text);
  const { status, text } = check();
  for (const [rule, path] of violations) expect(text).toContain(`✗ ${rule}: ${path}`);
  expect(text.match(/✗/g)).toHaveLength(violations.length);
  expect(status).toBe(1);
});

test("a check that looked at nothing fails", () => {
  rmSync(join(root, "packages"), { recursive: true });
  rmSync(join(root, "apps"), { recursive: true });
  expect(check()).toMatchObject({ status: 1, text: expect.stringContaining("nothing to look at") as string });
});

test("a file that was not read, and a floor whose imports were not understood, are complaints", () => {
  const files = [
    { path: "apps/engine/src/a.ts", hasImports: true },
    { path: "apps/engine/src/b.ts", hasImports: false },
  ];
  const [a, b] = [
    { source: "apps/engine/src/a.ts", dependencies: [{}] },
    { source: "apps/engine/src/b.ts", dependencies: [] },
  ];
  expect(findUnchecked("apps/engine", files, [a, b])).toEqual([]);
  expect(findUnchecked("apps/engine", files, [a])).toEqual([
    "apps/engine: 1 of 2 files were not looked at, such as apps/engine/src/b.ts",
  ]);
  expect(findUnchecked("apps/engine", files, [{ ...a, dependencies: [] }, b])).toEqual([
    "apps/engine: not one of its imports was seen",
  ]);
  expect(findUnchecked("apps/engine", files, [])).toHaveLength(2);
});
