/**
 * A real PostgreSQL beside the application, from the binaries of an npm package; see README.md in this folder.
 *
 * The server is a process of its own. It is shared by all processes that start it with the same `dataDir`, and it
 * ends when the last of them lets go or dies.
 */
import { chmodSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { Client } from "pg";
import { z } from "zod";
import { withExclusiveLock } from "./exclusive-lock.ts";
import { countLivingHolders, registerHolder, releaseHolder } from "./holders.ts";
import { initCluster } from "./init-cluster.ts";
import { launchServer } from "./launch-server.ts";
import { locatePostgresBinaries } from "./postgres-binaries.ts";
import { choosePostgresUser, type PostgresUser } from "./postgres-user.ts";
import { findPostmaster, type Postmaster, stopHungPostmaster, stopPostmaster, waitForEnd } from "./postmaster.ts";
import { layOutServer, type ServerLayout } from "./server-layout.ts";
import type { ServerSettings } from "./server-settings.ts";
import { startWatchdog } from "./start-watchdog.ts";

export interface StartPostgresOptions {
  /** The folder that holds everything of this server; made when it is missing. */
  readonly dataDir: string;
  /** Listen on exactly this port of 127.0.0.1, or fail. Without it a free port is found. */
  readonly port?: number;
  /** Added to, or put in place of, the defaults of server-settings.ts. */
  readonly settings?: ServerSettings;
  /** The database in `url`, made when it is missing. */
  readonly database?: string;
}

export interface EmbeddedPostgres {
  /** For 127.0.0.1, with the superuser's password: a secret. */
  readonly url: string;
  /** The same database through the unix socket, which is faster; equal to `url` where there is no socket. */
  readonly socketUrl: string;
  readonly socketDir: string | undefined;
  readonly port: number;
  readonly pid: number;
  /** True where the server was already running. */
  readonly adopted: boolean;
  /** Lets go of the server, and ends it when nobody else uses it. */
  stop(): Promise<void>;
}

const lockPatienceMs = 5 * 60_000;

/** Starts the server in `dataDir`, or joins the one that runs there. Throws a sentence when that can't be done. */
export async function startPostgres(options: StartPostgresOptions): Promise<EmbeddedPostgres> {
  mkdirSync(options.dataDir, { recursive: true });
  const layout = layOutServer(realpathSync(options.dataDir));
  const user = choosePostgresUser();
  // The password lies in this folder; only where the server has another account must that one get through.
  chmodSync(layout.dataDir, user.kind === "dropped" ? 0o711 : 0o700);

  return withExclusiveLock(layout.lock, lockPatienceMs, async () => {
    const running = await findUsableServer(layout, options);
    const postmaster = running ?? (await startServer(layout, user, options));
    const database = options.database ?? "pitboss";
    const urls = describeUrls(layout, postmaster.port, database);
    await ensureDatabase(describeUrls(layout, postmaster.port, "postgres").url, database);

    const holder = registerHolder(layout.holders);
    const watchdog = startWatchdog(layout.dataDir, holder);
    return {
      ...urls,
      socketDir: layout.socketDir,
      port: postmaster.port,
      pid: postmaster.pid,
      adopted: running !== undefined,
      stop: async () => {
        await letGoOfServer(layout, holder);
        watchdog.dismiss();
      },
    };
  });
}

/** Gives back one hold on the server and ends the server when it was the last. */
export async function letGoOfServer(layout: ServerLayout, holder: string): Promise<void> {
  releaseHolder(holder);
  await stopUnheldPostgres(layout.dataDir);
}

/** Ends the server in `dataDir` unless a living process holds it. Returns whether no server runs there now. */
export async function stopUnheldPostgres(dataDir: string): Promise<boolean> {
  const layout = layOutServer(realpathSync(dataDir));
  return withExclusiveLock(layout.lock, lockPatienceMs, async () => {
    if (countLivingHolders(layout.holders) > 0) return false;
    const postmaster = findPostmaster(layout.cluster);
    if (postmaster !== undefined) await stopPostmaster(postmaster.pid);
    return true;
  });
}

async function startServer(
  layout: ServerLayout,
  user: PostgresUser,
  options: StartPostgresOptions,
): Promise<Postmaster> {
  const binaries = locatePostgresBinaries();
  initCluster(layout, binaries, user);
  const settings = options.settings ?? {};
  // The same port as last time, where it is free, spares people from changing what they have set up in their tools.
  const portHint = readLastStart(layout)?.port;
  const postmaster = await launchServer({ layout, binaries, user, settings, port: options.port, portHint });
  writeFileSync(lastStartPath(layout), JSON.stringify({ port: postmaster.port, settings }));
  return postmaster;
}

/** The server that already runs here, if it can be joined as it is; one that is of no use to anybody is ended. */
async function findUsableServer(layout: ServerLayout, options: StartPostgresOptions): Promise<Postmaster | undefined> {
  const postmaster = await awaitSettledPostmaster(layout);
  if (postmaster === undefined) return undefined;

  const portFits = options.port === undefined || options.port === postmaster.port;
  if (countLivingHolders(layout.holders) > 0) {
    if (portFits && (await answers(layout, postmaster))) return postmaster;
    const reason = portFits ? "does not answer" : `listens on port ${postmaster.port}, not on ${options.port}`;
    throw new Error(`The PostgreSQL in ${layout.dataDir} (pid ${postmaster.pid}) is in use and ${reason}.`);
  }
  if (!(await answers(layout, postmaster))) {
    await stopHungPostmaster(postmaster.pid);
    return undefined;
  }
  const settingsFit = isDeepStrictEqual(readLastStart(layout)?.settings, options.settings ?? {});
  if (portFits && settingsFit) return postmaster;
  await stopPostmaster(postmaster.pid);
  return undefined;
}

/** Waits out a start or a shutdown that is under way; a crash recovery may take minutes. */
async function awaitSettledPostmaster(layout: ServerLayout): Promise<Postmaster | undefined> {
  for (;;) {
    const postmaster = findPostmaster(layout.cluster);
    if (postmaster === undefined || postmaster.status === "ready") return postmaster;
    if (postmaster.status !== "starting") {
      if (!(await waitForEnd(postmaster.pid, 30_000))) return postmaster;
    } else {
      await sleep(50);
    }
  }
}

async function answers(layout: ServerLayout, postmaster: Postmaster): Promise<boolean> {
  const { url } = describeUrls(layout, postmaster.port, "postgres");
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5000, query_timeout: 5000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>("SHOW data_directory");
    return rows[0]?.data_directory === realpathSync(layout.cluster);
  } catch {
    return false;
  } finally {
    await client.end();
  }
}

async function ensureDatabase(url: string, database: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT FROM pg_database WHERE datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

function describeUrls(layout: ServerLayout, port: number, database: string): { url: string; socketUrl: string } {
  const url = new URL(`postgres://postgres@127.0.0.1:${port}`);
  url.password = readFileSync(layout.password, "utf8");
  url.pathname = `/${database}`;
  const socketUrl = new URL(url);
  if (layout.socketDir !== undefined) socketUrl.searchParams.set("host", layout.socketDir);
  return { url: url.href, socketUrl: socketUrl.href };
}

const lastStartFile = z.object({ port: z.int(), settings: z.record(z.string(), z.string()) });

function lastStartPath(layout: ServerLayout): string {
  return join(layout.dataDir, "last-start.json");
}

function readLastStart(layout: ServerLayout): z.infer<typeof lastStartFile> | undefined {
  try {
    return lastStartFile.parse(JSON.parse(readFileSync(lastStartPath(layout), "utf8")));
  } catch {
    return undefined;
  }
}
