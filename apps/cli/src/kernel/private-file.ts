/** Files that only their owner may read, replaced as a whole so that a reader never sees half of one. */
import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { stop } from "./stop.ts";

/** The file's JSON; undefined where there is no such file. One that others may read is refused. */
export function readPrivate(path: string): unknown {
  try {
    const { mode } = statSync(path);
    if (process.platform !== "win32" && (mode & 0o077) !== 0) {
      stop("CONFIG_UNUSABLE", { detail: `Others may read ${path}.`, hint: `chmod 600 ${path}` });
    }
    return JSON.parse(readFileSync(path, "utf8")) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) stop("CONFIG_UNUSABLE", { detail: `${path} is not JSON.`, hint: `rm ${path}` });
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

export function writePrivate(path: string, value: unknown): void {
  const folder = dirname(path);
  if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) chmodSync(folder, 0o700);
  const beside = `${path}.${randomBytes(6).toString("hex")}`;
  try {
    writeFileSync(beside, `${JSON.stringify(value, undefined, 2)}\n`, { mode: 0o600, flag: "wx" });
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
