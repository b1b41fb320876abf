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
  /** Something was committed: follow it soon. */
  readonly nudge: () => void;
  readonly stop: () => Promise<void>;
}

export function runBackground(config: Config, engineId: string, log: Logger): BackgroundThread {
  let before = performance.eventLoopUtilization();
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
    nudge: () => {
      if (nudged) return;
      nudged = true;
      setTimeout(() => {
        nudged = false;
        const now = performance.eventLoopUtilization();
        worker.postMessage(performance.eventLoopUtilization(now, before).utilization);
        before = now;
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
