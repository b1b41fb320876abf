/** Runs the worker of game banks on connections of its own: however many requests wait for one, money comes home. */
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { Config } from "../../config.ts";
import { startLoop } from "../../ops/loop.ts";
import type { HealingMetrics } from "../../ops/metrics.ts";
import type { BankDesk } from "./game-bank.ts";
import { watchTransfers } from "./watch-transfers.ts";
import { workBanks } from "./work-banks.ts";

const jobConnections = 2;
const everyMs = 500;
/** How often it is looked for transfers that have been open for too long, ms. */
const watchMs = 10_000;

export function startBanks(
  config: Config,
  desk: BankDesk,
  metrics: Pick<HealingMetrics, "countAlert">,
): { stop(): Promise<void> } {
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: "pitboss-jobs-of-game-banks",
    max: jobConnections,
    onError: (error) => desk.log.warn({ err: error }, "an idle database connection broke"),
  });
  const jobs: BankDesk = { ...desk, db: createDatabase(pool) };
  const loop = startLoop({ name: "game-banks", everyMs, gapMs: 20, run: () => workBanks(jobs), log: desk.log });
  const run = () => watchTransfers(jobs, metrics);
  const watch = startLoop({ name: "open-transfers", everyMs: watchMs, gapMs: watchMs, run, log: desk.log });
  return {
    stop: async () => {
      await Promise.all([loop.stop(), watch.stop()]);
      await pool.end();
    },
  };
}
