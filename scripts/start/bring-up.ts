/** From nothing to a running casino, step by step. What was started is put on the stack, to be ended in reverse. */
import { join } from "node:path";
import { startPostgres } from "@pitboss/db/embedded/start-postgres";
import { migrate } from "@pitboss/db/kernel/migrate";
import { readSeedReport, renderAnnouncement, type SeedReport } from "./announce.ts";
import { hasConsole, isConsoleBuilt, markConsoleBuilt } from "./build-console.ts";
import { type Child, startChild } from "./child.ts";
import { choosePort } from "./choose-port.ts";
import type { StartConfig } from "./config.ts";
import { runStep } from "./progress.ts";
import type { RunRecord } from "./run-state.ts";
import { waitForHttp } from "./wait-for-http.ts";

export interface BringUp {
  readonly root: string;
  readonly dataDir: string;
  readonly config: StartConfig;
  readonly env: NodeJS.ProcessEnv;
  readonly play: boolean;
  readonly console: boolean;
  readonly record: RunRecord;
  readonly stack: AsyncDisposableStack;
  /** Aborted when the start is to stop. */
  readonly signal: AbortSignal;
}

export interface Running {
  readonly announcement: string;
  /** The programs without which the casino does not run. */
  readonly vital: readonly Child[];
  readonly play: Child | undefined;
}

export async function bringUp(run: BringUp): Promise<Running> {
  const { root, dataDir, config, signal } = run;
  const withConsole = run.console && hasConsole(root);
  const ports = await choosePorts(config);
  const database = await openDatabase(run);
  signal.throwIfAborted();

  const engineUrl = `http://127.0.0.1:${ports.engine}`;
  // By its name, not its number: passkeys are bound to a name.
  const consoleUrl = run.env["CONSOLE_URL"] ?? `http://localhost:${ports.console}`;
  const env: NodeJS.ProcessEnv = {
    ...run.env,
    DATABASE_URL: database.url,
    ENGINE_PORT: String(ports.engine),
    ENGINE_URL: engineUrl,
    CONSOLE_PORT: String(ports.console),
    CONSOLE_URL: consoleUrl,
    PITBOSS_DATA_DIR: dataDir,
    // Compiled code, types already stripped, is kept between starts.
    NODE_COMPILE_CACHE: join(dataDir, "compile-cache"),
    NEXT_TELEMETRY_DISABLED: "1",
  };
  // The build takes longest and needs none of the rest, so it goes on beside it.
  const consoleBuild = withConsole ? beginConsoleBuild(run, env) : undefined;
  await runStep("migrating the database", () => migrate(database.url));
  signal.throwIfAborted();
  const seed = await runStep("making the demo casino", () => seedDemo(run, env));
  await runStep("building the engine and the command line", async () => {
    await build(run, "engine", env);
    await build(run, "cli", env);
  });
  const psps = await runStep("starting the simulated payment providers", () => startPsps(run, env, ports.psps));
  const compliance = await runStep("starting the simulated verification vendor", () =>
    startCompliance(run, env, ports.compliance),
  );
  const engine = await runStep("starting the engine", async () => {
    const child = await launch(run, "engine", [process.execPath, "apps/engine/dist/main.mjs"], env);
    await waitForHttp(`${engineUrl}/readyz`, child, signal);
    return child;
  });
  const vital = [psps, compliance, engine];
  if (withConsole) {
    if (consoleBuild !== undefined) await runStep("building the console, once", () => consoleBuild);
    vital.push(
      await runStep("starting the console", () => startConsole(run, env, `http://127.0.0.1:${ports.console}`)),
    );
  }
  const play = run.play
    ? await launch(run, "simulated-play", [process.execPath, "apps/engine/src/simulate-play.ts"], {
        ...env,
        PITBOSS_OPERATOR_KEY: typeof seed["operatorKey"] === "string" ? seed["operatorKey"] : "",
      })
    : undefined;
  const announcement = renderAnnouncement({
    engineUrl,
    consoleUrl: withConsole ? consoleUrl : undefined,
    database: database.description,
    seed,
    logs: join(dataDir, "logs"),
  });
  return { announcement, vital, play };
}

interface Ports {
  readonly engine: number;
  readonly console: number;
  readonly psps: number;
  readonly compliance: number;
}

async function choosePorts(config: StartConfig): Promise<Ports> {
  const engine = await choosePort({
    what: "the engine",
    variable: "ENGINE_PORT",
    asked: config.ENGINE_PORT,
    usual: 4000,
    reserved: config.CONSOLE_PORT === undefined ? [] : [config.CONSOLE_PORT],
  });
  const console = await choosePort({
    what: "the console",
    variable: "CONSOLE_PORT",
    asked: config.CONSOLE_PORT,
    usual: 3000,
    reserved: [engine],
  });
  const psps = await choosePort({
    what: "the simulated payment providers",
    variable: "PSP_SIMULATOR_PORT",
    asked: config.PSP_SIMULATOR_PORT,
    usual: 4900,
    reserved: [engine, console],
  });
  const compliance = await choosePort({
    what: "the simulated verification vendor",
    variable: "COMPLIANCE_SIMULATOR_PORT",
    asked: config.COMPLIANCE_SIMULATOR_PORT,
    usual: 4950,
    reserved: [engine, console, psps],
  });
  return { engine, console, psps, compliance };
}

async function openDatabase({ dataDir, config, stack }: BringUp): Promise<{ url: string; description: string }> {
  if (config.DATABASE_URL !== undefined) {
    return { url: config.DATABASE_URL, description: "the one that DATABASE_URL names" };
  }
  const folder = join(dataDir, "postgres");
  const postgres = await runStep("starting PostgreSQL", () => startPostgres({ dataDir: folder }));
  stack.defer(() => postgres.stop());
  const address = new URL(postgres.url);
  address.password = "";
  return { url: postgres.url, description: `${address.href} (its password is in ${join(folder, "password")})` };
}

async function seedDemo(run: BringUp, env: NodeJS.ProcessEnv): Promise<SeedReport> {
  const seeding = await launch(run, "seed-demo", [process.execPath, "apps/engine/src/seed-demo.ts"], env, true);
  const { code, stdout, report } = await seeding.ended;
  if (code !== 0) throw new Error(report);
  return readSeedReport(stdout);
}

/** Undefined where the console was built already. */
function beginConsoleBuild(run: BringUp, env: NodeJS.ProcessEnv): Promise<void> | undefined {
  if (isConsoleBuilt(run.root)) return undefined;
  const built = build(run, "console", { ...env, NODE_ENV: "production" }).then(() => markConsoleBuilt(run.root));
  // Its failure is reported when its turn comes; until then it must not end the process as one that nobody awaits.
  built.catch(() => undefined);
  return built;
}

async function build(run: BringUp, app: "engine" | "cli" | "console", env: NodeJS.ProcessEnv): Promise<void> {
  const building = await launchIn(run, app, `${app}-build`, "build", env);
  const { code, report } = await building.ended;
  if (code !== 0) throw new Error(report);
}

/** Before the engine, which reads the file that they write. */
async function startPsps(run: BringUp, env: NodeJS.ProcessEnv, port: number): Promise<Child> {
  const settings = { ...env, PSP_SIMULATOR_PORT: String(port) };
  const child = await launch(run, "simulated-psps", [process.execPath, "apps/engine/src/simulate-psps.ts"], settings);
  await waitForHttp(`http://127.0.0.1:${port}/_simulator/faults`, child, run.signal);
  return child;
}

async function startCompliance(run: BringUp, env: NodeJS.ProcessEnv, port: number): Promise<Child> {
  const settings = { ...env, COMPLIANCE_SIMULATOR_PORT: String(port) };
  const program = "apps/engine/src/simulate-compliance.ts";
  const child = await launch(run, "simulated-compliance", [process.execPath, program], settings);
  await waitForHttp(`http://127.0.0.1:${port}/_simulator/faults`, child, run.signal);
  return child;
}

async function startConsole(run: BringUp, env: NodeJS.ProcessEnv, url: string): Promise<Child> {
  const child = await launchIn(run, "console", "console", "start", { ...env, NODE_ENV: "production" });
  await waitForHttp(url, child, run.signal);
  return child;
}

/** Runs a script of the app's package.json, in its folder. */
function launchIn(run: BringUp, app: string, name: string, script: string, env: NodeJS.ProcessEnv): Promise<Child> {
  return launch({ ...run, root: join(run.root, "apps", app) }, name, [process.execPath, "--run", script], env);
}

async function launch(
  { root, dataDir, record, stack, signal }: BringUp,
  name: string,
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  collectStdout = false,
): Promise<Child> {
  signal.throwIfAborted();
  const child = await startChild({ name, command, cwd: root, env, logs: join(dataDir, "logs"), collectStdout });
  record.addChild(child.pid);
  stack.defer(() => child.stop());
  // A program that is waited for, such as a build, must not hold up a stop.
  signal.addEventListener("abort", () => void child.stop(), { once: true });
  return child;
}
