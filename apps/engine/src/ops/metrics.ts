/** What the engine measures of itself, in Prometheus' terms. Durations are seconds. */
import { collectDefaultMetrics, Counter, Histogram, Registry } from "prom-client";

export interface Metrics {
  readonly registry: Registry;
  readonly observeBatch: (batch: { size: number; ms: number }) => void;
  readonly countAnswer: (command: string, result: string) => void;
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
  return {
    registry,
    observeBatch: ({ size, ms }) => {
      batchSeconds.observe(ms / 1_000);
      batchSize.observe(size);
    },
    countAnswer: (command, result) => answers.inc({ command, result }),
  };
}
