/** `pitboss` as somebody runs it on a machine of their own, let in by them in the console. */
import { spawn } from "node:child_process";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "@playwright/test";
import { casino } from "../playwright.config.ts";
import { tellStaffApi } from "./staff-api.ts";

const program = join(import.meta.dirname, "..", "..", "apps", "cli", "bin", "pitboss.mjs");

export interface Terminal {
  /** What came on stdout; throws with stderr where it did not end well. */
  run(...words: readonly string[]): Promise<string>;
}

/** A machine that knows nothing yet; `page` is of somebody who gave their second factor moments ago. */
export async function openTerminal(page: Page): Promise<Terminal> {
  const configDir = mkdtempSync(join(casino.dataDir, "e2e", "terminal-"));
  const run = (words: readonly string[], onTalk?: (text: string) => void): Promise<string> =>
    new Promise((resolve, reject) => {
      const env = { PATH: process.env["PATH"], HOME: configDir, PITBOSS_CONFIG_DIR: configDir };
      const child = spawn(process.execPath, [program, ...words], { env, stdio: ["ignore", "pipe", "pipe"] });
      let [stdout, stderr] = ["", ""];
      child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        stderr += text;
        onTalk?.(stderr);
      });
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) resolve(stdout);
        else reject(new Error(`pitboss ${words.join(" ")} ended with ${code}: ${stderr}`));
      });
    });
  await run(["context", "add", "casino", casino.engineUrl]);
  let answered: Promise<unknown> | undefined;
  await run(["login", "--context", "casino"], (talk) => {
    const userCode = /Code {2}([A-Z]{4}-[A-Z]{4})/.exec(talk)?.[1];
    if (userCode !== undefined) answered ??= tellStaffApi(page, "account.answerTerminal", { userCode, letIn: true });
  });
  await answered;
  return { run: (...words) => run([...words, "--context", "casino"]) };
}
