/** Puts the cashier together and runs its jobs. */
import { join } from "node:path";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { Config } from "../config.ts";
import type { Context } from "../kernel/context.ts";
import { startLoop } from "../ops/loop.ts";
import type { Cashier } from "./cashier.ts";
import { workAffiliatePayments } from "./affiliates/work-affiliate-payments.ts";
import type { BankDesk } from "./bank/bank-desk.ts";
import { followCredits } from "./bank/process-credit.ts";
import { readStatements } from "./bank/read-statements.ts";
import { workBatches } from "./bank/work-batches.ts";
import { convertDeposits } from "./custody/convert-deposits.ts";
import { readBalances } from "./custody/read-balances.ts";
import { openBalances } from "./treasury/open-balances.ts";
import { readPspBalances } from "./treasury/read-psp-balances.ts";
import { readChainDesk } from "./custody/read-custodians.ts";
import { followDeposits } from "./deposits/follow-deposits.ts";
import { workPayouts } from "./payouts/work-payouts.ts";
import { type PspWatch, watchPsps } from "./psp/psp-watch.ts";
import { readPsps } from "./psp/read-psps.ts";
import { readRails } from "./psp/read-rails.ts";
import type { TravelVault } from "./travel/travel-vault.ts";
import { processWebhooks } from "./webhooks/process-webhooks.ts";

/** Connections of the jobs alone: however many requests wait for one, money that came is credited. */
const jobConnections = 4;
const webhooksEveryMs = 1_000;
const depositsEveryMs = 2_000;
const payoutsEveryMs = 500;
const affiliatesEveryMs = 5_000;
const conversionsEveryMs = 1_000;
const balancesEveryMs = 30_000;
/** Providers allow few such questions. */
const pspBalancesEveryMs = 120_000;
const creditsEveryMs = 2_000;
const batchesEveryMs = 500;
const statementsEveryMs = 30_000;
const healthEveryMs = 5_000;

export interface OpenCashier {
  readonly cashier: Cashier;
  /** A webhook was stored: process it soon. */
  readonly nudgeWebhooks: () => void;
  stop(): Promise<void>;
}

/** The providers of the house, watched. */
export async function openPsps(config: Config, parts: Context & { readonly engineId: string }): Promise<PspWatch> {
  return watchPsps(parts, await readPsps(pspPath(config), config.NODE_ENV === "production", parts.log));
}

function pspPath(config: Config): string {
  return config.PSPS_FILE ?? join(config.PITBOSS_DATA_DIR, "psps.json");
}

export async function openCashier(
  config: Config,
  {
    watch,
    travel,
    bank,
    ...parts
  }: Context &
    Pick<Cashier, "lanes" | "rates" | "geo" | "screen"> & {
      readonly watch: PspWatch;
      readonly travel: TravelVault;
      readonly bank: BankDesk;
    },
): Promise<OpenCashier> {
  const sources = await openBalances(pspPath(config));
  const rails = await readRails(pspPath(config), bank.banks);
  const chain = { ...(await readChainDesk(pspPath(config), config.NODE_ENV === "production")), travel };
  const cashier: Cashier = { ...parts, chain, bank, rails, psps: watch.psps, mayTry: (code) => watch.mayTry(code) };
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
  const payouts = startLoop({
    name: "work-payouts",
    everyMs: payoutsEveryMs,
    gapMs: 20,
    run: () => workPayouts(jobs),
    log: parts.log,
  });
  const affiliates = startLoop({
    name: "affiliate-payments",
    everyMs: affiliatesEveryMs,
    gapMs: 100,
    run: () => workAffiliatePayments(jobs, config.REPORTING_CURRENCY),
    log: parts.log,
  });
  const conversions = startLoop({
    name: "convert-deposits",
    everyMs: conversionsEveryMs,
    gapMs: 50,
    run: () => convertDeposits(jobs),
    log: parts.log,
  });
  const credits = startLoop({
    name: "bank-credits",
    everyMs: creditsEveryMs,
    gapMs: 50,
    run: () => followCredits(jobs),
    log: parts.log,
  });
  const batches = startLoop({
    name: "payout-batches",
    everyMs: batchesEveryMs,
    gapMs: 20,
    run: () => workBatches(jobs),
    log: parts.log,
  });
  const statements = startLoop({
    name: "bank-statements",
    everyMs: statementsEveryMs,
    gapMs: 1_000,
    run: async () => {
      await readStatements(jobs);
      return false;
    },
    log: parts.log,
  });
  const balances = startLoop({
    name: "read-custody",
    everyMs: balancesEveryMs,
    gapMs: 1_000,
    run: async () => {
      await readBalances(jobs);
      return false;
    },
    log: parts.log,
  });
  const owed = startLoop({
    name: "read-psp-balances",
    everyMs: pspBalancesEveryMs,
    gapMs: 1_000,
    run: async () => {
      await readPspBalances(jobs, sources);
      return false;
    },
    log: parts.log,
  });
  const health = startLoop({
    name: "psp-health",
    everyMs: healthEveryMs,
    gapMs: 100,
    run: async () => {
      await watch.flush();
      return false;
    },
    log: parts.log,
  });
  return {
    cashier,
    nudgeWebhooks: () => webhooks.nudge(),
    stop: async () => {
      const loops = [
        webhooks,
        deposits,
        payouts,
        conversions,
        balances,
        owed,
        affiliates,
        credits,
        batches,
        statements,
        health,
      ];
      await Promise.all(loops.map((loop) => loop.stop()));
      await watch.flush().catch((error: unknown) => parts.log.warn({ err: error }, "calls were not counted"));
      await pool.end();
    },
  };
}
