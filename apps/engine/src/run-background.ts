/** Keeps the background thread running beside the engine, and tells it of commits. */
import { Worker } from "node:worker_threads";
import type { Background } from "./background.ts";
import type { Config } from "./config.ts";
import type { Logger } from "./kernel/log.ts";

/** Bundled, the thread is a file beside the engine's; from source it is the TypeScript itself. */
const script = new URL(
  import.meta.url.endsWith(".ts") ? "./background-thread.ts" : "./background-thread.mjs",
  import.meta.url,
);
const restartMs = 1_000;
/** Commits within this time are told of together; the background looks by itself as often as that anyway. */
const nudgeEveryMs = 10;

export function runBackground(config: Config, engineId: string, log: Logger): Background {
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
        worker.postMessage("nudge");
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
