import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hydrateSymlinks, locatePostgresBinaries } from "./postgres-binaries.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pitboss-binaries-"));
  mkdirSync(join(folder, "native", "lib"), { recursive: true });
  writeFileSync(join(folder, "native", "lib", "libpq.so.5.18"), "the library");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("the links that a skipped install script would have made are made, and made only once", () => {
  const links = [{ source: "native/lib/libpq.so.5.18", target: "native/lib/libpq.so.5" }];
  writeFileSync(join(folder, "native", "pg-symlinks.json"), JSON.stringify(links));
  hydrateSymlinks(folder);
  hydrateSymlinks(folder);
  expect(readFileSync(join(folder, "native", "lib", "libpq.so.5"), "utf8")).toBe("the library");
});

test("a package without links, as for Windows, needs nothing", () => {
  expect(() => {
    hydrateSymlinks(folder);
  }).not.toThrow();
});

test("the PostgreSQL that npm installed runs here", () => {
  expect(locatePostgresBinaries().majorVersion).toBe("18");
});
