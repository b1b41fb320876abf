/**
 * A provider's day, played by a process of its own in its dialect: killed as often as is asked for, and started again, which
 * goes on with the calls that it had begun. What is left of it is its daily file.
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { DemoProvider } from "../../demo/open-demo-providers.ts";

const script = join(import.meta.dirname, "../../simulate-provider.ts");

export interface ProviderDay {
  readonly provider: DemoProvider;
  readonly engineUrl: string;
  readonly players: readonly { readonly playerId: string; readonly session: string }[];
  /** Where settings, journal and file lie, by the seed. */
  readonly folder: string;
  readonly seed: string;
  readonly rounds: number;
  readonly disorderPercent: number;
  /** Rounds whose calls after the first get lost on the way. */
  readonly lost?: readonly number[];
  /** It is killed as soon as so many rounds are finished. */
  readonly kills?: readonly number[];
}

/** The lines of its daily file, the heading first. */
export async function playDay({ provider, folder, kills = [], lost = [], ...day }: ProviderDay): Promise<string[]> {
  const at = (name: string): string => join(folder, `${day.seed}-${name}`);
  const [settings, journal, file] = [at("settings.json"), at("journal"), at("rounds.csv")];
  writeFileSync(settings, JSON.stringify({ ...provider, ...day, lost, journal, file }));
  const done = (): number => (existsSync(journal) ? readFileSync(journal, "utf8").split("\n").length - 1 : 0);
  for (const kill of kills) await runUntil(settings, () => done() >= kill);
  if (existsSync(file)) throw new Error("a provider that was killed has written its file");
  await runUntil(settings, undefined);
  return readFileSync(file, "utf8").trim().split("\n");
}

/** Runs the process to its end, or kills it when it is time. */
async function runUntil(settings: string, isTime: (() => boolean) | undefined): Promise<void> {
  const child = spawn(process.execPath, [script, settings], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (bytes: Buffer) => (said += bytes.toString()));
  const ended = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  if (isTime !== undefined) {
    while (!isTime() && child.exitCode === null) await sleep(5);
    if (child.exitCode !== null) throw new Error(`the provider ended before it was to be killed: ${said}`);
    child.kill("SIGKILL");
    await ended;
    return;
  }
  const code = await ended;
  if (code !== 0) throw new Error(`the provider ended with ${code}: ${said}`);
}
