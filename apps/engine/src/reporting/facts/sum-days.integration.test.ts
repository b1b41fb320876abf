/** Days that are summed up give the figures of their facts, whatever comes later, and whatever is killed in between. */
import { figuresInput } from "@pitboss/domain/reporting/report-contract";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { afterAll, beforeAll, expect, test } from "vitest";
import { eventsOf } from "../../ops/event-source.ts";
import { readFigures } from "../figures/show-figures.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { readHeldDays, sumDays, takeSumsBack } from "./sum-days.ts";
import { createFactWriter, type FactWriter } from "./write-facts.ts";

let house: TestReports;
let writer: FactWriter;
let events: DomainEvent[];
const dayMs = 86_400_000;
const [before, over] = [-6, -5].map((days) => new Date(Date.now() + days * dayMs).toISOString().slice(0, 10)) as [
  string,
  string,
];

/** The same events on another day; an event that is told of twice on two days is two. */
function moved(all: readonly DomainEvent[], day: string): DomainEvent[] {
  return all.map((event) => ({ ...event, ts: `${day}${event.ts.slice(10)}` }));
}

beforeAll(async () => {
  house = await openTestReports();
  await playAtRandom(house, house.openLanes(), { seed: 5, players: 8, bets: 120 });
  await house.caughtUp();
  await house.stopFacts();
  for (let after = 0n; ; ) {
    const slice = await house.source.read(after);
    events = [...(after === 0n ? [] : events), ...eventsOf(slice.batches)];
    if (slice.upTo === after) break;
    after = slice.upTo;
  }
  writer = createFactWriter(house.reports.store, "EUR");
  const half = Math.floor(events.length / 2);
  await writer.write(moved(events.slice(0, half), before), house.db);
  await writer.write(moved(events.slice(half), over), house.db);
});
afterAll(() => house.close());

/** Sums are of days of UTC: the same days under another name are read from the facts. */
async function compare(more: object) {
  const today = new Date().toISOString().slice(0, 10);
  const ask = (zone: string) => readFigures(house.deps, figuresInput.parse({ from: before, to: today, zone, ...more }));
  const [fast, plain] = [await ask("UTC"), await ask("Etc/UTC")];
  expect(fast.rows.length).toBeGreaterThan(0);
  expect({ rows: fast.rows, totals: fast.totals }).toEqual({ rows: plain.rows, totals: plain.totals });
}

async function compareAll(): Promise<void> {
  await compare({ by: ["day", "game"] });
  await compare({ by: ["country", "currency"], inCurrency: null });
  await compare({ by: ["month", "provider"], countries: ["DE", "MT"], basis: "cash" });
  await compare({ by: ["category"], games: ["wheel"], players: false });
  await compare({ by: ["day", "provider"], players: true });
  await compare({ by: ["country"], inCurrency: null, players: true });
  await compare({ by: [], players: true, currencies: ["EUR"] });
}

const held = async (): Promise<string[]> =>
  (await readHeldDays(house.reports.store, before, over)).map(({ day }) => day);

test("figures are the same from sums of days and from their facts", async () => {
  expect(await held()).toEqual([]);
  await compareAll();
  expect(await sumDays(house.db, house.reports.store, Date.now())).toBe(false);
  expect(await held()).toEqual([before, over]);
  await compareAll();
});

test("facts that are handed over again leave figures as they are, and so does what a kill leaves half done", async () => {
  await takeSumsBack(house.reports.store, [over], Date.now());
  expect(await held()).toEqual([before]);
  await compareAll();
  await writer.write(moved(events.slice(0, 40), before), house.db);
  expect(await held()).toEqual([]);
  await compareAll();
  await sumDays(house.db, house.reports.store, Date.now());
  await compareAll();
});

test("what comes late to a summed day is in the figures at once, and in its sums after the next round", async () => {
  const late = moved(events.slice(0, 60), over);
  await writer.write(late, house.db);
  expect(await held()).toEqual([before]);
  await compareAll();
  for (let round = 0; round < 3; round += 1) {
    await sumDays(house.db, house.reports.store, Date.now());
    expect(await held()).toEqual([before, over]);
    await compareAll();
    await takeSumsBack(house.reports.store, [over], Date.now());
  }
  // No more than what holds and the generation before it is kept.
  const [row] = await house.reports.store.rows<{ generations: string }>(
    "SELECT toString(uniqExact(generation)) AS generations FROM day_sums WHERE day = {over:Date}",
    { over },
  );
  expect(Number(row?.generations)).toBeLessThanOrEqual(2);
});
