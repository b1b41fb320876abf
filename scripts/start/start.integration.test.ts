import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { findFreePort } from "@pitboss/db/embedded/free-port";
import { isProcessAlive } from "@pitboss/db/embedded/process-identity";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readRunState } from "./run-state.ts";

const root = join(import.meta.dirname, "..", "..");
const patience = { timeout: 60_000, interval: 50 };

let dataDir: string;
let enginePort: number;
const starts: Start[] = [];

beforeEach(async () => {
  mkdirSync(join(root, ".pitboss"), { recursive: true });
  dataDir = mkdtempSync(join(root, ".pitboss", "test-start-"));
  enginePort = await findFreePort();
});

afterEach(async () => {
  for (const { child } of starts.splice(0)) child.kill("SIGKILL");
  await vi.waitFor(() => {
    expect(listOurProcesses()).toEqual([]);
  }, patience);
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 10 });
});

interface Start {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<number | null>;
}

/** Starts the casino as `npm start` does, without the console, whose build would be most of the time of these tests. */
function start(args: readonly string[] = [], env: NodeJS.ProcessEnv = {}): Start {
  const child = spawn(process.execPath, ["scripts/start.mjs", "--no-console", "--no-play", ...args], {
    cwd: root,
    env: {
      ...process.env,
      NODE_ENV: "development",
      PITBOSS_DATA_DIR: dataDir,
      ENGINE_PORT: String(enginePort),
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
  }
  const ended = once(child, "close").then(([code]) => code as number | null);
  const started = { child, text: () => text, ended };
  starts.push(started);
  return started;
}

async function startAndWait(args?: readonly string[]): Promise<Start> {
  const started = start(args);
  await vi.waitFor(() => {
    expect(started.text()).toContain("Ctrl-C stops everything");
  }, patience);
  return started;
}

async function isEngineReady(): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${enginePort}/readyz`).catch(() => undefined);
  return response?.ok === true;
}

/** Programs of this test's casino that live: those of the run, and the database. */
function listOurProcesses(): number[] {
  const postmaster = () =>
    Number(readFileSync(join(dataDir, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]);
  const pids = (readRunState(dataDir)?.children ?? []).map(({ pid }) => pid);
  try {
    pids.push(postmaster());
  } catch {
    // No database has been started, or it has ended.
  }
  return pids.filter(isProcessAlive);
}

test("a casino comes up, a second start says where it is, and Ctrl-C ends all of it", async () => {
  const first = await startAndWait();
  expect(await isEngineReady()).toBe(true);
  expect(first.text()).toContain(`http://127.0.0.1:${enginePort}`);
  const ours = listOurProcesses();
  expect(ours.length).toBeGreaterThanOrEqual(2);

  const second = start();
  expect(await second.ended).toBe(0);
  expect(second.text()).toContain("running already");
  expect(second.text()).toContain(`http://127.0.0.1:${enginePort}`);

  const fresh = start(["--fresh"]);
  expect(await fresh.ended).toBe(1);
  expect(fresh.text()).toContain("Stop this one first");
  expect(await isEngineReady()).toBe(true);

  first.child.kill("SIGTERM");
  expect(await first.ended).toBe(0);
  expect(first.text()).toContain("Everything is stopped");
  expect(ours.filter(isProcessAlive)).toEqual([]);
}, 120_000);

test("kill -9 leaves no program behind, and is not in the way of the next start, which may start over", async () => {
  const first = await startAndWait();
  const ours = listOurProcesses();
  first.child.kill("SIGKILL");
  await vi.waitFor(() => {
    expect(ours.filter(isProcessAlive)).toEqual([]);
  }, patience);
  await startAndWait(["--fresh"]);
  expect(await isEngineReady()).toBe(true);
}, 120_000);

test("an engine that dies is reported with its last words, and everything else is ended", async () => {
  const first = await startAndWait();
  const ours = listOurProcesses();
  const engine = readRunState(dataDir)?.children.at(-1)?.pid ?? 0;
  process.kill(engine, "SIGKILL");
  expect(await first.ended).toBe(1);
  expect(first.text()).toMatch(/engine ended with SIGKILL\. The last lines of .*engine\.log:\n +\S/);
  expect(ours.filter(isProcessAlive)).toEqual([]);
}, 120_000);

test("a port that was asked for and is taken is named, and nothing is started", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port } = other.address() as AddressInfo;
  const refused = start([], { ENGINE_PORT: String(port) });
  expect(await refused.ended).toBe(1);
  expect(refused.text()).toContain(`Port ${port}, which ENGINE_PORT asks for, is in use`);
  expect(listOurProcesses()).toEqual([]);
  other.close();
});

test("an argument that does not exist is answered with those that do", async () => {
  const refused = start(["--frehs"]);
  expect(await refused.ended).toBe(2);
  expect(refused.text()).toContain("npm start -- --fresh");
});
