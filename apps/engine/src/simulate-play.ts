/** The stream of simulated play as a process: `npm start` runs it beside the engine, and it needs nothing but its API. */
import { readPlayConfig } from "./config.ts";
import { runPlay } from "./demo/play/run-play.ts";
import { createLog } from "./kernel/log.ts";

const config = readPlayConfig();
const log = createLog(config.LOG_LEVEL);
const stopping = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stopping.abort());

try {
  await runPlay(config, log, stopping.signal);
  process.exitCode = 0;
} catch (error) {
  log.fatal({ err: error }, "simulated play can't go on");
  process.exitCode = 1;
}
