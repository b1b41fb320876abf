/**
 * A game that is not certified for the player's jurisdiction, or is banned in their country, is neither started nor bet on,
 * whoever asks: the house's own API, and every dialect in its own word. What was staked before the rule came is settled.
 */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { wireOf } from "@pitboss/wires/wire-of";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type DemoProvider, openDemoProviders } from "../demo/open-demo-providers.ts";
import { liveGame, numberOf, type TestPlayer } from "../testing/start-casino.ts";
import { type Office, startOffice } from "../testing/start-office.ts";

let office: Office;
let providers: DemoProvider[];
/** Of Malta. */
let player: TestPlayer;
const tokens = new Map<string, string>();

beforeAll(async () => {
  office = await startOffice();
  const bounds = { min: "0.10", max: "1000.00" };
  providers = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: bounds });
  player = await office.casino.openPlayer({ EUR: "100.00" });
  for (const { game } of [...providers, { game: liveGame }]) {
    await vi.waitFor(async () => expect((await launch(game)).status).toBe(201), { timeout: 20_000, interval: 250 });
  }
});
afterAll(() => office.close());

async function launch(game: string) {
  const answer = await office.casino.call("POST", `/v1/games/${game}/launch`, {
    token: player.token,
    body: { playerId: player.playerId, currency: "EUR" },
  });
  if (answer.status === 201) tokens.set(game, String(answer.body["token"]));
  return answer;
}

async function setRule(rule: { jurisdictions?: string[]; bannedCountries?: string[] }): Promise<void> {
  const { jurisdictions = [], bannedCountries = [] } = rule;
  await office.casino.db.execute(
    sql`UPDATE games SET jurisdictions = ${sql.param(jurisdictions)}::text[], banned_countries = ${sql.param(bannedCountries)}::text[]`,
  );
  // Every engine has read the catalog again by then.
  await sleep(1_200);
}

/** What the provider is told, in its own vocabulary. */
async function say(
  speaks: DemoProvider,
  call: { readonly kind: "bet" | "win"; readonly bet: string },
  round: string,
): Promise<unknown> {
  const play = {
    playerId: player.playerId,
    session: tokens.get(speaks.game) ?? "",
    currency: "EUR",
    game: speaks.game,
  } as const;
  const wire = wireOf(
    speaks,
    play,
    call.kind === "bet"
      ? { do: "bet", id: call.bet, round, amount: 100n }
      : { do: "win", id: randomUUID(), bet: call.bet, round, amount: 100n, close: false },
  );
  const response = await fetch(`${office.casino.url()}/v1/providers/${speaks.provider}/${wire.path}`, {
    method: "POST",
    headers: wire.headers,
    body: wire.body,
  });
  const answer = (await response.json()) as { status?: string; code?: string | number };
  return answer.code ?? answer.status ?? response.status;
}

const place = (requestId = randomUUID()) =>
  office.casino.call("POST", "/v1/bets/place", {
    token: office.casino.operatorKey,
    body: {
      requestId,
      playerId: player.playerId,
      roundId: `round-of-${requestId}`,
      gameId: liveGame,
      stake: { amount: "1.00", currency: "EUR" },
    },
  });

async function denials(): Promise<unknown[]> {
  const { rows } = await office.casino.db.execute(
    sql`SELECT DISTINCT command, rule, code, inputs FROM denials WHERE player_id = ${numberOf(player.playerId)} ORDER BY 1, 2, 3`,
  );
  return rows;
}

const words = { hub88: "RS_ERROR_INVALID_GAME", softswiss: 153, evolution: "GEOLOCATION_FAIL" };

test("under another jurisdiction a game is not started, not bet on, and not in the lobby", async () => {
  const before = new Map<string, { bet: string; round: string }>();
  for (const speaks of providers) {
    const bet = { bet: randomUUID(), round: randomUUID() };
    before.set(speaks.dialect, bet);
    await say(speaks, { kind: "bet", bet: bet.bet }, bet.round);
  }
  await setRule({ jurisdictions: ["UK", "DE"] });

  for (const speaks of providers) {
    const told = await say(speaks, { kind: "bet", bet: randomUUID() }, randomUUID());
    expect([speaks.dialect, told]).toEqual([
      speaks.dialect,
      { ...words, "signed-json": "GAME_NOT_OFFERED" }[speaks.dialect],
    ]);
  }
  const requestId = randomUUID();
  expect(await place(requestId)).toMatchObject({ status: 422, body: { code: "GAME_NOT_OFFERED" } });
  expect(await place(requestId)).toMatchObject({ status: 422, body: { code: "GAME_NOT_OFFERED" } });
  expect(await launch(liveGame)).toMatchObject({ status: 422, body: { code: "GAME_NOT_OFFERED" } });
  const inputs = { certifiedFor: "UK, DE", jurisdiction: "MT", packVersion: expect.any(Number) as number };
  const denial = { rule: "risk.game-jurisdiction", code: "GAME_NOT_OFFERED", inputs };
  expect(await denials()).toEqual([
    { ...denial, command: "launch" },
    { ...denial, command: "place" },
  ]);
  const lobby = await office.casino.call("GET", "/v1/lobby", { token: player.token });
  expect(lobby.body).toEqual({ categories: [] });
  const british = await office.casino.call("GET", "/v1/lobby?country=GB");
  expect(JSON.stringify(british.body)).toContain(liveGame);

  // What stood on the table when the rule came is paid.
  for (const speaks of providers) {
    const { bet, round } = before.get(speaks.dialect) ?? { bet: "", round: "" };
    const told = await say(speaks, { kind: "win", bet }, round);
    expect(["RS_OK", "OK", 200]).toContain(told);
  }
});

test("a country that the game is banned in bets no more in a session from before", async () => {
  await setRule({ bannedCountries: ["MT"] });
  expect((await place()).body).toMatchObject({ code: "COUNTRY_BANNED" });
  expect((await launch(liveGame)).body).toMatchObject({ code: "COUNTRY_BANNED" });
  for (const speaks of providers) {
    const told = await say(speaks, { kind: "bet", bet: randomUUID() }, randomUUID());
    expect(told).toBe({ ...words, "signed-json": "COUNTRY_BANNED" }[speaks.dialect]);
  }
});

test("certified for the player's jurisdiction it is played", async () => {
  await setRule({ jurisdictions: ["MT", "UK"] });
  expect((await place()).status).toBe(200);
  expect((await launch(liveGame)).status).toBe(201);
  for (const speaks of providers) {
    expect(["RS_OK", "OK", 200]).toContain(await say(speaks, { kind: "bet", bet: randomUUID() }, randomUUID()));
  }
});
