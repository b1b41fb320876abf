/** `npm start`, once everything is installed: brings the demo casino up, says where it is, and ends it in order. */
import { mkdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { tryExclusiveLock } from "@pitboss/db/embedded/exclusive-lock";
import { type Arguments, help, readArguments } from "./arguments.ts";
import { bringUp, type Running } from "./bring-up.ts";
import { readConfig, type StartConfig } from "./config.ts";
import { removeData } from "./remove-data.ts";
import { endLeftovers, readRunState, recordRun } from "./run-state.ts";
import { startWatchdog } from "./start-watchdog.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

process.exitCode = await main();
// Whoever started us holds a channel to us, which would keep this process from ending.
if (process.connected) process.disconnect();

async function main(): Promise<number> {
  let args: Arguments;
  try {
    args = readArguments(process.argv.slice(2));
  } catch (error) {
    console.error(`✗ ${messageOf(error)}\n\n${help}`);
    return 2;
  }
  if (args.help) {
    console.log(help);
    return 0;
  }
  try {
    const config = readConfig(process.env);
    return await runOnce(args, config, resolve(root, config.PITBOSS_DATA_DIR));
  } catch (error) {
    console.error(`\n✗ ${messageOf(error)}`);
    return 1;
  }
}

/** Runs unless another start with this data does; its lock says so, and is given back by the system if it is killed. */
async function runOnce(args: Arguments, config: StartConfig, dataDir: string): Promise<number> {
  mkdirSync(dataDir, { recursive: true });
  const lock = tryExclusiveLock(join(dataDir, "run.lock"));
  if (lock === undefined) return reportRunning(args, dataDir);
  try {
    return await run(args, config, dataDir);
  } finally {
    lock.release();
  }
}

function reportRunning(args: Arguments, dataDir: string): number {
  const state = readRunState(dataDir);
  if (state === undefined || state.announcement === null) {
    console.log(`Pitboss is being started already, by process ${state?.pid ?? "?"}.`);
  } else {
    console.log(`Pitboss is running already, since ${state.startedAt}:\n\n${state.announcement}`);
  }
  console.log(`\nTo stop it: Ctrl-C where it runs, or kill ${state?.pid ?? "its process"}.`);
  if (!args.fresh) return 0;
  console.error("✗ --fresh removes the data of a casino that is stopped. Stop this one first.");
  return 1;
}

async function run(args: Arguments, config: StartConfig, dataDir: string): Promise<number> {
  const leftovers = await endLeftovers(readRunState(dataDir)?.children ?? []);
  if (leftovers > 0) console.log(`Ended ${leftovers} programs that a killed run had left.`);
  if (args.fresh) await removeData(dataDir);

  const { signal } = listenForStop();
  const record = recordRun(dataDir);
  startWatchdog(dataDir);
  const stack = new AsyncDisposableStack();
  try {
    console.log("Pitboss\n");
    const { play, console: withConsole } = args;
    const env = process.env;
    const running = await bringUp({ root, dataDir, config, env, play, console: withConsole, record, stack, signal });
    record.announce(running.announcement);
    console.log(`\n${running.announcement}\n\nCtrl-C stops everything; npm start -- --fresh starts over.`);
    return await watch(running, signal);
  } catch (error) {
    if (signal.aborted) return 0;
    throw error;
  } finally {
    if (signal.aborted) console.log("\nStopping …");
    await stack.disposeAsync();
    record.remove();
    if (signal.aborted) console.log("Everything is stopped.");
  }
}

/** Waits until the start is to stop or a program without which nothing works has ended; returns the exit code. */
async function watch(running: Running, signal: AbortSignal): Promise<number> {
  void running.play?.ended.then(({ report }) => {
    if (!signal.aborted) console.error(`\n✗ ${report}\n  The casino goes on without simulated play.`);
  });
  const stopped = new Promise<undefined>((settle) => {
    signal.addEventListener("abort", () => {
      settle(undefined);
    });
  });
  const crash = await Promise.race([stopped, ...running.vital.map(({ ended }) => ended)]);
  if (crash === undefined || signal.aborted) return 0;
  console.error(`\n✗ ${crash.report}\n\nThe rest is stopped too.`);
  return 1;
}

function listenForStop(): { signal: AbortSignal } {
  const controller = new AbortController();
  const stop = () => {
    // The second Ctrl-C is from someone who won't wait; the watchdog ends the programs in our place.
    if (controller.signal.aborted) process.exit(1);
    controller.abort(new Error("stopped"));
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, stop);
  // Whoever started us was killed, so nobody is left to stop us from outside.
  process.once("disconnect", () => {
    if (!controller.signal.aborted) stop();
  });
  return { signal: controller.signal };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
