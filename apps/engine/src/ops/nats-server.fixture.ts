/** A real nats-server of the test's own, which it may kill and start again on the same data. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connect } from "@nats-io/transport-node";
import { findFreePort } from "@pitboss/db/embedded/free-port";

export interface NatsServer {
  readonly url: string;
  /** Ends it without a word, as a crash would. */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Where it keeps its streams; to be copied while it does not run. */
  readonly folder: string;
  remove(): Promise<void>;
}

export function hasNatsServer(): boolean {
  return spawnSync("nats-server", ["--version"]).status === 0;
}

const root = fileURLToPath(new URL("../../../../.pitboss/test-nats/", import.meta.url));

export async function startNatsServer(): Promise<NatsServer> {
  mkdirSync(root, { recursive: true });
  const folder = mkdtempSync(join(root, "server-"));
  const port = await findFreePort();
  const url = `nats://127.0.0.1:${port}`;
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const started = spawn("nats-server", ["-a", "127.0.0.1", "-p", `${port}`, "-js", "-sd", folder], {
      stdio: "ignore",
    });
    child = started;
    for (;;) {
      if (started.exitCode !== null) throw new Error(`nats-server ended with ${started.exitCode}`);
      const connection = await connect({ servers: `127.0.0.1:${port}`, timeout: 500 }).catch(() => undefined);
      if (connection !== undefined) return connection.close();
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  async function kill(): Promise<void> {
    const running = child;
    child = undefined;
    if (running === undefined || running.exitCode !== null) return;
    const ended = once(running, "exit");
    running.kill("SIGKILL");
    await ended;
  }

  await start();
  return {
    url,
    folder,
    kill,
    start,
    async remove() {
      await kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
