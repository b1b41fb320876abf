/** The engine as a process of its own, which can be killed and started again. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface EngineProcess {
  readonly url: string;
  /** SIGKILL: nothing is finished, nothing is said. */
  kill(): Promise<void>;
  /** SIGTERM, and the exit code that it ended with. */
  stop(): Promise<number | null>;
  /** What the engine logged last, for when something went wrong. */
  readonly log: () => string;
}

export interface EngineSettings {
  readonly databaseUrl: string;
  readonly dataDir: string;
  /** 0 lets the system choose. */
  readonly port?: number;
  readonly settings?: Readonly<Record<string, string>>;
}

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const startPatienceMs = 60_000;
const logBytesMost = 20_000;

export async function startEngineProcess(options: EngineSettings): Promise<EngineProcess> {
  const child = spawn(process.execPath, [main], {
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    // The engine sees these settings and nothing of the machine's own.
    env: {
      NODE_ENV: "test",
      DATABASE_URL: options.databaseUrl,
      ENGINE_PORT: String(options.port ?? 0),
      PITBOSS_DATA_DIR: options.dataDir,
      LOG_LEVEL: "warn",
      ...options.settings,
    },
  });
  let log = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding("utf8").on("data", (text: string) => {
      log = (log + text).slice(-logBytesMost);
    });
  }
  const url = await waitUntilReady(child, () => log);
  return {
    url,
    log: () => log,
    kill: async () => {
      child.kill("SIGKILL");
      await ended(child);
    },
    stop: async () => {
      child.kill("SIGTERM");
      await ended(child);
      return child.exitCode;
    },
  };
}

async function waitUntilReady(child: ChildProcess, log: () => string): Promise<string> {
  const failed = once(child, "exit").then(() => {
    throw new Error(`the engine ended before it was ready:\n${log()}`);
  });
  // Where the engine is ready first, its later end is nobody's failure here.
  failed.catch(() => undefined);
  const signal = AbortSignal.timeout(startPatienceMs);
  const [message] = (await Promise.race([once(child, "message", { signal }), failed])) as [{ url: string }];
  return message.url;
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
}
