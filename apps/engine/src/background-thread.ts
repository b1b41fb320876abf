/**
 * The background as a thread with the lowest priority: while bets use all of the machine it falls behind, and catches up
 * when they leave something over. On the engine's own thread it would take its time from the bets.
 */
import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { startBackground } from "./background.ts";
import type { Config } from "./config.ts";

const lowest = 19;
try {
  // On Linux this is the calling thread's priority alone; elsewhere it would be the whole process's.
  if (process.platform === "linux") setPriority(0, lowest);
} catch {
  process.emitWarning("The background runs at the priority of the rest: the system does not let it go lower.");
}

const { config, engineId } = workerData as { config: Config; engineId: string };
const background = startBackground(config, engineId);

/** A number is a nudge with the engine's load. */
parentPort?.on("message", (message: number | "stop") => {
  if (message !== "stop") {
    background.nudge(message);
    return;
  }
  void background.stop().finally(() => parentPort?.close());
});
