/**
 * A process that consumes events until it is killed, or kills itself right after an effect was committed and before
 * anything else could be done about it. argv: database URL, NATS URL or "-", consumer, "stay" or "die".
 */
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { createLog } from "../kernel/log.ts";
import { recordEffects } from "./record-effects.fixture.ts";
import { startEvents } from "./start-events.ts";

const [databaseUrl = "", natsUrl = "-", consumer = "", mode = "stay"] = process.argv.slice(2);
const pool = createPool({ url: databaseUrl, applicationName: "killed", max: 4, onError: () => undefined });
const db = createDatabase(pool);
let applied = false;

if (mode === "die") {
  const transaction = db.transaction.bind(db);
  db.transaction = async (...call) => {
    const result = await transaction(...call);
    if (applied) process.kill(process.pid, "SIGKILL");
    return result;
  };
}

const events = startEvents({
  databaseUrl,
  applicationName: "killed",
  db,
  log: createLog("silent"),
  ...(natsUrl === "-" ? {} : { nats: { url: natsUrl } }),
});
events.bus.startConsumer({
  name: consumer,
  most: 50,
  handle: async (batch, tx) => {
    await recordEffects(tx, consumer, batch);
    applied = true;
  },
});
