import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tryExclusiveLock, withExclusiveLock } from "./exclusive-lock.ts";

let folder: string;
let path: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "pitboss-lock-"));
  path = join(folder, "lock");
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

test("one holder at a time, within a process too", async () => {
  let inside = 0;
  const enter = () =>
    withExclusiveLock(path, 10_000, async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 5));
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 8 }, enter));
});

test("a lock is free again after its work failed", async () => {
  await expect(withExclusiveLock(path, 0, () => Promise.reject(new Error("no luck")))).rejects.toThrow("no luck");
  const lock = tryExclusiveLock(path);
  expect(lock).toBeDefined();
  lock?.release();
});

test("a holder that is killed holds nothing any more", async () => {
  const module = new URL("./exclusive-lock.ts", import.meta.url).href;
  const script = `(await import(${JSON.stringify(module)})).tryExclusiveLock(${JSON.stringify(path)});
    console.log("held"); setInterval(() => {}, 1000);`;
  const holder = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(holder.stdout, "data");
  expect(tryExclusiveLock(path)).toBeUndefined();
  await expect(withExclusiveLock(path, 50, async () => 1)).rejects.toThrow(/has held/);
  holder.kill("SIGKILL");
  await once(holder, "exit");
  expect(await withExclusiveLock(path, 0, async () => "mine")).toBe("mine");
});
