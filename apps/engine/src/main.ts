/** The engine as a process: reads its environment, runs until it is told to stop, ends with what is under way answered. */
import { readConfig } from "./config.ts";
import { startEngine } from "./engine.ts";

const engine = await startEngine(readConfig());
process.send?.({ ready: true, url: engine.url });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    engine.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${String(error)}\n`);
        process.exit(1);
      },
    );
  });
}
