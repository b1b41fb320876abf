/** A provider's events handed over again: what the store lost of them comes back, the rest is known, no position moves. */
import { findHeadPosition, findPosition } from "@pitboss/db/ops/consumer-position";
import { readLedgerSums } from "@pitboss/db/reporting/read-ledger-day";
import { tieOut } from "@pitboss/domain/reporting/tie-out";
import { afterAll, beforeAll, expect, test } from "vitest";
import { replayProvider } from "../../ops/replay.ts";
import { readFactSums } from "../days/read-fact-sums.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { factsConsumer } from "./facts-consumer.ts";
import { mendFacts } from "./mend-facts.ts";
import { digestFacts } from "./rebuild-facts.ts";

const dayMs = 86_400_000;
let house: TestReports;
beforeAll(async () => {
  house = await openTestReports();
});
afterAll(() => house.close());

async function differences(): Promise<number> {
  const now = Date.now();
  const ledger = await readLedgerSums(house.db, now - dayMs, now + dayMs);
  const lines = tieOut(ledger, await readFactSums(house.reports.store, now - dayMs, now + dayMs));
  return lines.filter(({ ledger: one, facts }) => one !== facts).length;
}

test("lost facts are written again, and those that are there are let be", async () => {
  const { store } = house.reports;
  await playAtRandom(house, house.openLanes(), { seed: 5, players: 6, bets: 80 });
  await house.caughtUp();
  const whole = await digestFacts(store);
  const [row] = await store.rows<{ provider: string; facts: string }>(
    "SELECT provider, count() AS facts FROM facts FINAL WHERE provider != '' GROUP BY provider ORDER BY facts DESC LIMIT 1",
  );
  const provider = row?.provider ?? "";
  const position = await findPosition(house.db, factsConsumer);
  const to = await findHeadPosition(house.db);
  const handOver = (of: string) =>
    replayProvider(
      { db: house.db, source: house.source },
      { from: 1n, to },
      { name: factsConsumer, provider: of, handleAgain: mendFacts(store, "EUR") },
    );

  const nothing = await handOver(provider);
  expect(nothing).toMatchObject({ events: 0, upTo: to });
  const known = "passedOver" in nothing ? nothing.passedOver : 0;
  expect(known).toBeGreaterThan(10);

  await store.command(
    `ALTER TABLE facts DELETE WHERE provider = '${provider}' AND event % 3 = 0 SETTINGS mutations_sync = 2`,
  );
  expect(await differences()).toBeGreaterThan(0);
  const mended = await handOver(provider);
  const counts = "passedOver" in mended ? mended : { events: 0, passedOver: 0 };
  expect(counts.events).toBeGreaterThan(0);
  expect(counts.events + counts.passedOver).toBe(known);
  expect(await digestFacts(store)).toEqual(whole);
  expect(await differences()).toBe(0);
  expect(await handOver(provider)).toMatchObject({ events: 0, passedOver: known });
  expect(await handOver("nobody")).toMatchObject({ events: 0, passedOver: 0 });
  expect(await findPosition(house.db, factsConsumer)).toBe(position);
}, 120_000);

test("what the consumer has not applied yet is left to it", async () => {
  await house.stopFacts();
  await playAtRandom(house, house.openLanes(), { seed: 6, players: 2, bets: 5 });
  const handleAgain = mendFacts(house.reports.store, "EUR");
  await expect
    .poll(async () => (await findHeadPosition(house.db)) > ((await findPosition(house.db, factsConsumer)) ?? 0n))
    .toBe(true);
  const to = await findHeadPosition(house.db);
  const context = { db: house.db, source: house.source };
  const refused = await replayProvider(context, { from: 1n, to }, { name: factsConsumer, provider: "x", handleAgain });
  expect(refused).toEqual({ refused: "busy" });
  house.startFacts();
  await house.caughtUp();
  expect(await differences()).toBe(0);
}, 60_000);
