/**
 * The embedded store as a process of its own, so that a crash in native code, or the memory it takes, is never the
 * engine's. argv: the data folder. One process owns the folder; another one waits until it may. It ends with its parent.
 */
import { randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { setPriority } from "node:os";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { Session as ChdbSession } from "chdb";
import { setTimeout as sleep } from "node:timers/promises";
import { tryExclusiveLock } from "@pitboss/db/embedded/exclusive-lock";
import { storeFolder, writeEndpoint } from "./endpoint-file.ts";
import { serveChdb } from "./serve-chdb.ts";

const waitMs = 500;
const [dataDir = ".pitboss"] = process.argv.slice(2);
const folder = storeFolder(dataDir);
process.once("disconnect", () => process.exit(0));
process.once("SIGTERM", () => process.exit(0));
// Ctrl-C reaches the whole process group; the parent decides when this one ends.
process.on("SIGINT", () => undefined);
try {
  setPriority(10);
} catch {
  process.emitWarning("Reports run at the priority of the rest: the system does not let them go lower.");
}

mkdirSync(folder, { recursive: true, mode: 0o700 });
while (tryExclusiveLock(join(folder, "owner.lock")) === undefined) await sleep(waitMs);

// Loaded by name at run time: it is an optional package of 550 MB, and the engine's bundle must do without it.
const { Session } = createRequire(import.meta.url)("chdb") as { readonly Session: typeof ChdbSession };
const session = new Session(join(folder, "chdb"), {
  connectionArgs: ["--async_load_databases=0", "--max_server_memory_usage=2000000000"],
});
session.query("CREATE DATABASE IF NOT EXISTS pitboss ENGINE = Atomic");
session.query("USE pitboss");
const password = randomBytes(24).toString("base64url");
const server = serveChdb(session, password);
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo;
  void writeEndpoint(dataDir, `http://pitboss:${password}@127.0.0.1:${port}/pitboss`).then(() =>
    process.send?.({ ready: true }),
  );
});
