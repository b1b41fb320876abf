/** A player's limits, exclusions and clock, over the public API, on a real database; and the race that they must win. */
import { randomUUID } from "node:crypto";
import { countedAt } from "@pitboss/domain/risk/gate-state";
import { readPlay, storePlay } from "@pitboss/domain/risk/stored-play";
import { findGatedPlayer } from "@pitboss/db/risk/gate-store";
import { readPlayTicks } from "@pitboss/db/compliance/read-play-ticks";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readConfig } from "../../config.ts";
import { startEngine } from "../../engine.ts";
import { numberOf, type Casino, liveGame, startCasino, type TestPlayer } from "../../testing/start-casino.ts";
import { runRgClocks } from "./run-rg-clocks.ts";

let casino: Casino;
let owner: pg.Client;

beforeAll(async () => {
  casino = await startCasino();
  owner = new pg.Client({ connectionString: casino.databaseUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await casino.close();
});

const limitOf = (amount: string | null, more: object = {}) => ({
  kind: "WAGER",
  period: "DAY",
  currency: "EUR",
  amount,
  ...more,
});

function setLimit({ token }: TestPlayer, body: object) {
  return casino.call("PUT", "/v1/limits", { token, body });
}

async function bet(
  { playerId }: TestPlayer,
  amount: string,
  { currency = "EUR", requestId = randomUUID(), roundId = randomUUID() } = {},
): Promise<{ code: string; betId: string; roundId: string; data: Record<string, unknown> }> {
  const { status, body } = await casino.call("POST", "/v1/bets/place", {
    token: casino.operatorKey,
    body: { requestId, playerId, gameId: liveGame, roundId, stake: { amount, currency }, selection: [] },
  });
  const data = (body["data"] ?? {}) as Record<string, unknown>;
  return { code: status === 200 ? "OK" : String(body["code"]), betId: String(body["betId"]), roundId, data };
}

async function settle(
  { playerId }: TestPlayer,
  { betId, roundId }: { betId: string; roundId: string },
  payout: string,
) {
  const outcome = payout === "0" ? "LOSE" : "WIN";
  const bets = [{ betId, outcome, payout: { amount: payout, currency: "EUR" } }];
  const body = { requestId: randomUUID(), playerId, gameId: liveGame, roundId, bets };
  expect((await casino.call("POST", "/v1/rounds/settle", { token: casino.operatorKey, body })).status).toBe(200);
}

/** As if what was asked for had been asked for so many hours earlier; the guard lets nobody do this in earnest. */
async function letTimePass(table: string, player: TestPlayer, hours: number): Promise<void> {
  const columns =
    table === "player_limits" ? ["requested_at", "ready_at", "lapses_at"] : ["starts_at", "ends_at", "lifts_at"];
  await owner.query("SET session_replication_role = replica");
  const moved = columns.map((name) => `${name} = ${name} - interval '${hours} hours'`).join(", ");
  await owner.query(`UPDATE ${table} SET ${moved} WHERE player_id = $1`, [numberOf(player.playerId)]);
  if (table === "player_exclusions") {
    await owner.query(
      `UPDATE player_gates SET block_until = block_until - interval '${hours} hours' WHERE player_id = $1`,
      [numberOf(player.playerId)],
    );
  }
  await owner.query("SET session_replication_role = origin");
}

describe("a limit", () => {
  test("that is stricter holds from the next bet on, and counts what was bet before it was set", async () => {
    const player = await casino.openPlayer({ EUR: "500.00" });
    await bet(player, "30.00");
    const set = await setLimit(player, limitOf("50.00"));
    expect(set.body).toMatchObject({
      jurisdiction: "MT",
      limits: [{ kind: "WAGER", amount: "50.00", used: "30.00", remaining: "20.00", byLaw: false }],
      waiting: [],
    });
    expect(await bet(player, "20.01")).toMatchObject({
      code: "WAGER_LIMIT_REACHED",
      data: { limit: "50.00", counted: "30.00", amount: "20.01", period: "DAY" },
    });
    expect((await bet(player, "20.00")).code).toBe("OK");
    expect((await bet(player, "0.10")).code).toBe("WAGER_LIMIT_REACHED");
    expect((await setLimit(player, limitOf("10.00"))).body).toMatchObject({
      limits: [{ amount: "10.00", remaining: "0.00" }],
    });
  });

  test("that is looser cools off, is confirmed, and holds only then; asked for again it begins anew", async () => {
    const player = await casino.openPlayer({ EUR: "500.00" });
    await setLimit(player, limitOf("50.00"));
    const asked = await setLimit(player, limitOf("100.00"));
    expect(asked.body).toMatchObject({
      limits: [{ amount: "50.00" }],
      waiting: [{ amount: "100.00", status: "PENDING" }],
    });
    const [waiting] = asked.body["waiting"] as { limitId: string }[];
    const confirm = (id = waiting?.limitId) =>
      casino.call("POST", `/v1/limits/${String(id)}/confirm`, { token: player.token });
    expect((await confirm()).body["code"]).toBe("LIMIT_NOT_READY");
    await letTimePass("player_limits", player, 24);
    expect((await bet(player, "60.00")).code).toBe("WAGER_LIMIT_REACHED");
    expect((await confirm()).body).toMatchObject({ limits: [{ amount: "100.00" }], waiting: [] });
    expect((await bet(player, "60.00")).code).toBe("OK");
    const none = await setLimit(player, limitOf(null));
    const [second] = none.body["waiting"] as { limitId: string }[];
    await letTimePass("player_limits", player, 24 + 168);
    expect((await confirm(second?.limitId)).body["code"]).toBe("LIMIT_LAPSED");
    while (await runRgClocks(casino)) continue;
    const { rows } = await owner.query("SELECT state FROM player_limits WHERE player_id = $1 ORDER BY id", [
      numberOf(player.playerId),
    ]);
    expect(rows.map(({ state }) => state as string)).toEqual(["REPLACED", "CONFIRMED", "LAPSED"]);
  });

  test("of losses falls with winnings and voids, to the cent, and the ledger says the same", async () => {
    const player = await casino.openPlayer({ EUR: "500.00" });
    await setLimit(player, limitOf("20.00", { kind: "LOSS", period: "WEEK" }));
    const first = await bet(player, "15.00");
    expect((await bet(player, "5.01")).code).toBe("LOSS_LIMIT_REACHED");
    await settle(player, first, "12.50");
    const second = await bet(player, "17.50");
    expect(second.code).toBe("OK");
    expect((await bet(player, "0.10")).code).toBe("LOSS_LIMIT_REACHED");
    await casino.call("POST", "/v1/bets/void", {
      token: casino.operatorKey,
      body: { requestId: randomUUID(), playerId: player.playerId, betId: second.betId, reason: "a test" },
    });
    expect((await bet(player, "17.50")).code).toBe("OK");
    const id = numberOf(player.playerId);
    const state = (await findGatedPlayer(casino.db, id))?.state;
    const [counted] = (state?.limits ?? []).map((limit) => countedAt(limit, Date.now()));
    const ticks = await readPlayTicks(casino.db, id, Date.now() - 3_600_000, 1_800_000);
    expect(counted).toBe(2_000n);
    expect(ticks.reduce((sum, { lost }) => sum + lost, 0n)).toBe(2_000n);
    expect((await casino.call("GET", "/v1/session-clock", { token: player.token })).body).toMatchObject({
      running: true,
      bets: 3,
      netPosition: [{ currency: "EUR", staked: "15.00", returned: "12.50", net: "-2.50", atStake: "17.50" }],
    });
  });

  test("in one currency is not gone around in another", async () => {
    const player = await casino.openPlayer({ EUR: "500.00", USD: "100.00" });
    await setLimit(player, limitOf("50.00"));
    expect(["LIMIT_OTHER_CURRENCY", "CURRENCY_MISMATCH"]).toContain(
      (await bet(player, "1.00", { currency: "USD" })).code,
    );
  });

  test("of time ends play, and a reality check waits to be seen", async () => {
    const player = await casino.openPlayer({ EUR: "500.00" });
    await casino.call("PUT", "/v1/session-clock/reality-check", { token: player.token, body: { everyMinutes: 20 } });
    await setLimit(player, { kind: "SESSION", period: "DAY", currency: null, amount: "60" });
    await bet(player, "1.00");
    const clock = async (minutes: number): Promise<void> => {
      const id = numberOf(player.playerId);
      const { rows } = await owner.query<{ play: string }>("SELECT play FROM player_gates WHERE player_id = $1", [id]);
      const play = readPlay(rows[0]?.play ?? "");
      if (play.clock === null) throw new Error("whoever has bet has a clock");
      const { startedMs, lastMs, checkedMs, spinMs } = play.clock;
      const byMs = minutes * 60_000;
      const earlier = { startedMs: startedMs - byMs, lastMs: lastMs - byMs, checkedMs: checkedMs - byMs, spinMs };
      const stored = storePlay({ ...play, clock: earlier });
      await owner.query("UPDATE player_gates SET play = $2 WHERE player_id = $1", [id, stored]);
    };
    await clock(20);
    expect((await bet(player, "1.00")).code).toBe("REALITY_CHECK_DUE");
    await casino.call("POST", "/v1/session-clock/seen", { token: player.token });
    expect((await bet(player, "1.00")).code).toBe("OK");
    for (const minutes of [19, 20]) {
      await clock(minutes);
      await casino.call("POST", "/v1/session-clock/seen", { token: player.token });
      await bet(player, "1.00");
    }
    await clock(10);
    expect(await bet(player, "1.00")).toMatchObject({ code: "SESSION_LIMIT_REACHED", data: { limitMinutes: 60 } });
  });
});

describe("a player who is excluded", () => {
  test("bets, deposits and opens games no more, and is told so by the rule that spoke", async () => {
    const player = await casino.openPlayer({ EUR: "50.00" });
    const done = await casino.call("POST", "/v1/self-exclusion", { token: player.token, body: { days: 180 } });
    expect(done.body).toMatchObject({ excluded: true, exclusions: [{ kind: "SELF_EXCLUSION", status: "ACTIVE" }] });
    expect((await bet(player, "1.00")).code).toBe("SELF_EXCLUDED");
    const session = { playerId: player.playerId, gameId: liveGame, currency: "EUR" };
    const opened = await casino.call("POST", "/v1/game-sessions", { token: player.token, body: session });
    expect(opened.body["code"]).toBe("SELF_EXCLUDED");
    const { rows } = await owner.query("SELECT rule, rule_version, inputs FROM denials WHERE player_id = $1", [
      numberOf(player.playerId),
    ]);
    expect(rows).toEqual([
      { rule: "risk.not-excluded", rule_version: 1, inputs: { exclusion: "SELF_EXCLUSION", until: null } },
    ]);
    const early = await casino.call("POST", "/v1/self-exclusion/reactivation", {
      token: player.token,
      body: { reason: "too early" },
    });
    expect(early.body["code"]).toBe("EXCLUSION_RUNNING");
    await letTimePass("player_exclusions", player, 180 * 24);
    expect((await bet(player, "1.00")).code).toBe("SELF_EXCLUDED");
    const late = await casino.call("POST", "/v1/self-exclusion/reactivation", {
      token: player.token,
      body: { reason: "I thought about it" },
    });
    expect(late.body).toMatchObject({ exclusions: [{ status: "REACTIVATION_REQUESTED" }] });
  });

  test("for a while is let back in by time alone", async () => {
    const player = await casino.openPlayer({ EUR: "50.00" });
    const call = (path: string, body?: object) =>
      casino.call("POST", path, { token: player.token, ...(body && { body }) });
    expect((await call("/v1/time-out", { hours: 24 * 31 })).body["code"]).toBe("TIME_OUT_LENGTH");
    await call("/v1/panic");
    expect((await bet(player, "1.00")).code).toBe("TIME_OUT_RUNNING");
    await call("/v1/time-out", { hours: 72 });
    await letTimePass("player_exclusions", player, 24);
    expect(await bet(player, "1.00")).toMatchObject({ code: "TIME_OUT_RUNNING", data: { exclusion: "TIME_OUT" } });
    await letTimePass("player_exclusions", player, 48);
    expect((await bet(player, "1.00")).code).toBe("OK");
  });
});

test("nobody can shorten a clock in the database either", async () => {
  const player = await casino.openPlayer();
  await casino.call("POST", "/v1/self-exclusion", { token: player.token, body: { days: 180 } });
  await setLimit(player, limitOf("1.00"));
  await setLimit(player, limitOf("2.00"));
  const id = numberOf(player.playerId);
  for (const change of [
    "UPDATE player_exclusions SET ends_at = now() WHERE player_id = $1",
    "UPDATE player_exclusions SET state = 'LIFTED' WHERE player_id = $1",
    "UPDATE player_limits SET ready_at = now() WHERE player_id = $1",
    "UPDATE player_limits SET state = 'CONFIRMED' WHERE player_id = $1 AND state = 'PENDING'",
    "DELETE FROM player_limits WHERE player_id = $1",
  ]) {
    await expect(owner.query(change, [id])).rejects.toThrow(
      /longer and not shorter|does not go from|is not changed|append-only/,
    );
  }
});

test("a thousand bets at once, over two engines, come to the limit and not a cent further", async () => {
  const player = await casino.openPlayer({ EUR: "5000.00" });
  await setLimit(player, limitOf("100.00"));
  await setLimit(player, limitOf("70.00", { kind: "LOSS", period: "MONTH" }));
  const second = await startEngine(
    readConfig({
      NODE_ENV: "test",
      LOG_LEVEL: "silent",
      REPORTS: "off",
      PITBOSS_DATA_DIR: casino.dataDir,
      DATABASE_URL: casino.databaseUrl,
      ENGINE_PORT: "0",
    }),
  );
  await expect.poll(async () => (await fetch(`${second.url}/readyz`)).status).toBe(200);
  const urls = [casino.url(), second.url];
  const codes = await Promise.all(
    Array.from({ length: 1_000 }, async (_, index) => {
      const stake = { amount: `0.${10 + (index % 37)}`, currency: "EUR" };
      const body = {
        requestId: randomUUID(),
        playerId: player.playerId,
        gameId: liveGame,
        roundId: `race-${index}`,
        stake,
        selection: [],
      };
      for (;;) {
        const response = await fetch(`${urls[index % 2]}/v1/bets/place`, {
          method: "POST",
          headers: { "content-type": "application/json", authorization: `Bearer ${casino.operatorKey}` },
          body: JSON.stringify(body),
        });
        if (response.status !== 503)
          return response.status === 200 ? "OK" : ((await response.json()) as { code: string }).code;
      }
    }),
  );
  await second.stop();
  expect(new Set(codes)).toEqual(new Set(["OK", "LOSS_LIMIT_REACHED"]));
  const { rows } = await owner.query<{ sum: string }>("SELECT sum(stake) AS sum FROM bets WHERE player_id = $1", [
    numberOf(player.playerId),
  ]);
  const sum = BigInt(rows[0]?.sum ?? 0);
  // The smallest stake is 0.10: less than that is left of the limit, and it was never passed.
  expect(sum <= 7_000n && sum > 6_990n).toBe(true);
  const state = (await findGatedPlayer(casino.db, numberOf(player.playerId)))?.state;
  for (const limit of state?.limits ?? []) expect(countedAt(limit, Date.now())).toBe(sum);
});
