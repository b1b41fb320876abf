import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { findFreePort, isPortFree } from "./free-port.ts";
import { settingsFileName } from "./init-cluster.ts";
import type { PostgresBinaries } from "./postgres-binaries.ts";
import { assertReachable, giveTo, type PostgresUser, runAs, spawnAs } from "./postgres-user.ts";
import { findPostmaster, type Postmaster, readPostmaster } from "./postmaster.ts";
import type { ServerLayout } from "./server-layout.ts";
import { chooseServerSettings, renderServerSettings, type ServerSettings } from "./server-settings.ts";

interface Launch {
  readonly layout: ServerLayout;
  readonly binaries: PostgresBinaries;
  readonly user: PostgresUser;
  readonly settings: ServerSettings;
  /** The port to listen on; undefined leaves the choice to us. */
  readonly port: number | undefined;
  /** The port to prefer when the choice is ours. */
  readonly portHint: number | undefined;
}

const logBytesMax = 20 * 1024 * 1024;
/** Other programs may take a port between our look and PostgreSQL's; losing that race often means something else. */
const attemptsMax = 40;

/** Starts the server and waits until it accepts connections, however long its recovery takes. */
export async function launchServer(launch: Launch): Promise<Postmaster> {
  const { layout, user } = launch;
  if (layout.socketDir !== undefined) {
    // A killed server leaves its socket's lock file, and PostgreSQL believes it when another process has that pid now.
    rmSync(layout.socketDir, { recursive: true, force: true });
    mkdirSync(layout.socketDir, { recursive: true, mode: 0o700 });
    giveTo(user, layout.socketDir);
  }
  // A copied or restored folder comes with the modes of whoever copied it, which PostgreSQL would refuse.
  chmodSync(layout.cluster, 0o700);
  giveTo(user, layout.cluster);
  assertReachable(user, layout.cluster);
  if ((statSync(layout.log, { throwIfNoEntry: false })?.size ?? 0) > logBytesMax) {
    renameSync(layout.log, `${layout.log}.1`);
  }

  const settings = { ...chooseServerSettings(probeWalCompression(launch)), ...launch.settings };
  for (let attempt = 1; ; attempt += 1) {
    const port = launch.port ?? (await choosePort(attempt === 1 ? launch.portHint : undefined));
    if (launch.port !== undefined && !(await isPortFree(port))) {
      throw new Error(`Port ${port} is in use by another program, so PostgreSQL can't listen there.`);
    }
    writeSettings(launch, { ...settings, ...listenOn(layout, port) });
    const outcome = await tryStart(launch);
    if (outcome.ok) return outcome.postmaster;
    // The children of a server that was killed hold its shared memory until they have noticed.
    const childrenLinger = /pre-existing shared memory|is still in use/.test(outcome.log);
    const portTaken = /could not bind|could not create any TCP/.test(outcome.log);
    if (attempt >= attemptsMax || !(childrenLinger || (portTaken && launch.port === undefined))) {
      throw new Error(`PostgreSQL did not start. Its last words, from ${layout.log}:\n${outcome.log.trim()}`);
    }
    await sleep(250);
  }
}

async function choosePort(hint: number | undefined): Promise<number> {
  return hint !== undefined && (await isPortFree(hint)) ? hint : findFreePort();
}

function listenOn(layout: ServerLayout, port: number): ServerSettings {
  return {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: layout.socketDir === undefined ? "" : realpathSync(layout.socketDir),
    unix_socket_permissions: "0700",
  };
}

function writeSettings({ layout, user }: Launch, settings: ServerSettings): void {
  const path = join(layout.cluster, settingsFileName);
  writeFileSync(path, renderServerSettings(settings), { mode: 0o600 });
  giveTo(user, path);
}

function probeWalCompression({ layout, binaries, user }: Launch): ReadonlySet<string> {
  const probe = ["-D", realpathSync(layout.cluster), "-c", "wal_compression=lz4", "-C", "wal_compression"];
  const accepts = runAs(user, [binaries.postgres, ...probe], layout.dataDir).status === 0;
  return new Set(accepts ? ["on", "lz4"] : ["on"]);
}

type StartOutcome =
  | { readonly ok: true; readonly postmaster: Postmaster }
  | { readonly ok: false; readonly log: string };

async function tryStart({ layout, binaries, user }: Launch): Promise<StartOutcome> {
  // Removes what a server that had to be killed left behind; from here on the file is the new server's own.
  findPostmaster(layout.cluster);
  const log = openSync(layout.log, "a", 0o600);
  const logStart = statSync(layout.log).size;
  const server = spawnAs(user, [binaries.postgres, "-D", realpathSync(layout.cluster)], {
    cwd: layout.cluster,
    stdio: ["ignore", log, log],
    detached: true,
  });
  closeSync(log);
  let ended: string | undefined;
  server.once("error", (error) => {
    ended = error.message;
  });
  server.once("exit", (code, signal) => {
    ended = `it ended with ${signal ?? `exit code ${code}`}`;
  });
  // The server outlives this process when it must; nothing here may keep this process alive for it.
  server.unref();
  for (;;) {
    if (ended !== undefined) return { ok: false, log: `${readTail(layout.log, logStart)}\n${ended}` };
    const postmaster = readPostmaster(layout.cluster);
    if (postmaster?.pid === server.pid && postmaster?.status === "ready") return { ok: true, postmaster };
    await sleep(20);
  }
}

function readTail(path: string, start: number): string {
  const bytesMax = 4000;
  const size = statSync(path).size;
  const from = Math.max(start, size - bytesMax);
  const buffer = Buffer.alloc(size - from);
  const log = openSync(path, "r");
  try {
    readSync(log, buffer, 0, buffer.length, from);
  } finally {
    closeSync(log);
  }
  return buffer.toString("utf8");
}
