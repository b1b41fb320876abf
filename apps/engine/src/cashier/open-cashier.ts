/** Puts the cashier together and runs its jobs. */
import { join } from "node:path";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { Config } from "../config.ts";
import type { Context } from "../kernel/context.ts";
import { startLoop } from "../ops/loop.ts";
import type { Cashier } from "./cashier.ts";
import { followDeposits } from "./deposits/follow-deposits.ts";
import { readPsps } from "./psp/read-psps.ts";
import { processWebhooks } from "./webhooks/process-webhooks.ts";

/** Connections of the jobs alone: however many requests wait for one, money that came is credited. */
const jobConnections = 4;
const webhooksEveryMs = 1_000;
const depositsEveryMs = 2_000;

export interface OpenCashier {
  readonly cashier: Cashier;
  /** A webhook was stored: process it soon. */
  readonly nudgeWebhooks: () => void;
  stop(): Promise<void>;
}

export async function openCashier(
  config: Config,
  parts: Context & Pick<Cashier, "lanes" | "rates" | "geo">,
): Promise<OpenCashier> {
  const path = config.PSPS_FILE ?? join(config.PITBOSS_DATA_DIR, "psps.json");
  const psps = await readPsps(path, config.NODE_ENV === "production", parts.log);
  const cashier: Cashier = { ...parts, psps };
  const pool = createPool({
    url: config.DATABASE_URL,
    applicationName: "pitboss-jobs-of-cashier",
    max: jobConnections,
    onError: (error) => parts.log.warn({ err: error }, "an idle database connection broke"),
  });
  const jobs: Cashier = { ...cashier, db: createDatabase(pool) };
  const webhooks = startLoop({
    name: "webhooks",
    everyMs: webhooksEveryMs,
    gapMs: 5,
    run: () => processWebhooks(jobs),
    log: parts.log,
  });
  const deposits = startLoop({
    name: "follow-deposits",
    everyMs: depositsEveryMs,
    gapMs: 50,
    run: () => followDeposits(jobs),
    log: parts.log,
  });
  return {
    cashier,
    nudgeWebhooks: () => webhooks.nudge(),
    stop: async () => {
      await Promise.all([webhooks.stop(), deposits.stop()]);
      await pool.end();
    },
  };
}
