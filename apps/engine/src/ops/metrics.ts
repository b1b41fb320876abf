/** What the engine measures of itself, in Prometheus' terms. Durations are seconds. */
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

export interface Metrics {
  readonly registry: Registry;
  readonly observeBatch: (batch: { size: number; ms: number }) => void;
  readonly countAnswer: (command: string, result: string) => void;
  readonly healing: HealingMetrics;
}

/** What the house does and says by itself. */
export interface HealingMetrics {
  readonly countStale: (provider: string, result: "voided" | "refused" | "failed" | "left", bets: number) => void;
  readonly countAlert: (kind: string) => void;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const batchSeconds = new Histogram({
    name: "pitboss_lane_batch_seconds",
    help: "From BEGIN to the answer of COMMIT of one batch.",
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [registry],
  });
  const batchSize = new Histogram({
    name: "pitboss_lane_batch_commands",
    help: "Commands in one batch.",
    buckets: [1, 4, 16, 64, 128, 256, 512, 1024],
    registers: [registry],
  });
  const answers = new Counter({
    name: "pitboss_commands_total",
    help: "Commands by type and result: accepted, repeated, or the code of the failure.",
    labelNames: ["command", "result"],
    registers: [registry],
  });
  const stale = new Counter({
    name: "pitboss_stale_bets_total",
    help: "Stale bets by provider and what a run did with them: voided, refused, failed, left to people.",
    labelNames: ["provider", "result"],
    registers: [registry],
  });
  const alerts = new Counter({
    name: "pitboss_house_alerts_total",
    help: "Warnings of the house that were opened, by kind.",
    labelNames: ["kind"],
    registers: [registry],
  });
  return {
    registry,
    observeBatch: ({ size, ms }) => {
      batchSeconds.observe(ms / 1_000);
      batchSize.observe(size);
    },
    countAnswer: (command, result) => answers.inc({ command, result }),
    healing: {
      countStale: (provider, result, bets) => stale.inc({ provider, result }, bets),
      countAlert: (kind) => alerts.inc({ kind }),
    },
  };
}
