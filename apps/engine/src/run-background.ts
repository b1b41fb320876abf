/** Keeps the background thread running beside the engine, and tells it of commits. */
import { Worker } from "node:worker_threads";
import type { Config } from "./config.ts";
import type { Logger } from "./kernel/log.ts";

/** Bundled, the thread is a file beside the engine's; from source it is the TypeScript itself. */
const script = new URL(
  import.meta.url.endsWith(".ts") ? "./background-thread.ts" : "./background-thread.mjs",
  import.meta.url,
);
const restartMs = 1_000;
/** Commits within this time are told of together: a message costs the engine's thread what a bet costs. */
const nudgeEveryMs = 50;

/** The background as the engine's own thread sees it. */
export interface BackgroundThread {
  /** A batch of this many commands was committed: follow it soon. */
  readonly nudge: (batchSize: number) => void;
  readonly stop: () => Promise<void>;
}

export function runBackground(config: Config, engineId: string, log: Logger): BackgroundThread {
  const load = createLoadMeter();
  let stopping = false;
  let nudged = false;
  let worker = start();

  function start(): Worker {
    const started = new Worker(script, { workerData: { config, engineId } });
    started.on("error", (error) => log.error({ err: error }, "the background thread failed"));
    started.on("exit", () => {
      if (stopping) return;
      setTimeout(() => {
        if (!stopping) worker = start();
      }, restartMs).unref();
    });
    return started;
  }

  return {
    nudge: (batchSize) => {
      load.observe(batchSize);
      if (nudged) return;
      nudged = true;
      setTimeout(() => {
        nudged = false;
        worker.postMessage(load.read());
      }, nudgeEveryMs).unref();
    },
    stop: async () => {
      stopping = true;
      const ended = new Promise((resolve) => worker.once("exit", resolve));
      worker.postMessage("stop");
      await ended;
    },
  };
}

/** Commands that wait for each other make batches of this size once the machine has no more to give. */
const fullBatch = 96;

/**
 * How busy the engine is, from 0 to 1: the busy part of its thread since the last reading, or the size of its batches
 * where that says more. A few large requests fill the database while the thread still waits.
 */
function createLoadMeter(): { observe: (batchSize: number) => void; read: () => number } {
  let before = performance.eventLoopUtilization();
  let batches = 0;
  let commands = 0;
  return {
    observe(batchSize) {
      batches += 1;
      commands += batchSize;
    },
    read() {
      const now = performance.eventLoopUtilization();
      const busy = performance.eventLoopUtilization(now, before).utilization;
      const filled = batches === 0 ? 0 : Math.min(commands / batches / fullBatch, 1);
      before = now;
      batches = 0;
      commands = 0;
      return Math.max(busy, filled);
    },
  };
}
