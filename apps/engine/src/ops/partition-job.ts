/** Makes the ledger's partitions ahead of time: a month without one would refuse every bet. */
import { ensureLedgerPartitions } from "@pitboss/db/ops/ensure-ledger-partitions";
import type { Context } from "../kernel/context.ts";

const everyMs = 6 * 3_600_000;
const aheadMonths = 12;

export function startPartitionJob({ db, clock, log }: Context): { stop(): void } {
  const run = async (): Promise<void> => {
    try {
      const made = await ensureLedgerPartitions(db, new Date(clock.now()), aheadMonths);
      if (made > 0) log.info({ made }, "ledger partitions were made ahead");
    } catch (error) {
      log.error({ err: error }, "ledger partitions could not be made ahead");
    }
  };
  const timer = setInterval(() => void run(), everyMs);
  timer.unref();
  void run();
  return { stop: () => clearInterval(timer) };
}
