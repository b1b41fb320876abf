import { countUnsealed } from "@pitboss/db/audit/chain-audit";
import { writeAudit } from "@pitboss/db/audit/write-audit";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConfig } from "../config.ts";
import { createMetrics } from "../ops/metrics.ts";
import { openPeople } from "../identity/open-people.ts";
import { systemClock } from "../kernel/context.ts";
import { createLog } from "../kernel/log.ts";
import { type Casino, startCasino } from "../testing/start-casino.ts";
import { auditEntryOf, jobActing } from "./acting.ts";

let casino: Casino;
beforeAll(async () => {
  casino = await startCasino();
  await casino.stopEngine();
});
afterAll(() => casino.close());

test("the audit log is sealed while requests hold every connection that they can get", async () => {
  const { databaseUrl, dataDir } = casino;
  const pool = createPool({ url: databaseUrl, applicationName: "test-requests", max: 1, onError: () => undefined });
  const people = await openPeople(
    readConfig({ NODE_ENV: "test", DATABASE_URL: databaseUrl, PITBOSS_DATA_DIR: dataDir }),
    {
      db: createDatabase(pool),
      clock: systemClock,
      log: createLog("silent"),
      lanes: { submit: () => Promise.reject(new Error("nobody bets here")) },
      catalog: { byCode: () => undefined, all: () => [] },
    },
    createMetrics().healing,
  );
  const held = await pool.connect();
  const subject = { kind: "test", id: "1" };
  await writeAudit(casino.db, [auditEntryOf(jobActing("test"), { action: "test.note", subject })]);
  await expect.poll(() => countUnsealed(casino.db), { timeout: 20_000 }).toBe(0n);
  held.release();
  await people.stop();
  await pool.end();
});
