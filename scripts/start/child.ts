/** A program that the start runs beside itself: in a process group of its own, with a log, and ended with all its children. */
import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { endProcessGroup } from "./process-group.ts";

interface ChildPlan {
  /** Names the log: `<name>.log`. */
  readonly name: string;
  readonly command: readonly [string, ...string[]];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  /** Keeps what the program writes to stdout instead of sending it to the log. */
  readonly collectStdout?: boolean;
}

export interface Child {
  readonly name: string;
  readonly pid: number;
  /** Settles when the program has ended, by itself or not; never rejects. */
  readonly ended: Promise<ChildEnd>;
  /** Asks the program to stop, waits, and kills what does not. Does nothing after its end. */
  stop(): Promise<void>;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly stdout: string;
  /** What happened, with the program's last words: for people. */
  readonly report: string;
}

export async function startChild(plan: ChildPlan): Promise<Child> {
  const logPath = join(plan.logs, `${plan.name}.log`);
  mkdirSync(plan.logs, { recursive: true });
  if (existsSync(logPath)) renameSync(logPath, join(plan.logs, `${plan.name}.previous.log`));
  const log = openSync(logPath, "a");
  const [program, ...args] = plan.command;
  const child = spawn(program, args, {
    cwd: plan.cwd,
    env: plan.env,
    stdio: ["ignore", plan.collectStdout === true ? "pipe" : log, log],
    // A group of its own: Ctrl-C reaches us alone, and we end the programs in the order that is right.
    detached: true,
  });
  closeSync(log);
  const pid = await awaitPid(child, plan.name);
  const ended = awaitEnd(child, plan.name, logPath);
  return { name: plan.name, pid, ended, stop: () => endProcessGroup(pid) };
}

async function awaitPid(child: ChildProcess, name: string): Promise<number> {
  if (child.pid !== undefined) return child.pid;
  const error = await new Promise<Error>((resolve) => child.once("error", resolve));
  throw new Error(`${name} could not be started: ${error.message}`, { cause: error });
}

function awaitEnd(child: ChildProcess, name: string, logPath: string): Promise<ChildEnd> {
  let stdout = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  return new Promise((resolve) => {
    child.once("close", (code, signal) => {
      // What the program started itself must not stay behind it.
      if (child.pid !== undefined) void endProcessGroup(child.pid);
      const how = signal === null ? `exit code ${code}` : signal;
      resolve({ code, stdout, report: `${name} ended with ${how}. ${describeLog(logPath)}` });
    });
  });
}

function describeLog(path: string): string {
  const linesMax = 15;
  const lines = readFileSync(path, "utf8").trimEnd().split("\n");
  if (lines.join("") === "") return `Its log, ${path}, is empty.`;
  return `The last lines of ${path}:\n${lines
    .slice(-linesMax)
    .map((line) => `    ${line}`)
    .join("\n")}`;
}
