/** Runs the worker of game banks on connections of its own: however many requests wait for one, money comes home. */
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { Config } from "../../config.ts";
import { startLoop } from "../../ops/loop.ts";
import type { BankDesk } from "./game-bank.ts";
import { workBanks } from "./work-banks.ts";

const jobConnections = 2;
const everyMs = 500;

export function startBanks(config: Config, desk: BankDesk): { stop(): Promise<void> } {
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: "pitboss-jobs-of-game-banks",
    max: jobConnections,
    onError: (error) => desk.log.warn({ err: error }, "an idle database connection broke"),
  });
  const jobs: BankDesk = { ...desk, db: createDatabase(pool) };
  const loop = startLoop({ name: "game-banks", everyMs, gapMs: 20, run: () => workBanks(jobs), log: desk.log });
  return {
    stop: async () => {
      await loop.stop();
      await pool.end();
    },
  };
}
