import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { isProcessAlive } from "./process-identity.ts";
import { type EmbeddedPostgres, startPostgres, type StartPostgresOptions } from "./start-postgres.ts";

const checkout = fileURLToPath(new URL("../../../..", import.meta.url));
const settings = { fsync: "off", shared_buffers: "16MB", min_wal_size: "32MB" };
const patience = { timeout: 30_000, interval: 50 };

/** A cluster that was made once; making one takes longer than all that a test does with it. */
let made: string;
let dataDir: string;
const servers: EmbeddedPostgres[] = [];
const processes: ChildProcess[] = [];

beforeAll(async () => {
  mkdirSync(join(checkout, ".pitboss"), { recursive: true });
  made = mkdtempSync(join(checkout, ".pitboss", "test-pg-made-"));
  await (await startPostgres({ dataDir: made, settings })).stop();
});

afterAll(() => {
  rmSync(made, { recursive: true, force: true });
});

beforeEach(() => {
  dataDir = mkdtempSync(join(checkout, ".pitboss", "test-pg-"));
  expect(spawnSync("cp", ["-a", `${made}/.`, dataDir]).status).toBe(0);
});

afterEach(async () => {
  for (const child of processes.splice(0)) child.kill("SIGKILL");
  for (const server of servers.splice(0)) await server.stop();
  await vi.waitFor(() => {
    expect(readServerPid()).toBeUndefined();
  }, patience);
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
});

async function start(options: Partial<StartPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const server = await startPostgres({ dataDir, settings, ...options });
  servers.push(server);
  return server;
}

/** Starts the server from another process, which the test may kill. */
async function startElsewhere(env?: NodeJS.ProcessEnv, folder = dataDir) {
  const script = fileURLToPath(new URL("./hold-server.fixture.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify({ dataDir: folder, settings })], {
    stdio: ["ignore", "pipe", "inherit"],
    ...(env === undefined ? {} : { env }),
  });
  processes.push(child);
  const failed = once(child, "exit").then(() => Promise.reject(new Error("the other process ended by itself")));
  const [line] = (await Promise.race([once(createInterface(child.stdout), "line"), failed])) as [string];
  failed.catch(() => undefined);
  return { child, server: JSON.parse(line) as EmbeddedPostgres };
}

async function query<T extends object>(url: string, sql: string): Promise<T[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(sql)).rows;
  } finally {
    await client.end();
  }
}

function readServerPid(): number | undefined {
  try {
    const pid = Number(readFileSync(join(dataDir, "cluster", "postmaster.pid"), "utf8").split("\n")[0]);
    return isProcessAlive(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

describe("the first start", () => {
  beforeEach(() => {
    rmSync(dataDir, { recursive: true });
    mkdirSync(dataDir);
  });

  test("makes a cluster that answers over TCP and over the unix socket, and safe settings are the default", async () => {
    const server = await startPostgres({ dataDir });
    servers.push(server);
    expect(server.adopted).toBe(false);
    const sql =
      "SELECT current_database() AS db, current_setting('fsync') AS fsync, current_setting('jit') AS jit, " +
      "current_setting('synchronous_commit') AS sync, current_setting('shared_preload_libraries') AS libs, " +
      "lower('ÄÉ') AS folded, inet_server_addr() IS NULL AS by_socket";
    const common = { db: "pitboss", fsync: "on", jit: "off", sync: "on", libs: "pg_stat_statements", folded: "äé" };
    expect(await query(server.url, sql)).toEqual([{ ...common, by_socket: false }]);
    const bySocket = server.socketDir !== undefined;
    expect(await query(server.socketUrl, sql)).toEqual([{ ...common, by_socket: bySocket }]);
  });

  test("keeps others out: the folder is closed and a password is asked for", async () => {
    const server = await start();
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    const url = new URL(server.url);
    url.password = "wrong";
    await expect(query(url.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  });

  test("is not misled by an initdb that was killed half way", async () => {
    mkdirSync(join(dataDir, "cluster.unfinished-1", "data"), { recursive: true });
    writeFileSync(join(dataDir, "cluster.unfinished-1", "data", "PG_VERSION"), "18\n");
    const server = await start();
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("a second start", () => {
  test("while the first runs joins it, and the server ends with the last that lets go", async () => {
    const first = await start();
    const second = await start();
    expect(second).toMatchObject({ adopted: true, pid: first.pid, url: first.url });
    await first.stop();
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await second.stop();
    expect(isProcessAlive(first.pid)).toBe(false);
  });

  test("by many at once makes one server", async () => {
    const started = await Promise.all([start(), start(), start(), start()]);
    expect(new Set(started.map(({ pid }) => pid)).size).toBe(1);
    expect(started.filter(({ adopted }) => !adopted)).toHaveLength(1);
  });

  test("with other settings restarts a server that nobody uses, and joins one that is in use", async () => {
    const { child, server } = await startElsewhere();
    const guest = await start({ settings: { ...settings, work_mem: "8MB" } });
    expect(guest.pid).toBe(server.pid);
    await guest.stop();
    killWatchdogOf(dataDir);
    child.kill("SIGKILL");
    await once(child, "exit");
    const next = await start({ settings: { ...settings, work_mem: "8MB" } });
    expect(next.adopted).toBe(false);
    expect(await query(next.url, "SHOW work_mem")).toEqual([{ work_mem: "8MB" }]);
  });

  test("after a stop finds the data of the first", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.stop();
    const second = await start();
    expect(second.adopted).toBe(false);
    expect(await query(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });
});

describe("kill -9 of the parent", () => {
  test("ends the server, which nobody uses any more", async () => {
    const { child, server } = await startElsewhere();
    child.kill("SIGKILL");
    await vi.waitFor(() => {
      expect(isProcessAlive(server.pid)).toBe(false);
    }, patience);
    const next = await start();
    expect(next.adopted).toBe(false);
  });

  test("leaves the server to another process that uses it", async () => {
    const { child, server } = await startElsewhere();
    const second = await start();
    expect(second.pid).toBe(server.pid);
    child.kill("SIGKILL");
    await once(child, "exit");
    // A watchdog that were wrong about this would act within these queries.
    for (let i = 0; i < 10; i += 1) await query(second.url, "SELECT pg_sleep(0.1)");
    expect(isProcessAlive(server.pid)).toBe(true);
  });

  test("and of its watchdog leaves a server that the next start adopts", async () => {
    const { child, server } = await startElsewhere();
    killWatchdogOf(dataDir);
    child.kill("SIGKILL");
    await once(child, "exit");
    const next = await start();
    expect(next).toMatchObject({ adopted: true, pid: server.pid });
    await next.stop();
    expect(isProcessAlive(server.pid)).toBe(false);
  });

  test("and of the server itself is recovered from, and what was committed is there", async () => {
    const { child, server } = await startElsewhere();
    await query(server.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    killWatchdogOf(dataDir);
    child.kill("SIGKILL");
    process.kill(server.pid, "SIGKILL");
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(await query(next.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });
});

describe("a stale postmaster.pid", () => {
  test("whose pid belongs to another program now is put aside", async () => {
    await (await start()).stop();
    const pidFile = [process.pid, join(dataDir, "cluster"), 1, 5432, "", "127.0.0.1", "1 1", "ready", ""].join("\n");
    writeFileSync(join(dataDir, "cluster", "postmaster.pid"), pidFile);
    const server = await start();
    expect(server.pid).not.toBe(process.pid);
    expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("that is cut short is put aside", async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, "cluster", "postmaster.pid"), "");
    expect(await query((await start()).url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  test("of a server that hangs is replaced by a new server", async () => {
    const { child, server } = await startElsewhere();
    killWatchdogOf(dataDir);
    child.kill("SIGKILL");
    await once(child, "exit");
    process.kill(server.pid, "SIGSTOP");
    const next = await start();
    expect(next.adopted).toBe(false);
    expect(isProcessAlive(server.pid)).toBe(false);
    expect(await query(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });
});

describe("a taken port", () => {
  test("that was asked for is an error that names it", async () => {
    const { port, close } = await occupyPort();
    await expect(start({ port })).rejects.toThrow(`Port ${port} is in use by another program`);
    await close();
    expect((await start({ port })).port).toBe(port);
  });

  test("that the server had before is no obstacle, and is taken again when it is free", async () => {
    const first = await start();
    await first.stop();
    const second = await start();
    expect(second.port).toBe(first.port);
    await second.stop();
    const { close } = await occupyPort(first.port);
    const third = await start();
    expect(third.port).not.toBe(first.port);
    await close();
  });
});

describe.runIf(process.getuid?.() === 0)("as root", () => {
  test("the server runs without root's rights", async () => {
    const server = await start();
    const uidMap = readFileSync(`/proc/${server.pid}/uid_map`, "utf8").trim().split(/\s+/);
    const owner = statSync(`/proc/${server.pid}`).uid;
    expect(owner !== 0 || uidMap[0] === "65534").toBe(true);
  });

  test.runIf(isCheckoutOpenToAll())("without user namespaces it runs under an account that has no rights", async () => {
    const open = mkdtempSync(join(tmpdir(), "pitboss-"));
    chmodSync(open, 0o755);
    try {
      // With nothing on the path there is no unshare to be found.
      const { child, server } = await startElsewhere({ PATH: open }, join(open, "data"));
      expect(statSync(`/proc/${server.pid}`).uid).toBeGreaterThan(0);
      expect(await query(server.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      child.kill("SIGKILL");
      await vi.waitFor(() => {
        expect(isProcessAlive(server.pid)).toBe(false);
      }, patience);
      // The same data under a user namespace again: they must change hands back.
      const again = await startPostgres({ dataDir: join(open, "data"), settings });
      expect(await query(again.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      await again.stop();
    } finally {
      rmSync(open, { recursive: true, force: true, maxRetries: 5 });
    }
  });
});

function isCheckoutOpenToAll(): boolean {
  return spawnSync("test", ["-x", join(checkout, "node_modules")], { uid: 65534, gid: 65534, cwd: "/" }).status === 0;
}

function killWatchdogOf(folder: string): void {
  const list = spawnSync("ps", ["-eo", "pid=,args="], { encoding: "utf8" }).stdout.split("\n");
  const watchdogs = list.filter((line) => line.includes("watchdog.ts") && line.includes(folder));
  expect(watchdogs.length).toBeGreaterThan(0);
  for (const line of watchdogs) process.kill(Number.parseInt(line, 10), "SIGKILL");
}

async function occupyPort(wanted = 0): Promise<{ port: number; close: () => Promise<void> }> {
  const server = createServer();
  server.listen(wanted, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    port,
    close: async () => {
      server.close();
      await once(server, "close");
    },
  };
}
