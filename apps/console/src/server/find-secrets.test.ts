import { mkdtempSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { findSecrets } from "./find-secrets.ts";

function folder(): string {
  return mkdtempSync(path.join(tmpdir(), "pitboss-console-"));
}

test("a secret that was not set is made once, and is the same on the next start", () => {
  const data = folder();
  const first = findSecrets({ PITBOSS_DATA_DIR: data }, "unused");
  expect(findSecrets({ PITBOSS_DATA_DIR: data }, "unused")).toEqual(first);
  expect(first.CONSOLE_SECRET).not.toBe(first.CONSOLE_KEY);
});

test("the console's key is the file that the engine reads, and nobody else can", () => {
  const data = folder();
  const { CONSOLE_KEY } = findSecrets({ PITBOSS_DATA_DIR: data }, "unused");
  const file = path.join(data, "keys", "console-key");
  expect(readFileSync(file, "utf8").trim()).toBe(CONSOLE_KEY);
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("a secret that was set is used as it is", () => {
  const CONSOLE_KEY = "k".repeat(40);
  expect(findSecrets({ PITBOSS_DATA_DIR: folder(), CONSOLE_KEY }, "unused").CONSOLE_KEY).toBe(CONSOLE_KEY);
});
