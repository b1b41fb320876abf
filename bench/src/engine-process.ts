/** The engine as a process of its own, as it runs in production, with its CPU time and memory read from outside. */
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readEnvironment } from "./config.ts";

export interface EngineProcess {
  readonly url: string;
  readonly startMs: number;
  /** CPU seconds of the process so far, user and system; undefined where the system does not tell. */
  cpuSeconds(): number | undefined;
  residentMb(): number | undefined;
  stop(): Promise<void>;
}

/** As `npm start` has it: the second start of an engine finds its code compiled. */
const compileCache = fileURLToPath(new URL("../../.pitboss/compile-cache", import.meta.url));
export const benchDataDir = fileURLToPath(new URL("../../.pitboss/bench", import.meta.url));
const main = fileURLToPath(new URL("../../apps/engine/dist/main.mjs", import.meta.url));
const gateMain = fileURLToPath(new URL("./gate-engine.ts", import.meta.url));
/** Linux counts CPU time in hundredths of a second. */
const ticksPerSecond = 100;

/** Bundles the engine as `npm start` does. */
export function buildEngine(): void {
  const engine = fileURLToPath(new URL("../../apps/engine", import.meta.url));
  execFileSync(process.execPath, ["--run", "build"], { cwd: engine, stdio: "inherit" });
}

export function startEngineProcess(databaseUrl: string, env: Record<string, string> = {}): Promise<EngineProcess> {
  return startProcess([main], databaseUrl, env);
}

/** The engine with its gate, or without, from its sources both; see `gate-engine.ts`. */
export function startGateEngine(databaseUrl: string, gate: "on" | "off"): Promise<EngineProcess> {
  // Without reports, which no bet waits for: what they take of the machine would make the gate look cheaper.
  return startProcess([gateMain, gate], databaseUrl, { REPORTS: "off" });
}

async function startProcess(
  call: readonly string[],
  databaseUrl: string,
  env: Record<string, string>,
): Promise<EngineProcess> {
  const started = performance.now();
  const child = spawn(process.execPath, call, {
    env: {
      ...readEnvironment(),
      DATABASE_URL: databaseUrl,
      ENGINE_PORT: "0",
      LOG_LEVEL: "warn",
      PITBOSS_DATA_DIR: benchDataDir,
      NODE_COMPILE_CACHE: compileCache,
      ...env,
    },
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.once("message", (message) => resolve((message as { url: string }).url));
    child.once("exit", (code) => reject(new Error(`the engine ended with ${code}`)));
  });
  return {
    url,
    startMs: performance.now() - started,
    cpuSeconds: () =>
      read(child, "stat", (text) => {
        const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
        return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
      }),
    residentMb: () => read(child, "status", (text) => Number(/VmRSS:\s+(\d+)/.exec(text)?.[1] ?? 0) / 1024),
    stop: () =>
      new Promise((resolve) => {
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function read(child: ChildProcess, file: string, parse: (text: string) => number): number | undefined {
  try {
    return parse(readFileSync(`/proc/${child.pid}/${file}`, "utf8"));
  } catch {
    return undefined;
  }
}
