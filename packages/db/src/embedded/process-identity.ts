/**
 * Tells whether a process that was written down earlier is still the same one. A pid alone can't: numbers are used
 * again, after a reboot quickly, so each pid is kept together with the moment at which its process began.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";

export interface ProcessIdentity {
  readonly pid: number;
  /** Opaque text that differs between two processes that had the same pid; null where the system won't tell. */
  readonly startedAt: string | null;
}

export function identifyProcess(pid: number): ProcessIdentity {
  return { pid, startedAt: readStart(pid) };
}

export function isSameProcessAlive(identity: ProcessIdentity): boolean {
  if (!isProcessAlive(identity.pid)) return false;
  return identity.startedAt === null || readStart(identity.pid) === identity.startedAt;
}

export function isProcessAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM means that the process is there and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  // A zombie still answers signals where nobody reaps it, as in a container whose first process is no init.
  return readLinuxStat(pid)?.state !== "Z";
}

/** The command line of a process, its arguments joined by spaces; empty where it can't be read. */
export function readCommandLine(pid: number): string {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
    } catch {
      return "";
    }
  }
  return askPs(pid, "args=");
}

function readStart(pid: number): string | null {
  if (process.platform === "linux") {
    const stat = readLinuxStat(pid);
    return stat === undefined ? null : `${readBootId()}:${stat.startTicks}`;
  }
  return askPs(pid, "lstart=") || null;
}

function readLinuxStat(pid: number): { state: string; startTicks: string } | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold spaces and brackets itself.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const [state, startTicks] = [fields[0], fields[19]];
    return state === undefined || startTicks === undefined ? undefined : { state, startTicks };
  } catch {
    return undefined;
  }
}

function readBootId(): string {
  try {
    return readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
  } catch {
    return "";
  }
}

function askPs(pid: number, column: string): string {
  if (process.platform === "win32") return "";
  const answer = spawnSync("ps", ["-o", column, "-p", String(pid)], { encoding: "utf8" });
  return answer.status === 0 ? answer.stdout.trim() : "";
}
