/** What is acknowledged is kept, once, whatever is killed under load; and everything comes back by itself. */
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { checkLedger } from "../simulation/check-ledger.ts";
import { placeBody } from "../gaming/place-body.fixture.ts";
import { openWorld, type World } from "../simulation/world.ts";
import { type Load, startLoad } from "./load.fixture.ts";

const folder = fileURLToPath(new URL("../../../../.pitboss/chaos", import.meta.url));
/** A refusal that takes longer is no quick one. */
const quickMs = 2_000;
const patience = { timeout: 240_000 };

let world: World;
let load: Load | undefined;

beforeAll(async () => {
  world = await openWorld({ folder, engines: 2, casino: { players: 40, cash: 1_000_000n } });
}, 120_000);
afterAll(() => world.close());
afterEach(async () => {
  await load?.stop();
  load = undefined;
});

/** Every acknowledged command is there, once; those that are asked again say the same; and the ledger is whole. */
async function expectKept({ acknowledged }: Load): Promise<void> {
  await world.untilReady();
  const ids = acknowledged.map(({ body }) => body["requestId"]);
  expect(new Set(ids).size).toBe(ids.length);
  const placed = acknowledged.filter(({ path }) => path === "/v1/bets/place");
  const bets = placed.map(({ text }) => (JSON.parse(text) as { betId: string }).betId);
  expect(new Set(bets).size).toBe(bets.length);
  const every = Math.ceil(acknowledged.length / 640);
  const asked = acknowledged.filter((_, index) => index % every === 0);
  for (let from = 0; from < asked.length; from += 64) {
    await Promise.all(
      asked.slice(from, from + 64).map(async ({ path, body, text }, index) => {
        const url = world.engines[index % world.engines.length]?.url() ?? "";
        const again = await world.api.send(url, { path, body, token: world.casino.operatorKey });
        expect(again.text).toBe(text);
        expect(again.headers["idempotent-replay"]).toBe("true");
      }),
    );
  }
  await world.withDatabase(async (client) => {
    expect(await checkLedger(client)).toEqual([]);
    const { rows } = await client.query<{ missing: number }>(
      `SELECT count(*)::int AS missing FROM unnest($1::text[]) asked (id)
        WHERE (SELECT count(*) FROM transactions WHERE type IN (2, 3) AND coalesce(request_uuid::text, request_id) = asked.id) <> 1`,
      [ids],
    );
    expect(rows[0]?.missing).toBe(0);
  });
}

function expectRetryable({ refusals }: Load): void {
  for (const refusal of refusals) expect(refusal.retry, refusal.code).toBe(true);
  expect(refusals.map(({ code }) => code)).not.toContain("INTERNAL");
}

describe("under load, no acknowledged bet is lost and none is there twice when", () => {
  test("PostgreSQL is stopped at once and started again, three times", patience, async () => {
    load = startLoad(world, 32);
    for (let round = 0; round < 3; round += 1) {
      await load.more(150);
      await world.postgres.crash();
      await sleep(300);
      await world.postgres.start();
      for (const { wire } of world.engines) wire.aimAt(world.postgres.port());
    }
    await load.more(150);
    await load.stop();
    expectRetryable(load);
    expect(load.refusals.length).toBeGreaterThan(0);
    await expectKept(load);
  });

  test("the engines' connections are ended by the server, ten times", patience, async () => {
    load = startLoad(world, 32);
    for (let round = 0; round < 10; round += 1) {
      await load.more(40);
      await world.withDatabase((client) =>
        client.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'pitboss-%-lane-%'",
        ),
      );
    }
    await load.more(100);
    await load.stop();
    expectRetryable(load);
    await expectKept(load);
  });

  test("commits happen whose answers are lost on the way to the engine, ten times", patience, async () => {
    load = startLoad(world, 32);
    for (let round = 0; round < 10; round += 1) {
      await load.more(40);
      world.engines[round % 2]?.wire.loseAnswers(100);
    }
    await load.more(100);
    await load.stop();
    expectRetryable(load);
    await expectKept(load);
  });

  test("an engine is killed and started again, three times", patience, async () => {
    load = startLoad(world, 32);
    for (let round = 0; round < 3; round += 1) {
      await load.more(100);
      await world.engines[round % 2]?.kill();
      await load.more(60);
      await world.engines[round % 2]?.start();
    }
    await load.more(60);
    await load.stop();
    expectRetryable(load);
    await expectKept(load);
  });

  test("an engine is told to stop: it answers what it has taken, and ends with 0", patience, async () => {
    load = startLoad(world, 32);
    await load.more(100);
    expect(await world.engines[0]?.stop()).toBe(0);
    await load.more(60);
    await world.engines[0]?.start();
    await load.stop();
    await expectKept(load);
  });
});

test("two engines bet for the same two players at once, and nobody is refused", patience, async () => {
  load = startLoad(world, 32, world.casino.players.slice(0, 2));
  await load.more(600);
  await load.stop();
  expect(load.refusals).toEqual([]);
  await expectKept(load);
});

describe("while PostgreSQL is away", () => {
  test(
    "bets are refused quickly, to be sent again, and are taken when it is back, without anybody's help",
    patience,
    async () => {
      const { operatorKey: token } = world.casino;
      const send = (engine: number, body: Record<string, unknown>) =>
        world.api.send(world.engines[engine]?.url() ?? "", { path: "/v1/bets/place", token, body });
      await world.postgres.crash();
      const bodies = Array.from({ length: 60 }, () => placeBody(world.casino));
      for (const [index, body] of bodies.entries()) {
        const started = performance.now();
        const reply = await send(index % 2, body);
        expect(performance.now() - started).toBeLessThan(quickMs);
        expect({ status: reply.status, body: reply.body }).toMatchObject({ status: 503, body: { retry: true } });
        expect(reply.headers["retry-after"]).toBe("1");
      }
      await world.postgres.start();
      for (const { wire } of world.engines) wire.aimAt(world.postgres.port());
      await world.untilReady();
      for (const [index, body] of bodies.entries()) expect((await send(index % 2, body)).status).toBe(200);
    },
  );

  test("who is not known yet, and what is only read, is refused the same way", patience, async () => {
    const url = world.engines[0]?.url() ?? "";
    const [player] = world.casino.players;
    const unseen = { path: "/v1/bets/place", token: player?.token, body: placeBody(world.casino) };
    await world.postgres.crash();
    const calls = [
      unseen,
      {
        method: "GET",
        path: `/v1/wallet?playerId=${player?.publicId ?? ""}`,
        token: world.casino.operatorKey,
      } as const,
      { method: "GET", path: "/v1/bets/bet_1", token: world.casino.operatorKey } as const,
    ];
    for (const call of calls) {
      const started = performance.now();
      const reply = await world.api.send(url, call);
      expect(performance.now() - started).toBeLessThan(quickMs);
      expect({ status: reply.status, body: reply.body }).toMatchObject({
        status: 503,
        body: { code: "DATABASE_UNAVAILABLE", retry: true },
      });
    }
    await world.postgres.start();
    for (const { wire } of world.engines) wire.aimAt(world.postgres.port());
    await world.untilReady();
    expect((await world.api.send(url, unseen)).status).toBe(200);
  });
});
