/**
 * Locks between the processes of this machine, each named by a file.
 *
 * A lock is an exclusive SQLite transaction on an empty file, because that is a lock which the operating system gives
 * back by itself when its holder is killed. A lock file with a pid in it would have to be judged stale or not.
 */
import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

export interface ExclusiveLock {
  release(): void;
}

/** Takes the lock, or returns undefined when another holder has it. */
export function tryExclusiveLock(path: string): ExclusiveLock | undefined {
  const lock = new DatabaseSync(path);
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    const sqliteBusy = 5;
    if ((error as { errcode?: number }).errcode === sqliteBusy) return undefined;
    throw error;
  }
  return {
    release: () => {
      lock.close();
    },
  };
}

/**
 * Runs `work` while no other holder is inside a call with the same path.
 *
 * @param patienceMs how long to wait for another holder before giving up with an error.
 */
export async function withExclusiveLock<T>(path: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const giveUpAt = performance.now() + patienceMs;
  let lock = tryExclusiveLock(path);
  while (lock === undefined) {
    if (performance.now() > giveUpAt) {
      throw new Error(`another process has held ${path} for more than ${Math.round(patienceMs / 1000)} s`);
    }
    await sleep(25);
    lock = tryExclusiveLock(path);
  }
  try {
    return await work();
  } finally {
    lock.release();
  }
}
