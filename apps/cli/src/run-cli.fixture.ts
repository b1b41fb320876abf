/** The CLI as people run it: bundled, a process of its own, without a terminal. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Office, Person, SignedIn } from "@pitboss/engine/testing/start-office";
import { buildCli } from "../build.ts";

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunningCli {
  readonly ended: Promise<Ended>;
  /** Resolves once stderr has this. */
  said(pattern: RegExp): Promise<RegExpExecArray>;
  interrupt(): void;
}

export interface Cli {
  start(words: readonly string[], options?: { readonly input?: string; readonly env?: NodeJS.ProcessEnv }): RunningCli;
  run(...words: readonly string[]): Promise<Ended>;
  readonly configDir: string;
}

export interface CliTools {
  /** A person's own machine: a configuration with the office's engine in it. */
  newMachine(url: string): Promise<Cli>;
  remove(): void;
}

export async function buildTools(): Promise<CliTools> {
  const folder = mkdtempSync(join(tmpdir(), "pitboss-cli-"));
  const bundle = join(folder, "dist");
  await buildCli(bundle);
  let machines = 0;
  return {
    async newMachine(url) {
      machines += 1;
      const configDir = join(folder, `machine-${machines}`);
      const cli = createCli(join(bundle, "pitboss.mjs"), configDir);
      for (const words of [
        ["context", "add", "office", url],
        ["context", "use", "office"],
      ]) {
        const { code, stderr } = await cli.run(...words);
        if (code !== 0) throw new Error(stderr);
      }
      return cli;
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Signs the machine in as this person: the code is typed in a console that they are signed in to. */
export async function signIn(office: Office, cli: Cli, who: Person): Promise<SignedIn> {
  const console = await office.signIn(who);
  const login = cli.start(["login"]);
  const [, userCode = ""] = await login.said(/Code {2}([A-Z]{4}-[A-Z]{4})/);
  await console.api.account.answerTerminal.mutate({ userCode, letIn: true });
  const { code, stderr } = await login.ended;
  if (code !== 0) throw new Error(stderr);
  return console;
}

function createCli(program: string, configDir: string): Cli {
  const start: Cli["start"] = (words, { input, env } = {}) => {
    const child = spawn(process.execPath, [program, ...words], {
      env: { PATH: "/usr/bin:/bin", HOME: configDir, PITBOSS_CONFIG_DIR: configDir, ...env },
    });
    const text = { stdout: "", stderr: "" };
    const waiting = new Set<() => void>();
    child.stdout.setEncoding("utf8").on("data", (more: string) => (text.stdout += more));
    child.stderr.setEncoding("utf8").on("data", (more: string) => {
      text.stderr += more;
      for (const look of waiting) look();
    });
    child.stdin.end(input ?? "");
    const ended = new Promise<Ended>((resolve) => child.on("close", (code) => resolve({ code, ...text })));
    return {
      ended,
      interrupt: () => void child.kill("SIGINT"),
      said: (pattern) =>
        new Promise((resolve, reject) => {
          const look = (): void => {
            const found = pattern.exec(text.stderr);
            if (found !== null) resolve(found);
          };
          waiting.add(look);
          look();
          void ended.then(({ code, stderr }) => reject(new Error(`it ended with ${code}: ${stderr}`)));
        }),
    };
  };
  return { start, run: (...words) => start(words).ended, configDir };
}

/** What a change asks for, given. */
export const because = ["--reason", "ticket 4711", "--yes"];

/** What was printed as JSON. */
export function dataOf<T = Record<string, unknown>>({ stdout, stderr }: Ended): T {
  if (stdout === "") throw new Error(`nothing came: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** The code of what it ended with, as a program reads it on stderr. */
export function failureOf({ stderr }: Ended): unknown {
  const line = stderr.trim().split("\n").at(-1) ?? "";
  return (JSON.parse(line) as { error: { code: unknown } }).error.code;
}
