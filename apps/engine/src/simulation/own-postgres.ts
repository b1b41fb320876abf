/** A PostgreSQL of the simulation's own, to be stopped in the middle of anything. */
import { setTimeout as sleep } from "node:timers/promises";
import { isProcessAlive } from "@pitboss/db/embedded/process-identity";
import { type EmbeddedPostgres, startPostgres } from "@pitboss/db/embedded/start-postgres";
import { migrate } from "@pitboss/db/kernel/migrate";

export interface OwnPostgres {
  readonly port: () => number;
  /** The database as the superuser, at the server's own port or at another one that leads there. */
  readonly url: (port?: number) => string;
  /** An immediate stop: every connection is cut, nothing is written back, the next start recovers from the log. */
  readonly crash: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const options = (dataDir: string) => ({
  dataDir,
  database: "simulation",
  settings: {
    // A process that is killed loses nothing that the kernel has; only the machine's own crash needs the disk.
    fsync: "off",
    shared_buffers: "64MB",
    min_wal_size: "64MB",
  },
});

export async function openOwnPostgres(dataDir: string): Promise<OwnPostgres> {
  const held: EmbeddedPostgres[] = [await startPostgres(options(dataDir))];
  const current = (): EmbeddedPostgres => {
    const server = held.at(-1);
    if (server === undefined) throw new Error("the server was started");
    return server;
  };
  await migrate(current().url);
  return {
    port: () => current().port,
    url: (port) => {
      const url = new URL(current().url);
      if (port !== undefined) url.port = String(port);
      return url.href;
    },
    crash: async () => {
      const { pid } = current();
      process.kill(pid, "SIGQUIT");
      while (isProcessAlive(pid)) await sleep(10);
    },
    start: async () => {
      held.push(await startPostgres(options(dataDir)));
    },
    stop: async () => {
      for (const server of held.splice(0)) await server.stop();
    },
  };
}
