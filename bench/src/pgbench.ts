/** TPC-B by pgbench, where the machine has it: the yardstick that anyone can run. */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";

export function findPgbench(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const candidates = [
    ...versions.map((version) => `${debian}/${version}/bin/pgbench`),
    "/usr/local/bin/pgbench",
    "/opt/homebrew/bin/pgbench",
  ];
  return candidates.find((path) => existsSync(path));
}

export function initPgbench(path: string, url: string, scale: number): void {
  run(path, ["-i", "-q", "-s", String(scale), url]);
}

/** Transactions a second. */
export function runPgbench(path: string, url: string, clients: number, seconds: number): number {
  const output = run(path, ["-n", "-M", "prepared", "-c", String(clients), "-j", "2", "-T", String(seconds), url]);
  const match = /tps = ([0-9.]+) \(without/.exec(output) ?? /tps = ([0-9.]+)/.exec(output);
  return Number(match?.[1] ?? Number.NaN);
}

function run(path: string, args: readonly string[]): string {
  const result = spawnSync(path, args, { encoding: "utf8" });
  if (result.status !== 0) throw new Error(`pgbench failed: ${result.stderr}`);
  return result.stdout;
}
