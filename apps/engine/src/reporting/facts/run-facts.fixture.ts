/**
 * A process that takes facts over until it is killed, or kills itself at a point on the way. argv: database URL, data
 * folder of the store, "stay" or the point: "before" or "after" and the table that is written there, as "after facts".
 */
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { createLog } from "../../kernel/log.ts";
import { startEvents } from "../../ops/start-events.ts";
import { openStore } from "../store/open-store.ts";
import { prepareStore } from "../store/prepare-store.ts";
import { collectFacts } from "./collect-facts.ts";
import { factsConsumer } from "./facts-consumer.ts";

const [databaseUrl = "", dataDir = "", mode = "stay"] = process.argv.slice(2);
const log = createLog("silent");
const pool = createPool({ url: databaseUrl, applicationName: "killed", max: 4, onError: () => undefined });
const store = openStore({ REPORTS: "on", CLICKHOUSE_URL: undefined, PITBOSS_DATA_DIR: dataDir });
await prepareStore(store);
const dying = {
  ...store,
  insert: async (...call: Parameters<typeof store.insert>) => {
    if (mode === `before ${call[0]}`) process.kill(process.pid, "SIGKILL");
    await store.insert(...call);
    // What was written is in the store, and nothing says so yet.
    if (mode === `after ${call[0]}`) process.kill(process.pid, "SIGKILL");
  },
};
const events = startEvents({ databaseUrl, applicationName: "killed", db: createDatabase(pool), log });
events.bus.startConsumer({
  name: factsConsumer,
  most: 60,
  gapMs: 20,
  handle: collectFacts(mode === "stay" ? store : dying, "EUR"),
});
