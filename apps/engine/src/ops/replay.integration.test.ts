import type { DomainEvent } from "@pitboss/domain/ops/events";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lanes } from "../wallet/lanes.ts";
import { effectsTable, recordEffects } from "./record-effects.fixture.ts";
import { replayConsumer, replayTo } from "./replay.ts";
import { type Events, startEvents } from "./start-events.ts";
import { acceptedOf, depositEnvelope, openTestHouse, quiet, type TestHouse, until } from "./test-house.fixture.ts";

let house: TestHouse;
let lanes: Lanes;
let events: Events;
let player: bigint;

beforeAll(async () => {
  house = await openTestHouse();
  const owner = new Client({ connectionString: house.url });
  await owner.connect();
  await owner.query(effectsTable);
  await owner.end();
  lanes = house.openLanes();
  await until(() => lanes.up());
  events = startEvents({ databaseUrl: house.url, applicationName: "replay", db: house.db, log: quiet });
  player = await house.addPlayer();
  await deposit(10);
});

afterAll(async () => {
  await events.stop();
  await house.close();
});

/** Each in a batch, and so in a position, of its own. */
async function deposit(times: number): Promise<void> {
  for (let time = 0; time < times; time += 1) acceptedOf(await lanes.submit(depositEnvelope(player, 100n)));
  events.nudge();
  const { rows } = await house.db.execute<{ count: string }>(sql`SELECT count(*) AS count FROM outbox`);
  await until(() => events.head() === BigInt(rows[0]?.count ?? 0));
}

async function effectsOf(consumer: string): Promise<string[]> {
  const { rows } = await house.db.execute<{ event_id: string }>(
    sql`SELECT event_id FROM effects WHERE consumer = ${consumer} ORDER BY n`,
  );
  return rows.map(({ event_id }) => event_id);
}

function consumer(name: string) {
  return {
    name,
    handle: (batch: readonly DomainEvent[], tx: Parameters<typeof recordEffects>[0]) => recordEffects(tx, name, batch),
  };
}

test("a replay through a consumer changes nothing that was applied, and applies what was not", async () => {
  const running = events.bus.startConsumer(consumer("c1"));
  await until(() => running.position() === events.head());
  await running.stop();
  const applied = await effectsOf("c1");
  const context = { db: house.db, source: events.source };

  const nothing = await replayConsumer(context, { from: 1n }, consumer("c1"));
  expect(nothing).toEqual({ upTo: events.head(), events: 0, passedOver: applied.length });
  expect(await effectsOf("c1")).toEqual(applied);

  await deposit(3);
  const rest = await replayConsumer(context, { from: 4n, to: events.head() - 1n }, consumer("c1"));
  expect(rest).toMatchObject({ upTo: events.head() - 1n, events: 2, passedOver: applied.length - 3 });
  const again = events.bus.startConsumer(consumer("c1"));
  await until(() => again.position() === events.head());
  await again.stop();
  const all = await effectsOf("c1");
  expect(all.slice(0, applied.length)).toEqual(applied);
  expect(all.length).toBe(applied.length + 3);
  expect(new Set(all).size).toBe(all.length);
});

test("a replay that would leave events out is refused, and says where it has to begin", async () => {
  const context = { db: house.db, source: events.source };
  expect(await replayConsumer(context, { from: 1n }, consumer("nobody"))).toEqual({ refused: "unknown" });
  await house.db.execute(sql`INSERT INTO consumer_positions (consumer, position) VALUES ('behind', 2)`);
  expect(await replayConsumer(context, { from: 5n }, consumer("behind"))).toEqual({ refused: "gap", next: 3n });
  expect(await effectsOf("behind")).toEqual([]);
});

test("any range can be handed to a reader that keeps no position", async () => {
  const seen: DomainEvent[] = [];
  const replayed = await replayTo(events.source, { from: 3n, to: 5n }, async (batch) => void seen.push(...batch));
  expect(replayed).toEqual({ upTo: 5n, events: 3, passedOver: 0 });
  expect(seen.map(({ event }) => event)).toEqual(Array.from({ length: 3 }, () => "deposit.credited"));
});

test("a live view gets what happens while it listens, also when another view fails", async () => {
  const seen: DomainEvent[] = [];
  const fail = events.live.subscribe(() => {
    throw new Error("a broken view");
  });
  const end = events.live.subscribe((batch) => void seen.push(...batch));
  await deposit(2);
  await until(() => seen.length === 2);
  end();
  fail();
  await deposit(1);
  expect(seen.length).toBe(2);
  const later: DomainEvent[] = [];
  const endLater = events.live.subscribe((batch) => void later.push(...batch));
  await deposit(1);
  await until(() => later.length > 0);
  endLater();
  expect(later.length).toBe(1);
});
