import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { liveGame, type TestPlayer } from "../testing/start-casino.ts";
import { failureOf, type Office, type SignedIn, startOffice } from "../testing/start-office.ts";

let office: Office;
let operations: SignedIn;
let support: SignedIn;
let player: TestPlayer;

beforeAll(async () => {
  office = await startOffice();
  [operations, support] = await Promise.all([
    office.signIn(office.people.operations),
    office.signIn(office.people.support),
  ]);
  player = await office.casino.openPlayer({ EUR: "100.00" });
});
afterAll(() => office.close());

const reason = "Asked for by the provider";
const provider = "pragm";

interface LobbyGame {
  readonly gameId: string;
  readonly available: boolean;
}

/** The lobby as the player sees it, once the engine has read the catalog again. */
async function lobby(query = ""): Promise<LobbyGame[]> {
  await sleep(1_200);
  const answer = await office.casino.call("GET", `/v1/lobby${query}`, { token: player.token });
  expect(answer.status).toBe(200);
  const { categories } = answer.body as { categories?: { games: LobbyGame[] }[] };
  return (categories ?? []).flatMap(({ games }) => games);
}

const ofLobby = async (gameId: string, query?: string) => (await lobby(query)).find((game) => game.gameId === gameId);

const launch = (gameId: string, more = {}) =>
  office.casino.call("POST", `/v1/games/${gameId}/launch`, {
    token: player.token,
    body: { playerId: player.playerId, currency: "EUR", ...more },
  });

const bet = (gameId: string, roundId: string = randomUUID()) =>
  office.casino.call("POST", "/v1/bets/place", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId: player.playerId,
      roundId,
      gameId,
      stake: { amount: "1.00", currency: "EUR" },
    },
  });

const csv = (...lines: string[]): string =>
  ["code,name,category,tags,devices,bannedCountries,limits,rtpVersions,providerLimits", ...lines].join("\n");
const line = (code: string, name: string, more = ",,"): string =>
  `${code},${name},slots,new,MOBILE|DESKTOP,${more.split(",")[0] ?? ""},EUR:0.20-100.00,v96:96.50,STD:EUR:0.20-50.00`;

test("a provider's list is planned, imported once as it was shown, and changes nothing the second time", async () => {
  const text = csv(line("star_burst", "Star Burst"), "broken,line", line("gold_rush", "Gold Rush", "MT,"));
  const file = { provider, format: "csv" as const, text };
  const plan = await operations.api.game.planImport.mutate(file);
  expect(plan).toMatchObject({
    count: 2,
    added: 2,
    changed: 0,
    same: 0,
    bad: [{ line: 3, why: "2 cells under 9 columns" }],
  });
  expect(await failureOf(operations.api.game.import.mutate({ ...file, plan: "0".repeat(16), reason }))).toMatchObject({
    code: "PLAN_CHANGED",
  });
  expect(await operations.api.game.import.mutate({ ...file, plan: plan.hash, reason })).toEqual({
    added: 2,
    changed: 0,
  });
  const again = await operations.api.game.planImport.mutate(file);
  expect(again).toMatchObject({ count: 0, same: 2 });
  const renamed = { ...file, text: csv(line("star_burst", "Star Burst II")) };
  const change = await operations.api.game.planImport.mutate(renamed);
  expect(change.items).toMatchObject([
    { id: "star_burst", before: { name: "Star Burst" }, after: { name: "Star Burst II" } },
  ]);
  await operations.api.game.import.mutate({ ...renamed, plan: change.hash, reason });
  const { rows } = await office.casino.db.execute(
    sql`SELECT subject_id, before->>'name' AS was FROM audit_log WHERE action = 'game.import' ORDER BY id`,
  );
  expect(rows).toEqual([
    { subject_id: "star_burst", was: null },
    { subject_id: "gold_rush", was: null },
    { subject_id: "star_burst", was: "Star Burst" },
  ]);
  const shown = await support.api.game.show.query({ code: "star_burst" });
  expect(shown).toMatchObject({ name: "Star Burst II", fits: [{ limit: "STD", fit: "WIDER_THAN_PROVIDER" }] });
});

test("a game of another provider is a bad line, and keeps what it is", async () => {
  const file = { provider: "pitboss", format: "csv" as const, text: csv(line("star_burst", "Stolen")) };
  const plan = await operations.api.game.planImport.mutate(file);
  expect(plan).toMatchObject({ count: 0, bad: [{ line: 2, why: "code: star_burst is a game of pragm" }] });
  expect(await failureOf(operations.api.game.import.mutate({ ...file, plan: plan.hash, reason }))).toMatchObject({
    code: "NOTHING_CHANGES",
  });
  expect(await failureOf(operations.api.game.planImport.mutate({ ...file, provider: "nobody" }))).toMatchObject({
    code: "PROVIDER_NOT_FOUND",
  });
});

test("games are listed by what is asked for, a page at a time", async () => {
  const all = await support.api.game.list.query({ limit: 200 });
  const codes = all.rows.map(({ code }) => code);
  expect(codes).toEqual([...codes].sort());
  const first = await support.api.game.list.query({ limit: 2 });
  const second = await support.api.game.list.query({ limit: 2, cursor: first.next });
  expect([...first.rows, ...second.rows].map(({ code }) => code)).toEqual(codes.slice(0, 4));
  const found = await support.api.game.list.query({ search: "STAR", tag: "new", provider, status: "OPEN" });
  expect(found.rows.map(({ code }) => code)).toEqual(["star_burst"]);
  expect((await support.api.game.list.query({ search: "%" })).rows).toEqual([]);
});

test("a game is changed by whoever saw it as it is, with what was before in the audit log", async () => {
  const seen = await operations.api.game.show.query({ code: "star_burst" });
  const { fits: _f, maintenance: _m, status: _s, open, updatedAt, providerCode: _c, providerName: _n, ...game } = seen;
  const change = { game: { ...game, tags: ["hot"] }, open, updatedAt, reason };
  await operations.api.game.change.mutate(change);
  expect(await failureOf(operations.api.game.change.mutate(change))).toMatchObject({ code: "PLAN_CHANGED" });
  expect(await failureOf(support.api.game.change.mutate(change))).toMatchObject({ code: "NOT_ALLOWED" });
  const { rows } = await office.casino.db.execute(
    sql`SELECT before, after, reason FROM audit_log WHERE action = 'game.change'`,
  );
  expect(rows).toEqual([{ before: { tags: ["new"] }, after: { tags: ["hot"] }, reason }]);
});

test("the lobby leaves out what is banned where the player lives, and no session opens on it", async () => {
  // The player lives in Malta; what the address says of the country does not matter.
  expect(await ofLobby("gold_rush", "?country=DE")).toBeUndefined();
  expect(await ofLobby("star_burst", "?device=TABLET")).toBeUndefined();
  expect(await ofLobby("star_burst", "?device=MOBILE&currency=EUR&category=slots")).toMatchObject({ available: true });
  expect((await launch("gold_rush")).body).toMatchObject({ code: "COUNTRY_BANNED" });
  expect((await launch("star_burst", { device: "TABLET" })).body).toMatchObject({ code: "GAME_DISABLED" });
  const visitor = await office.casino.call("GET", "/v1/lobby?country=DE");
  expect(JSON.stringify(visitor.body)).toContain("gold_rush");
  expect((await office.casino.call("GET", "/v1/lobby?currency=XXX")).body).toMatchObject({ code: "CURRENCY_UNKNOWN" });
});

test("a game in maintenance leaves the lobby and takes no bets, and comes back when that is called off", async () => {
  const from = new Date(Date.now() - 60_000).toISOString();
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const target = { by: "game" as const, game: "star_burst" };
  const { maintenanceId } = await operations.api.game.planMaintenance.mutate({ target, from, until, reason });
  expect(await ofLobby("star_burst")).toBeUndefined();
  expect((await bet("star_burst")).body).toMatchObject({ code: "GAME_DISABLED" });
  expect((await support.api.game.show.query({ code: "star_burst" })).status).toBe("MAINTENANCE");
  await operations.api.game.cancelMaintenance.mutate({ maintenanceId, reason });
  expect(await failureOf(operations.api.game.cancelMaintenance.mutate({ maintenanceId, reason }))).toMatchObject({
    code: "NOTHING_CHANGES",
  });
  expect(await ofLobby("star_burst")).toMatchObject({ available: true });
  const past = { target, from, until: new Date(Date.now() - 1_000).toISOString(), reason };
  expect(await failureOf(operations.api.game.planMaintenance.mutate(past))).toMatchObject({ code: "REQUEST_INVALID" });
});

test("a paused provider's games stay in the lobby as not available, take no bets, and settle what was staked", async () => {
  const opened = await launch(liveGame);
  expect(opened.status).toBe(201);
  expect(opened.body).toMatchObject({ gameId: liveGame, provider });
  const placed = await bet(liveGame, "before-the-pause");
  expect(placed.status).toBe(200);
  await operations.api.provider.setPaused.mutate({ provider, paused: true, reason });
  expect(await ofLobby(liveGame)).toMatchObject({ available: false });
  expect((await bet(liveGame)).body).toMatchObject({ code: "GAME_DISABLED" });
  expect((await launch(liveGame)).body).toMatchObject({ code: "GAME_DISABLED" });
  const settled = await office.casino.call("POST", "/v1/rounds/settle", {
    token: office.casino.operatorKey,
    body: {
      requestId: randomUUID(),
      playerId: player.playerId,
      roundId: "before-the-pause",
      gameId: liveGame,
      closed: true,
      bets: [{ betId: placed.body["betId"], outcome: "WIN", payout: { amount: "2.00", currency: "EUR" } }],
    },
  });
  expect(settled.status).toBe(200);
  expect(await failureOf(operations.api.provider.setPaused.mutate({ provider, paused: true, reason }))).toMatchObject({
    code: "NOTHING_CHANGES",
  });
  expect((await support.api.game.providers.query()).find(({ code }) => code === provider)?.paused).toMatchObject({
    reason,
  });
  await operations.api.provider.setPaused.mutate({ provider, paused: false, reason });
  expect(await ofLobby(liveGame)).toMatchObject({ available: true });
});

test("an experiment orders the lobby of players while it is under way, and is started and stopped under a reason", async () => {
  const variant = { weight: 1, order: "NEWEST" as const, categories: ["slots"], tags: ["hot"] };
  const variants = [
    { ...variant, code: "one" },
    { ...variant, code: "two" },
  ];
  const categories = async (token?: string): Promise<string[]> => {
    const answer = await office.casino.call("GET", "/v1/lobby", token === undefined ? {} : { token });
    return (answer.body as { categories: { category: string }[] }).categories.map(({ category }) => category);
  };
  const plain = await categories(player.token);
  expect(plain).toEqual([...plain].sort());
  expect(plain[0]).not.toBe("slots");
  const start = { code: "slots-first", name: "Slots first", variants, reason };
  expect(await failureOf(support.api.lobby.start.mutate(start))).toMatchObject({ code: "NOT_ALLOWED" });
  await operations.api.lobby.start.mutate(start);
  expect(await failureOf(operations.api.lobby.start.mutate({ ...start, code: "other" }))).toMatchObject({
    code: "LOBBY_EXPERIMENT_REFUSED",
  });
  expect(await categories(player.token)).toEqual(["slots", ...plain.filter((category) => category !== "slots")]);
  await categories(player.token);
  // Visitors and machines are in no experiment.
  expect(await categories()).toEqual(plain);
  const { rows: exposed } = await office.casino.db.execute(
    sql`SELECT event->>'experiment' AS experiment, event->>'playerId' AS player
          FROM outbox, jsonb_array_elements(events) AS event WHERE event->>'type' = 'lobby.exposed'`,
  );
  expect(exposed).toEqual([{ experiment: "slots-first", player: player.playerId }]);
  await operations.api.lobby.stop.mutate({ code: "slots-first", reason });
  expect(await failureOf(operations.api.lobby.stop.mutate({ code: "slots-first", reason }))).toMatchObject({
    code: "NOTHING_CHANGES",
  });
  expect(await categories(player.token)).toEqual(plain);
  expect(await failureOf(operations.api.lobby.start.mutate(start))).toMatchObject({ code: "LOBBY_EXPERIMENT_REFUSED" });
  expect((await support.api.lobby.list.query({ state: "STOPPED" })).rows).toMatchObject([{ code: "slots-first" }]);
  const { rows } = await office.casino.db.execute(
    sql`SELECT action, reason FROM audit_log WHERE subject_id = 'slots-first' ORDER BY id`,
  );
  expect(rows).toEqual([
    { action: "lobby.start", reason },
    { action: "lobby.stop", reason },
  ]);
});
