/** Keeps the process of the embedded store running beside the engine, and again after a crash. */
import { type ChildProcess, fork } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { Logger } from "../../../kernel/log.ts";

const restartMs = { first: 500, most: 30_000 };
/** Whoever ran this long before it ended is started again at once. */
const steadyMs = 60_000;

export interface StoreProcess {
  stop(): Promise<void>;
  /** Ends it at once, as a crash would; it is started again. */
  kill(): void;
}

export function runChdb(dataDir: string, log: Logger): StoreProcess {
  let stopping = false;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let child = start();

  function start(): ChildProcess {
    const startedAt = performance.now();
    const started = fork(scriptOf(), [dataDir], { stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let said = "";
    started.stderr?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-2_000);
    });
    started.on("exit", (code, signal) => {
      if (stopping) return;
      failures = performance.now() - startedAt > steadyMs ? 0 : failures + 1;
      const waitMs = Math.min(restartMs.first * 2 ** failures, restartMs.most);
      log.warn({ code, signal, said, waitMs }, "the store of reports ended, and is started again");
      timer = setTimeout(() => (child = start()), waitMs);
      timer.unref();
    });
    started.unref();
    started.channel?.unref();
    return started;
  }

  return {
    kill: () => void child.kill("SIGKILL"),
    stop: async () => {
      stopping = true;
      clearTimeout(timer);
      if (child.exitCode !== null || child.signalCode !== null) return;
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.ref();
      child.kill("SIGTERM");
      await ended;
    },
  };
}

/** Bundled, the process is a file beside the engine's; from source it is the TypeScript itself. */
function scriptOf(): string {
  const source = fileURLToPath(new URL("./chdb-host.ts", import.meta.url));
  return existsSync(source) ? source : fileURLToPath(new URL("./chdb-host.mjs", import.meta.url));
}
