/** The server as it runs: what postmaster.pid says, whether that is true, and how to end it. */
import { spawnSync } from "node:child_process";
import { readFileSync, realpathSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { locatePostgresBinaries } from "./postgres-binaries.ts";
import { isProcessAlive, readCommandLine } from "./process-identity.ts";

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  readonly status: "starting" | "stopping" | "ready" | "unknown";
}

/** The server whose data directory this is, if it lives; a pid file that outlived its server is removed. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const postmaster = readPostmaster(cluster);
  // PostgreSQL itself refuses to start when the pid in this file is in use by any process at all, as it easily is
  // after a reboot, so the file must go.
  if (postmaster === undefined) rmSync(pidFileOf(cluster), { force: true });
  return postmaster;
}

/**
 * The same without touching anything. Right while a server starts: its pid file is empty for a moment, and a server
 * whose file is taken away from it ends itself.
 */
export function readPostmaster(cluster: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(pidFileOf(cluster), "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isPostmasterOf(cluster, pid)) return undefined;
  return { pid, port: Number(lines[3]), status: readStatus(lines[7]) };
}

function pidFileOf(cluster: string): string {
  return join(cluster, "postmaster.pid");
}

function isPostmasterOf(cluster: string, pid: number): boolean {
  if (!isProcessAlive(pid)) return false;
  const commandLine = readCommandLine(pid);
  // Where the command line can't be read, a live pid is believed: refusing to start is better than two servers.
  if (commandLine === "") return true;
  return commandLine.includes("postgres") && commandLine.includes(realpathSync(cluster));
}

function readStatus(line: string | undefined): Postmaster["status"] {
  const status = line?.trim();
  return status === "starting" || status === "stopping" || status === "ready" ? status : "unknown";
}

const politely = { signal: "SIGINT", patienceMs: 30_000 } as const;
const atOnce = { signal: "SIGQUIT", patienceMs: 2000 } as const;
const byForce = { signal: "SIGKILL", patienceMs: 10_000 } as const;

/**
 * Ends the server and waits until it is gone: a fast shutdown first (open transactions are rolled back, the data is
 * flushed), then an immediate one, then a kill; the ledger survives each of them.
 */
export function stopPostmaster(pid: number): Promise<void> {
  return endProcess(pid, [politely, atOnce, byForce]);
}

/** Ends a server that no longer answers, and so would not hear a polite request either. */
export function stopHungPostmaster(pid: number): Promise<void> {
  return endProcess(pid, [atOnce, byForce]);
}

async function endProcess(pid: number, steps: readonly (typeof politely | typeof atOnce | typeof byForce)[]) {
  for (const { signal, patienceMs } of steps) {
    sendSignal(pid, signal);
    if (await waitForEnd(pid, patienceMs)) return;
  }
  throw new Error(`PostgreSQL (pid ${pid}) could not be stopped`);
}

export async function waitForEnd(pid: number, patienceMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs;
  while (isProcessAlive(pid)) {
    if (performance.now() > giveUpAt) return false;
    await sleep(20);
  }
  return true;
}

function sendSignal(pid: number, signal: "SIGINT" | "SIGQUIT" | "SIGKILL"): void {
  if (process.platform === "win32") {
    // Windows has no signals; pg_ctl speaks to the server's own replacement for them.
    spawnSync(locatePostgresBinaries().pgCtl, ["kill", signal.slice(3), String(pid)]);
    return;
  }
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
