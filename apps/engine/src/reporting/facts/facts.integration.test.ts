/** Nothing is lost or counted twice, whatever is killed; and facts that are made anew are the same. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readLedgerSums } from "@pitboss/db/reporting/read-ledger-day";
import { tieOut } from "@pitboss/domain/reporting/tie-out";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { archiveEvents } from "../../ops/archive-events.ts";
import { createFileObjects } from "../../ops/objects/file-objects.ts";
import { until } from "../../ops/test-house.fixture.ts";
import { readFactSums } from "../days/read-fact-sums.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { digestFacts, finishRebuild, type RebuildParts, rebuildStep } from "./rebuild-facts.ts";

const script = fileURLToPath(new URL("./run-facts.fixture.ts", import.meta.url));
const dayMs = 86_400_000;
let house: TestReports;

beforeAll(async () => {
  house = await openTestReports();
  await house.stopFacts();
});
afterAll(() => house.close());

/** Each place on the way of a batch of events into the store. */
const killPoints = ["before payout_steps", "before facts", "after facts", "before progress", "after progress"] as const;

function consume(mode: "stay" | (typeof killPoints)[number]): ChildProcess {
  return spawn(process.execPath, [script, house.url, house.dataDir, mode], { stdio: "ignore" });
}

/** Lines of today on which facts and ledger differ. */
async function differences(): Promise<unknown[]> {
  const now = Date.now();
  const ledger = await readLedgerSums(house.db, now - dayMs, now + dayMs);
  const lines = tieOut(ledger, await readFactSums(house.reports.store, now - dayMs, now + dayMs));
  expect(lines.length).toBeGreaterThan(5);
  return lines.filter(({ ledger: one, facts }) => one !== facts);
}

test("a consumer that is killed anywhere, and a store that is, lose nothing and double nothing", async () => {
  await playAtRandom(house, house.openLanes(), { seed: 1, players: 6, bets: 80 });
  for (const point of [...killPoints, ...killPoints]) {
    const [, signal] = (await once(consume(point), "exit")) as [number | null, string];
    expect([point, signal]).toEqual([point, "SIGKILL"]);
  }
  await playAtRandom(house, house.openLanes(), { seed: 2, players: 4, bets: 60 });
  const killed = consume("stay");
  await sleep(700);
  house.killStore();
  await sleep(300);
  killed.kill("SIGKILL");
  await once(killed, "exit");
  // One that starts while the store is away and is killed before it is back.
  house.killStore();
  const early = consume("stay");
  await sleep(400);
  early.kill("SIGKILL");
  if (early.exitCode === null && early.signalCode === null) await once(early, "exit");
  house.startFacts();
  await house.caughtUp();
  expect(await differences()).toEqual([]);
}, 120_000);

async function rebuild(parts: RebuildParts, from: "ledger" | "archive") {
  let after = "";
  for (;;) {
    const step = await rebuildStep(parts, from, after);
    if (!step.ok) throw new Error(step.error.code);
    if (step.value.next === null) break;
    after = step.value.next;
  }
  for (;;) {
    const done = await finishRebuild(parts, after === "" || after.startsWith("events/") ? "0" : after);
    if (done.ok) return done.value;
    if (done.error.code !== "OVERLOADED") throw new Error(done.error.code);
    await sleep(20);
  }
}

test("facts made anew from the ledger, and from the archive, are those that were there", async () => {
  const objects = createFileObjects(join(house.dataDir, "objects"));
  const archive = house.bus.startConsumer({ name: "archive", gapMs: 50, most: 100, handle: archiveEvents(objects) });
  await until(async () => {
    const { rows } = await house.db.execute<{ level: boolean }>(
      sql`SELECT min(position) = max(position) AS level FROM consumer_positions WHERE consumer IN ('reports', 'archive')`,
    );
    return rows[0]?.level === true;
  });
  await archive.stop();
  const parts = { db: house.db, source: house.source, objects, store: house.reports.store, reporting: "EUR" } as const;
  const before = await digestFacts(house.reports.store);
  // Events that are in the ledger alone, so that the archive has less than all.
  await playAtRandom(house, house.openLanes(), { seed: 3, players: 2, bets: 10 });
  await house.caughtUp();
  for (const from of ["ledger", "archive"] as const) {
    const rebuilt = await rebuild(parts, from);
    expect([from, rebuilt.after]).toEqual([from, rebuilt.before]);
    expect(BigInt(rebuilt.after.facts)).toBeGreaterThan(BigInt(before.facts));
  }
  expect(await differences()).toEqual([]);
}, 60_000);

test("a store that was lost is filled again from the oldest event", async () => {
  await house.stopFacts();
  for (const table of ["facts", "payout_steps", "rates", "progress"])
    await house.reports.store.command(`DROP TABLE ${table}`);
  house.startFacts();
  await until(async () => {
    const rows = await house.reports.store
      .rows<{ position: string }>("SELECT max(position) AS position FROM progress")
      .catch(() => []);
    const { rows: known } = await house.db.execute<{ position: string }>(
      sql`SELECT position FROM consumer_positions WHERE consumer = 'reports'`,
    );
    return rows[0]?.position !== undefined && rows[0].position !== "0" && rows[0].position === known[0]?.position;
  });
  await house.caughtUp();
  expect(await differences()).toEqual([]);
});
