/** One suite for every store of the counts, against a real Redis; and the limits as they are met over HTTP. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { createLog } from "../kernel/log.ts";
import { type Casino, startCasino } from "../testing/start-casino.ts";
import { createRateLimit, type RateLimit } from "./rate-limit.ts";
import { hasRedisServer, type RedisServer, startRedisServer } from "./redis-server.fixture.ts";

const quiet = createLog("silent");
const windowMs = 10_000;

/** How many of so many requests pass. */
async function countPassed(limit: RateLimit, name: string, requests: number): Promise<number> {
  const waits = await Promise.all(Array.from({ length: requests }, () => limit.take("player", name)));
  return waits.filter((wait) => wait === undefined).length;
}

function suite(open: () => RateLimit): void {
  test("so many requests pass in a while, and the next one is told how long to wait", async () => {
    const limit = open();
    expect(await countPassed(limit, "one", 12)).toBe(5);
    const wait = await limit.take("player", "one");
    expect(wait).toBeGreaterThan(0);
    expect(wait).toBeLessThanOrEqual(windowMs);
  });

  test("each player, and each address, has a count of its own", async () => {
    const limit = open();
    expect(await countPassed(limit, "two", 5)).toBe(5);
    expect(await countPassed(limit, "three", 5)).toBe(5);
    expect(await limit.take("address", "two")).toBeUndefined();
  });
}

const limits = { player: 5, address: 3 };
const opened: RateLimit[] = [];

function openLimit(redisUrl?: string): RateLimit {
  const limit = createRateLimit({ limits, redisUrl, log: quiet });
  opened.push(limit);
  return limit;
}

afterEach(() => {
  for (const limit of opened.splice(0)) limit.close();
});

describe("requests that are counted in process", () => suite(() => openLimit()));

// Debian and others have the server as a package; without it these tests are reported as skipped.
describe.skipIf(!hasRedisServer())("requests that are counted in Redis", () => {
  let redis: RedisServer;

  beforeAll(async () => {
    redis = await startRedisServer();
  });

  afterAll(() => redis.kill());

  /** Two engines, once both have reached Redis; until then each counts for itself. */
  async function openTwo(): Promise<[RateLimit, RateLimit]> {
    const two: [RateLimit, RateLimit] = [openLimit(redis.url), openLimit(redis.url)];
    await untilTogether(...two);
    return two;
  }

  async function untilTogether(first: RateLimit, second: RateLimit): Promise<void> {
    const passed = async (): Promise<number> => {
      const name = `probe-${performance.now()}`;
      return (await countPassed(first, name, 3)) + (await countPassed(second, name, 5));
    };
    await expect.poll(passed, { timeout: 20_000 }).toBe(5);
  }

  suite(() => openLimit(redis.url));

  test("are counted together by several engines", async () => {
    const [first, second] = await openTwo();
    expect((await countPassed(first, "both", 4)) + (await countPassed(second, "both", 4))).toBe(5);
  });

  test("are counted by each engine while Redis is away, and together again when it is back", async () => {
    const [first, second] = await openTwo();
    await redis.kill();
    expect(await countPassed(first, "alone", 12)).toBe(5);
    expect(await countPassed(second, "alone", 12)).toBe(5);
    await redis.start();
    await untilTogether(first, second);
  });
});

describe("over HTTP", () => {
  let casino: Casino;

  beforeAll(async () => {
    casino = await startCasino({ RATE_LIMIT_PLAYER: "6", RATE_LIMIT_ADDRESS: "4" });
  });

  afterAll(() => casino.close());

  async function statuses(requests: number, path: string, token?: string): Promise<number[]> {
    const options = token === undefined ? {} : { token };
    const answers = await Promise.all(Array.from({ length: requests }, () => casino.call("GET", path, options)));
    return answers.map(({ status }) => status).sort();
  }

  test("a player is held back, and told when to come again; another one is not", async () => {
    const [player, other] = [await casino.openPlayer(), await casino.openPlayer()];
    const path = `/v1/wallet?playerId=${player.playerId}`;
    expect(await statuses(8, path, player.token)).toEqual([200, 200, 200, 200, 200, 200, 429, 429]);
    const refused = await casino.call("GET", path, { token: player.token });
    expect(refused.body).toMatchObject({ code: "RATE_LIMITED", retry: true, status: 429 });
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThanOrEqual(1);
    const otherPath = `/v1/wallet?playerId=${other.playerId}`;
    expect(await statuses(1, otherPath, other.token)).toEqual([200]);
  });

  test("whoever shows no token is held back by address; keys of machines and probes are not", async () => {
    expect(await statuses(6, "/v1/games")).toEqual([200, 200, 200, 200, 429, 429]);
    const games = Array.from({ length: 6 }, () => 200);
    expect(await statuses(6, "/healthz")).toEqual(games);
    const player = await casino.openPlayer();
    expect(await statuses(6, `/v1/wallet?playerId=${player.playerId}`, casino.operatorKey)).toEqual(games);
  });
});
