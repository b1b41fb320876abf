/** The worker of free spins, on a connection of its own. Any number of engines may run it side by side. */
import { claimDueFreeSpins } from "@pitboss/db/gaming/free-spin-store";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Config } from "../../config.ts";
import { startLoop } from "../../ops/loop.ts";
import { followFreeSpins, type FreeSpinsDesk } from "./follow-free-spins.ts";

const everyMs = 500;
const atOnce = 20;
/** How long one engine has to do what it took; then another may, ms. Longer than two answers are waited for. */
const takenMs = 90_000;

export function startFreeSpins(config: Config, desk: FreeSpinsDesk): { stop(): Promise<void> } {
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: "pitboss-jobs-of-free-spins",
    max: 1,
    onError: (error) => desk.log.warn({ err: error }, "an idle database connection broke"),
  });
  const jobs: FreeSpinsDesk = { ...desk, db: createDatabase(pool) };
  const loop = startLoop({ name: "free-spins", everyMs, gapMs: 20, run: () => workFreeSpins(jobs), log: desk.log });
  return {
    stop: async () => {
      await loop.stop();
      await pool.end();
    },
  };
}

/** True where there may be more to do at once. */
async function workFreeSpins(desk: FreeSpinsDesk): Promise<boolean> {
  const now = desk.clock.now();
  const due = await claimDueFreeSpins(desk.db, { now: new Date(now), until: new Date(now + takenMs), limit: atOnce });
  const done = await Promise.allSettled(due.map((id) => followFreeSpins(desk, id)));
  for (const [index, result] of done.entries()) {
    if (result.status === "fulfilled") continue;
    const issue = formatId("freeSpins", due[index] ?? 0n);
    desk.log.warn({ err: result.reason as unknown, issue }, "free spins have to wait");
  }
  return due.length === atOnce;
}
