/** The simulated aggregator as a process beside a test's casino, well-behaved until the test says otherwise. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import { openDemoFreeSpins } from "../../demo/open-demo-free-spins.ts";
import { type DemoProvider, openDemoProviders } from "../../demo/open-demo-providers.ts";
import type { Office } from "../../testing/start-office.ts";
import type { Issue, SimulatedGame } from "./simulator/issue-book.ts";
import type { AggregatorFaults } from "./simulator/simulated-aggregator.ts";

export interface RunningAggregator {
  readonly url: string;
  readonly speaks: DemoProvider;
  /** Sets all faults anew; what is not named does not happen. */
  misbehave(faults: Partial<AggregatorFaults>): Promise<void>;
  offer(games: readonly SimulatedGame[]): Promise<void>;
  /** Says to the house how an issue stands now, and answers what the house said. */
  tell(issueId: string, status: string, total: number): Promise<{ readonly status: number; readonly body: Told }>;
  issues(): Promise<readonly Issue[]>;
  kill(): Promise<void>;
  start(): Promise<void>;
}

interface Told {
  readonly balance?: number;
  readonly code?: number;
}

export async function runAggregator(office: Office): Promise<RunningAggregator> {
  const port = await findFreePort();
  const url = `http://127.0.0.1:${port}`;
  const { db, dataDir } = office.casino;
  const bounds = { min: "0.10", max: "100.00" };
  const opened = await openDemoProviders(db, office.deps.vault, { EUR: bounds });
  await openDemoFreeSpins(db, opened, url);
  const speaks = opened.find(({ dialect }) => dialect === "softswiss");
  if (speaks === undefined) throw new Error("the demo has a provider that speaks SOFTSWISS");
  mkdirSync(join(dataDir, "demo"), { recursive: true });
  writeFileSync(join(dataDir, "demo", "providers.json"), JSON.stringify(opened));
  const script = fileURLToPath(new URL("../../simulate-free-spins.ts", import.meta.url));
  let child: ChildProcess | undefined;
  const runs = (): boolean => child !== undefined && child.exitCode === null && child.signalCode === null;
  const start = async (): Promise<void> => {
    if (runs()) return;
    child = fork(script, {
      env: {
        ENGINE_URL: office.casino.url(),
        FREE_SPINS_PORT: String(port),
        FREE_SPINS_FAULTS: "none",
        FREE_SPINS_PLAY_EVERY_MS: "0",
        PITBOSS_DATA_DIR: dataDir,
      },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
    });
    const first = await Promise.race([once(child, "message"), once(child, "exit").then(() => undefined)]);
    if (first === undefined) throw new Error("the simulated aggregator did not start");
  };
  const control = async (method: string, path: string, body?: object): Promise<unknown> => {
    const answer = await fetch(`${url}/_simulator/${path}`, {
      method,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the simulator refused: ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    url,
    speaks,
    start,
    misbehave: async (faults) => void (await control("PUT", "faults", faults)),
    offer: async (games) => void (await control("PUT", "games", games)),
    tell: async (issueId, status, total) =>
      (await control("POST", "play", { issueId, status, total })) as Awaited<ReturnType<RunningAggregator["tell"]>>,
    issues: async () => (await control("GET", "issues")) as Issue[],
    kill: async () => {
      if (child === undefined || !runs()) return;
      const ended = once(child, "exit");
      child.kill("SIGKILL");
      await ended;
    },
  };
}
