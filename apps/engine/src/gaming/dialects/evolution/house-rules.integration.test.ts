/** What the house refuses for the player's sake has its own word on Evolution's wire, so that the table can say why. */
import { randomUUID } from "node:crypto";
import { wireOf } from "@pitboss/wires/wire-of";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { type DemoProvider, openDemoProviders } from "../../../demo/open-demo-providers.ts";
import { numberOf, type TestPlayer } from "../../../testing/start-casino.ts";
import { type Office, startOffice } from "../../../testing/start-office.ts";

let office: Office;
let provider: DemoProvider;

beforeAll(async () => {
  office = await startOffice();
  const bounds = { min: "0.10", max: "1000.00" };
  const opened = await openDemoProviders(office.casino.db, office.deps.vault, { EUR: bounds });
  const found = opened.find(({ dialect }) => dialect === "evolution");
  if (found === undefined) throw new Error("there is a provider for each dialect");
  provider = found;
  // The catalog and the providers are read anew by clocks of their own; until both were, the game or its wallet is unknown.
  await vi.waitFor(async () => expect(await debit(await sit(), 100n)).toEqual([200, "OK"]), {
    timeout: 20_000,
    interval: 250,
  });
});
afterAll(() => office.close());

interface Seat extends TestPlayer {
  readonly session: string;
}

/** A player with a game open, who then changes what may be played. */
async function sit(): Promise<Seat> {
  const player = await office.casino.openPlayer({ EUR: "100.00" });
  const { status, body } = await office.casino.call("POST", "/v1/game-sessions", {
    token: office.casino.operatorKey,
    body: { playerId: player.playerId, gameId: provider.game, currency: "EUR" },
  });
  expect(status).toBeLessThan(300);
  return { ...player, session: String(body["token"]) };
}

async function debit({ playerId, session }: Seat, amount: bigint): Promise<unknown> {
  const play = { playerId, session, currency: "EUR", game: provider.game } as const;
  const wire = wireOf(provider, play, { do: "bet", id: randomUUID(), round: randomUUID(), amount });
  const response = await fetch(`${office.casino.url()}/v1/providers/${provider.provider}/${wire.path}`, {
    method: "POST",
    headers: wire.headers,
    body: wire.body,
  });
  const { status } = (await response.json()) as { status: unknown };
  return [response.status, status];
}

const ask = ({ token }: Seat, method: "POST" | "PUT", path: string, body: object) =>
  office.casino.call(method, path, { token, body });

test("an account that is excluded, or takes a time-out, is locked", async () => {
  const excluded = await sit();
  expect(await debit(excluded, 100n)).toEqual([200, "OK"]);
  expect((await ask(excluded, "POST", "/v1/self-exclusion", { days: 180 })).status).toBeLessThan(300);
  expect(await debit(excluded, 100n)).toEqual([200, "ACCOUNT_LOCKED"]);
  const resting = await sit();
  expect((await ask(resting, "POST", "/v1/time-out", { hours: 24 })).status).toBeLessThan(300);
  expect(await debit(resting, 100n)).toEqual([200, "ACCOUNT_LOCKED"]);
});

test.each([
  ["WAGER", "CASINO_LIMIT_EXCEEDED_TURNOVER"],
  ["LOSS", "CASINO_LIMIT_EXCEEDED_LOSS"],
])("a player's own limit of kind %s is answered %s", async (kind, word) => {
  const seat = await sit();
  const limit = { kind, period: "DAY", currency: "EUR", amount: "2.00" };
  expect((await ask(seat, "PUT", "/v1/limits", limit)).status).toBeLessThan(300);
  expect(await debit(seat, 200n)).toEqual([200, "OK"]);
  expect(await debit(seat, 10n)).toEqual([200, word]);
});

test("a session in the place of another one is of the same sign-in and the same place", async () => {
  const player = await office.casino.openPlayer({ EUR: "100.00" });
  const { body: opened } = await office.casino.call("POST", "/v1/game-sessions", {
    token: office.casino.operatorKey,
    body: { playerId: player.playerId, gameId: provider.game, currency: "EUR", ip: "81.2.69.142" },
  });
  const seat = { ...player, session: String(opened["token"]) };
  const kept = async () => {
    const { rows } = await office.casino.db.execute<{ player_session_id: string; geo_decision_id: string }>(
      sql`SELECT player_session_id, geo_decision_id FROM game_sessions WHERE player_id = ${numberOf(player.playerId)}
           ORDER BY id DESC LIMIT 1`,
    );
    return rows[0];
  };
  const before = await kept();
  expect(before?.geo_decision_id).toMatch(/^\d+$/);
  const call = JSON.stringify({ sid: seat.session, userId: seat.playerId, channel: { type: "P" }, uuid: randomUUID() });
  const url = `${office.casino.url()}/v1/providers/${provider.provider}/sid?authToken=${encodeURIComponent(provider.secret)}`;
  const answer = await fetch(url, { method: "POST", headers: { "content-type": "application/json" }, body: call });
  const renewed = { ...player, session: String(((await answer.json()) as { sid: unknown }).sid) };
  expect(renewed.session).not.toBe(seat.session);
  expect(await kept()).toEqual(before);
  expect(await debit(renewed, 100n)).toEqual([200, "OK"]);
});
