import { setTimeout as sleep } from "node:timers/promises";
import { DatabaseSync } from "node:sqlite";

/**
 * Runs `work` while no other process on this machine is inside a call with the same path.
 *
 * The lock is an exclusive SQLite transaction on an empty file, because that is a lock which the operating system
 * gives back by itself when its holder is killed. A lock file with a pid in it would have to be judged stale or not.
 *
 * @param patienceMs how long to wait for another holder before giving up with an error.
 */
export async function withExclusiveLock<T>(path: string, patienceMs: number, work: () => Promise<T>): Promise<T> {
  const lock = new DatabaseSync(path);
  try {
    const giveUpAt = performance.now() + patienceMs;
    while (!tryLock(lock)) {
      if (performance.now() > giveUpAt) {
        throw new Error(`another process has held ${path} for more than ${Math.round(patienceMs / 1000)} s`);
      }
      await sleep(25);
    }
    return await work();
  } finally {
    lock.close();
  }
}

function tryLock(lock: DatabaseSync): boolean {
  try {
    lock.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    const sqliteBusy = 5;
    if ((error as { errcode?: number }).errcode === sqliteBusy) return false;
    throw error;
  }
}
