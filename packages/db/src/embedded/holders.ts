/**
 * Who uses a server. Each process that started or adopted it leaves a file; the server is stopped when the last of
 * them that still lives lets go. A process killed without warning needs no cleaning up: its file counts for nothing.
 */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { identifyProcess, isSameProcessAlive } from "./process-identity.ts";

const holderFile = z.object({ pid: z.int().positive(), startedAt: z.string().nullable() });

let holdersOfThisProcess = 0;

/** Registers this process and returns the path of its file. */
export function registerHolder(folder: string): string {
  mkdirSync(folder, { recursive: true });
  holdersOfThisProcess += 1;
  const path = join(folder, `${process.pid}-${holdersOfThisProcess}.json`);
  writeFileSync(path, JSON.stringify(identifyProcess(process.pid)));
  return path;
}

export function releaseHolder(path: string): void {
  rmSync(path, { force: true });
}

/** Removes the files of processes that are gone and returns how many holders live. */
export function countLivingHolders(folder: string): number {
  mkdirSync(folder, { recursive: true });
  let living = 0;
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (isHolderAlive(path)) living += 1;
    else rmSync(path, { force: true });
  }
  return living;
}

function isHolderAlive(path: string): boolean {
  try {
    return isSameProcessAlive(holderFile.parse(JSON.parse(readFileSync(path, "utf8"))));
  } catch {
    // A file cut short was being written by a process that died on it.
    return false;
  }
}
