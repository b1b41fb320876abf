/** One suite for every adapter of the bus, against real servers. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { startPostgres } from "@pitboss/db/embedded/start-postgres";
import { migrate } from "@pitboss/db/kernel/migrate";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { DomainEvent, EventOf } from "@pitboss/domain/ops/events";
import { sql } from "drizzle-orm";
import { Client } from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import type { Lanes } from "../wallet/lanes.ts";
import { hasNatsServer, type NatsServer, startNatsServer } from "./nats-server.fixture.ts";
import { readPlace } from "./nats/stream.ts";
import { effectsTable, recordEffects } from "./record-effects.fixture.ts";
import { type Events, startEvents } from "./start-events.ts";
import { depositEnvelope, openTestHouse, placeEnvelope, quiet, type TestHouse, until } from "./test-house.fixture.ts";

const patienceMs = 3_000;

async function asOwner(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Submits until the answer is final: what was refused for an outage is sent again as it is. */
async function insist(lanes: Lanes, envelope: Parameters<Lanes["submit"]>[0]): Promise<void> {
  for (;;) {
    const answer = await lanes.submit(envelope);
    if (answer.kind === "ran") return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Players bet from two engines at once; each ends with the same number of bets. */
async function play(house: TestHouse, engines: readonly Lanes[], players: readonly bigint[], bets: number) {
  await Promise.all(
    players.map(async (playerId, player) => {
      for (let bet = 0; bet < bets; bet += engines.length) {
        await Promise.all(
          engines.map((lanes, engine) =>
            insist(lanes, placeEnvelope(house, { playerId, round: `${bet}`, stake: BigInt(10 + player + engine) })),
          ),
        );
      }
    }),
  );
}

async function addRichPlayers(house: TestHouse, lanes: Lanes, count: number): Promise<bigint[]> {
  const players: bigint[] = [];
  for (let index = 0; index < count; index += 1) players.push(await house.addPlayer());
  await Promise.all(players.map((player) => insist(lanes, depositEnvelope(player, 1_000_000n))));
  return players;
}

interface Effect {
  readonly event_id: string;
  readonly event: DomainEvent;
}

async function effectsOf(house: TestHouse, consumer: string): Promise<Effect[]> {
  const { rows } = await house.db.execute<Effect & Record<string, unknown>>(
    sql`SELECT event_id, event FROM effects WHERE consumer = ${consumer} ORDER BY n`,
  );
  return rows;
}

async function countCommitted(house: TestHouse): Promise<number> {
  const { rows } = await house.db.execute<{ count: number }>(sql`SELECT count(*)::int AS count FROM transactions`);
  return rows[0]?.count ?? 0;
}

/** Every bet's balance follows from the one before: no order but the right one makes that true. */
function expectChained(events: readonly DomainEvent[]): void {
  const balances = new Map<string, number>();
  for (const event of events) {
    if (event.event === "deposit.credited") balances.set(event.playerId, Number(event.balanceAfter));
    if (event.event !== "bet.placed") continue;
    const after = (balances.get(event.playerId) ?? Number.NaN) - Number(event.stake);
    expect(Number(event.balanceAfter)).toBeCloseTo(after, 2);
    balances.set(event.playerId, Number(event.balanceAfter));
  }
}

async function expectOnceInOrder(house: TestHouse, consumer: string): Promise<void> {
  const expected = await countCommitted(house);
  await until(async () => (await effectsOf(house, consumer)).length >= expected);
  const effects = await effectsOf(house, consumer);
  expect(new Set(effects.map(({ event_id }) => event_id)).size).toBe(expected);
  expect(effects.length).toBe(expected);
  expectChained(effects.map(({ event }) => event));
}

describe("the bus in process", () => suite(false));

// Debian and others have the server as a package; without it these tests are reported as skipped.
describe.skipIf(!hasNatsServer())("the bus on NATS JetStream", () => suite(true));

function suite(usesNats: boolean): void {
  let house: TestHouse;
  let nats: NatsServer | undefined;
  let first: Lanes;
  let second: Lanes;
  const open: Events[] = [];
  let consumers = 0;
  let ledgerReads = 0;

  beforeAll(async () => {
    house = await openTestHouse();
    await asOwner(house.url, effectsTable);
    [first, second] = [house.openLanes(), house.openLanes()];
    await until(() => first.up() && second.up());
    if (usesNats) nats = await startNatsServer();
  });

  afterEach(async () => {
    await Promise.all(open.splice(0).map((events) => events.stop()));
    ledgerReads = 0;
  });

  afterAll(async () => {
    await house.close();
    await nats?.remove();
  });

  function startEngine(url = house.url, db = house.db): Events {
    const onLedgerRead = (_consumer: string, positions: number) => void (ledgerReads += positions);
    const events = startEvents({
      databaseUrl: url,
      applicationName: `bus-${open.length}`,
      db,
      log: quiet,
      ...(nats === undefined ? {} : { nats: { url: nats.url, patienceMs, onLedgerRead } }),
    });
    open.push(events);
    return events;
  }

  function consume(events: Events, name: string): void {
    events.bus.startConsumer({ name, handle: (batch, tx) => recordEffects(tx, name, batch) });
  }

  function newName(): string {
    consumers += 1;
    return `consumer-${consumers}`;
  }

  test("two engines write and consume: every event is applied once, in the order of its player", async () => {
    const name = newName();
    for (const engine of [startEngine(), startEngine()]) consume(engine, name);
    const players = await addRichPlayers(house, first, 12);
    await play(house, [first, second], players, 20);
    await expectOnceInOrder(house, name);
    expect(ledgerReads).toBe(0);
  });

  test("a handler that fails has changed nothing, and gets the same events again", async () => {
    const name = newName();
    let attempts = 0;
    startEngine().bus.startConsumer({
      name,
      handle: async (batch, tx) => {
        await recordEffects(tx, name, batch);
        attempts += 1;
        if (attempts <= 2) throw new Error("not yet");
      },
    });
    await expectOnceInOrder(house, name);
    expect(attempts).toBeGreaterThan(2);
  });

  test("a consumer that begins with the newest gets nothing that was there before", async () => {
    const name = newName();
    const engine = startEngine();
    const player = await house.addPlayer();
    await insist(first, depositEnvelope(player, 500n));
    await until(() => engine.head() > 0n);
    const seen: DomainEvent[] = [];
    await until(async () => {
      const { rows } = await house.db.execute(sql`SELECT FROM outbox WHERE position IS NULL`);
      return rows.length === 0;
    });
    engine.bus.startConsumer({
      name,
      begin: "newest",
      handle: async (batch) => void seen.push(...batch),
    });
    await until(async () => {
      const { rows } = await house.db.execute(sql`SELECT FROM consumer_positions WHERE consumer = ${name}`);
      return rows.length === 1;
    });
    await insist(first, placeEnvelope(house, { playerId: player, round: "after", stake: 100n }));
    await until(() => seen.length > 0);
    expect(seen).toMatchObject([{ event: "bet.placed", playerId: formatId("player", player) }]);
  });

  test("a consumer that is killed between its effect and the acknowledgement applies nothing twice", async () => {
    const name = newName();
    startEngine();
    const file = fileURLToPath(new URL("run-consumer.fixture.ts", import.meta.url));
    const runUntilKilled = async (mode: "die" | "stay", afterMs?: number): Promise<void> => {
      const child = fork(file, [house.url, nats?.url ?? "-", name, mode], { stdio: "inherit" });
      const exited = once(child, "exit");
      if (afterMs !== undefined) setTimeout(() => child.kill("SIGKILL"), afterMs);
      const [, signal] = (await exited) as [number | null, string | null];
      expect(signal).toBe("SIGKILL");
    };
    const [player] = await addRichPlayers(house, first, 1);
    let before = 0;
    for (let round = 0; round < 3; round += 1) {
      await play(house, [first, second], [player!], 6);
      await runUntilKilled("die");
      const applied = (await effectsOf(house, name)).length;
      expect(applied).toBeGreaterThan(before);
      before = applied;
    }
    const playing = play(house, [first, second], [player!], 40);
    await runUntilKilled("stay", 700);
    await playing;
    consume(startEngine(), name);
    await expectOnceInOrder(house, name);
  });

  test("what a crash of the database took back is applied again, though nothing new happens", async () => {
    const name = newName();
    consume(startEngine(), name);
    await addRichPlayers(house, first, 2);
    await expectOnceInOrder(house, name);
    // As after a crash before the last commit was on the disk: effects and position are back together.
    await asOwner(
      house.url,
      `WITH back AS (UPDATE consumer_positions SET position = 0 WHERE consumer = '${name}' RETURNING consumer)
       DELETE FROM effects USING back WHERE effects.consumer = back.consumer`,
    );
    await expectOnceInOrder(house, name);
  });

  test("PostgreSQL is killed and started in the middle: nothing is lost, nothing applied twice", async () => {
    const dataDir = mkdtempSync(fileURLToPath(new URL("../../../../.pitboss/test-bus-", import.meta.url)));
    let server = await startPostgres({ dataDir, database: "bus", settings: { fsync: "off" } });
    await migrate(server.url);
    await asOwner(server.url, effectsTable);
    const other = await openTestHouse({ url: server.url, drop: async () => undefined });
    const pool = createPool({ url: server.url, applicationName: "bus-pg", max: 6, onError: () => undefined });
    const engines = [other.openLanes(), other.openLanes()];
    await until(() => engines.every((lanes) => lanes.up()));
    const name = newName();
    const own = usesNats ? await startNatsServer() : undefined;
    const events = startEvents({
      databaseUrl: server.url,
      applicationName: "bus-pg",
      db: createDatabase(pool),
      log: quiet,
      ...(own === undefined ? {} : { nats: { url: own.url, patienceMs } }),
    });
    consume(events, name);
    const players = await addRichPlayers(other, engines[0]!, 8);
    const playing = play(other, engines, players, 60);
    const { port } = server;
    for (let crash = 0; crash < 2; crash += 1) {
      await new Promise((resolve) => setTimeout(resolve, 300));
      await killAndWait(server.pid);
      server = await startPostgres({ dataDir, port, database: "bus", settings: { fsync: "off" } });
    }
    await playing;
    await expectOnceInOrder(other, name);
    await events.stop();
    await pool.end();
    await other.close();
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
    await own?.remove();
  }, 60_000);

  if (!usesNats) return;

  describe("and the server of the bus", () => {
    test("is killed and started in the middle: the stream holds every event once and in order", async () => {
      const name = newName();
      consume(startEngine(), name);
      const players = await addRichPlayers(house, first, 8);
      const playing = play(house, [first, second], players, 60);
      for (let crash = 0; crash < 3; crash += 1) {
        await new Promise((resolve) => setTimeout(resolve, 200));
        await nats?.kill();
        await nats?.start();
      }
      await playing;
      await expectOnceInOrder(house, name);
      await expectStreamWhole(house, nats!.url);
    });

    test("loses what it had acknowledged, as when its machine dies: it is given it again", async () => {
      const engine = startEngine();
      const player = (await addRichPlayers(house, first, 1))[0]!;
      const bet = async () => {
        for (let index = 0; index < 5; index += 1) {
          await insist(first, placeEnvelope(house, { playerId: player, round: "r", stake: 100n }));
        }
        await expectStreamWhole(house, nats!.url);
      };
      await bet();
      await nats!.kill();
      const copy = `${nats!.folder}-copy`;
      cpSync(nats!.folder, copy, { recursive: true });
      await nats!.start();
      await bet();
      await nats!.kill();
      rmSync(nats!.folder, { recursive: true });
      cpSync(copy, nats!.folder, { recursive: true });
      await nats!.start();
      await bet();
      rmSync(copy, { recursive: true });
      expect(engine.head()).toBeGreaterThan(0n);
    });

    test("stays away: consumers go on from the ledger", async () => {
      const name = newName();
      consume(startEngine(), name);
      await expectOnceInOrder(house, name);
      await nats?.kill();
      const [player] = await addRichPlayers(house, first, 1);
      await insist(first, placeEnvelope(house, { playerId: player!, round: "r", stake: 100n }));
      await expectOnceInOrder(house, name);
      expect(ledgerReads).toBeGreaterThan(0);
      await nats?.start();
      await insist(first, placeEnvelope(house, { playerId: player!, round: "r", stake: 100n }));
      await expectOnceInOrder(house, name);
    });
  });
}

async function killAndWait(pid: number): Promise<void> {
  process.kill(pid, "SIGKILL");
  const isGone = (): boolean => {
    try {
      process.kill(pid, 0);
      return false;
    } catch {
      return true;
    }
  };
  await until(isGone);
}

/** Waits until the stream has all events of the ledger, and looks at each message. */
async function expectStreamWhole(house: TestHouse, url: string): Promise<void> {
  const expected = await countCommitted(house);
  const connection = await connect({ servers: url.slice("nats://".length), maxReconnectAttempts: -1 });
  const manager = await jetstreamManager(connection);
  const countMessages = async () => (await manager.streams.info("PITBOSS_EVENTS")).state.messages;
  await until(async () => (await countMessages().catch(() => 0)) >= expected);
  const events: DomainEvent[] = [];
  const places: [bigint, number][] = [];
  for (let seq = 1; seq <= expected; seq += 1) {
    const message = await manager.streams.getMessage("PITBOSS_EVENTS", { seq });
    const event = message!.json<EventOf<"bet.placed">>();
    const place = readPlace(message!.header)!;
    expect(message!.subject).toBe(`pitboss.events.${event.playerId}.${event.event}`);
    events.push(event);
    places.push([place.position, place.index]);
  }
  await connection.close();
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(expected);
  const sorted = places.toSorted(([a, i], [b, j]) => (a === b ? i - j : a < b ? -1 : 1));
  expect(places).toEqual(sorted);
  expectChained(events);
}
