/** Who may do what: a token of the wrong kind, player, provider, game or time changes nothing. */
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { err } from "@pitboss/domain/kernel/result";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Body, placeBody, settleBody, undoBody } from "../gaming/place-body.fixture.ts";
import { createAuthenticator } from "../identity/authenticate.ts";
import type { Call, Reply } from "../simulation/http-client.ts";
import { addMachineKey, addPlayerToken } from "../simulation/small-casino.ts";
import { openTestEngine, type Snapshot, type TestEngine } from "./engine.fixture.ts";

let engine: TestEngine;
let db: ReturnType<typeof createDatabase>;
/** A held bet of the first player on the first provider's game. */
let held: Body;
let heldId: string;
let before: Snapshot;

beforeAll(async () => {
  engine = await openTestEngine();
  const url = engine.databaseUrl;
  db = createDatabase(createPool({ url, applicationName: "wrong-token", max: 2, onError: () => undefined }));
  const [, secondKey] = engine.casino.providerKeys;
  // The second provider's key has placed something, so that nothing is refused for being its first.
  const warm = placeBody(engine.casino, { gameId: engine.casino.games[1] });
  expect((await send({ path: "/v1/bets/place", token: secondKey, body: warm })).status).toBe(200);
  held = placeBody(engine.casino);
  const placed = await send({ path: "/v1/bets/place", token: engine.casino.providerKeys[0], body: held });
  heldId = (placed.body as { betId: string }).betId;
});
afterAll(async () => {
  await db.$client.end();
  await engine.close();
});
beforeEach(async () => {
  before = await engine.snapshot();
});
afterEach(async () => {
  expect((await engine.snapshot()).money).toEqual(before.money);
});

const send = (call: Call): Promise<Reply> => engine.api.send(engine.urls[0] ?? "", call);
const player = (index: number) => {
  const found = engine.casino.players[index];
  if (found === undefined) throw new Error("the casino has four players");
  return found;
};

async function expectRefused(call: Call, status: number, code: string): Promise<void> {
  const reply = await send(call);
  expect({ status: reply.status, body: reply.body }).toMatchObject({ status, body: { code, status } });
  expect(reply.headers["content-type"]).toContain("application/problem+json");
}

const settling: readonly (readonly [path: string, body: () => Body])[] = [
  ["/v1/rounds/settle", () => settleBody(held, { outcome: "WIN", payout: { amount: "360.00", currency: "EUR" } })],
  ["/v1/bets/void", () => undoBody(held, { reason: "misdeal" })],
  ["/v1/bets/rollback", () => undoBody(held)],
  ["/v1/bets/correct", () => undoBody(held, { outcome: "PUSH", reason: "misdeal" })],
];

describe("a player's token", () => {
  test.each(settling)("can't %s, not even for the player's own bet", async (path, body) => {
    await expectRefused({ path, token: player(0).token, body: body() }, 403, "NOT_ALLOWED");
  });

  test("can't bet, look or open a session for another player", async () => {
    const { token } = player(1);
    await expectRefused({ path: "/v1/bets/place", token, body: placeBody(engine.casino) }, 403, "NOT_ALLOWED");
    const bulk = await send({ path: "/v1/bets/place-bulk", token, body: { bets: [placeBody(engine.casino)] } });
    expect(bulk.body).toMatchObject({ answers: [{ code: "NOT_ALLOWED" }] });
    const wallet = `/v1/wallet?playerId=${player(0).publicId}`;
    await expectRefused({ method: "GET", path: wallet, token }, 403, "NOT_ALLOWED");
    const session = { playerId: player(0).publicId, gameId: engine.casino.games[0], currency: "EUR" };
    await expectRefused({ path: "/v1/game-sessions", token, body: session }, 403, "NOT_ALLOWED");
  });

  test("does not learn from a bet's id that another player's bet exists", async () => {
    const { token } = player(1);
    await expectRefused({ method: "GET", path: `/v1/bets/${heldId}`, token }, 404, "BET_NOT_FOUND");
    await expectRefused({ method: "GET", path: "/v1/bets/bet_zzzz", token }, 404, "BET_NOT_FOUND");
  });

  test("can't make players or tokens", async () => {
    const { token, publicId } = player(0);
    await expectRefused({ path: "/v1/players", token, body: { nickname: "x", country: "MT" } }, 403, "NOT_ALLOWED");
    await expectRefused({ path: `/v1/players/${publicId}/tokens`, token, body: {} }, 403, "NOT_ALLOWED");
  });
});

describe("a provider's key", () => {
  test("can't bet on another provider's game", async () => {
    const [, token] = engine.casino.providerKeys;
    await expectRefused({ path: "/v1/bets/place", token, body: placeBody(engine.casino) }, 403, "NOT_ALLOWED");
  });

  test.each(settling)("can't %s a bet of another provider's, by the bet's id", async (path, body) => {
    const [, token] = engine.casino.providerKeys;
    const named = JSON.parse(
      JSON.stringify(body()).replace(`"placeRequestId":"${String(held["requestId"])}"`, `"betId":"${heldId}"`),
    ) as Body;
    const settle = path === "/v1/rounds/settle";
    await expectRefused({ path, token, body: named }, settle ? 403 : 404, settle ? "NOT_ALLOWED" : "BET_NOT_FOUND");
    if (!settle) return;
    // Under a game of its own, the bet is of another round.
    const own = { ...named, requestId: `${String(named["requestId"])}-own`, gameId: engine.casino.games[1] };
    await expectRefused({ path, token, body: own }, 409, "BET_OF_OTHER_ROUND");
  });

  test("does not find a bet by another provider's request id", async () => {
    const [, token] = engine.casino.providerKeys;
    await expectRefused({ path: "/v1/bets/void", token, body: undoBody(held, { reason: "x" }) }, 404, "BET_NOT_FOUND");
    await expectRefused({ method: "GET", path: `/v1/bets/${heldId}`, token }, 404, "BET_NOT_FOUND");
  });

  test("leaves no tombstone on another provider's bet", async () => {
    const [token, other] = engine.casino.providerKeys;
    const late = placeBody(engine.casino, { requestId: "comes-late" });
    const early = await send({ path: "/v1/bets/rollback", token: other, body: undoBody(late) });
    expect(early.body).toMatchObject({ status: "TOMBSTONED" });
    expect((await send({ path: "/v1/bets/place", token, body: late })).status).toBe(200);
    expect((await send({ path: "/v1/bets/rollback", token, body: undoBody(late) })).body).toMatchObject({
      status: "ROLLED_BACK",
    });
    before = await engine.snapshot();
  });
});

describe("a machine key", () => {
  test.each([
    ["without the scope for bets", "wallets:read", "/v1/bets/place"],
    ["without the scope for settlements", "bets", "/v1/rounds/settle"],
  ] as const)("%s is refused", async (_what, scope, path) => {
    const token = await addMachineKey(db, `only ${scope}`, [scope]);
    await expectRefused({ path, token, body: placeBody(engine.casino) }, 403, "NOT_ALLOWED");
  });

  test("that has run out, or was revoked, is refused", async () => {
    const past = await addMachineKey(db, "past", undefined, null, new Date(Date.now() - 1_000));
    await expectRefused({ path: "/v1/bets/place", token: past, body: placeBody(engine.casino) }, 401, "TOKEN_INVALID");
    const revoked = await addMachineKey(db, "revoked");
    await engine.owner.query("UPDATE machine_keys SET revoked_at = now() WHERE name = 'revoked'");
    await expectRefused(
      { path: "/v1/bets/place", token: revoked, body: placeBody(engine.casino) },
      401,
      "TOKEN_INVALID",
    );
  });
});

describe("a token that has had its time", () => {
  test("is refused, though the engine still remembers it", async () => {
    const { id, publicId } = player(2);
    const token = await addPlayerToken(db, id, new Date(Date.now() + 1_500));
    const look = { method: "GET", path: "/v1/wallet", token } as const;
    expect((await send(look)).status).toBe(200);
    await new Promise((resolve) => setTimeout(resolve, 1_600));
    await expectRefused(look, 401, "TOKEN_INVALID");
    const bet = placeBody(engine.casino, { playerId: publicId });
    await expectRefused({ path: "/v1/bets/place", token, body: bet }, 401, "TOKEN_INVALID");
  });

  test("is refused when it was revoked before it was seen", async () => {
    const { id } = player(2);
    const token = await addPlayerToken(db, id, new Date(Date.now() + 60_000));
    await engine.owner.query(
      "UPDATE player_tokens SET revoked_at = now() WHERE created_at = (SELECT max(created_at) FROM player_tokens)",
    );
    await expectRefused({ method: "GET", path: "/v1/wallet", token }, 401, "TOKEN_INVALID");
  });

  test("is refused ten seconds after it was revoked, also where nobody tells of revocations", async () => {
    const { id } = player(2);
    const token = await addPlayerToken(db, id, new Date(Date.now() + 3_600_000));
    let now = Date.now();
    const tokens = { verify: () => Promise.resolve(err("TOKEN_INVALID")) };
    const authenticator = createAuthenticator({ db, clock: { now: () => now }, tokens });
    const ask = async () => (await authenticator.authenticate(`Bearer ${token}`)).ok;
    expect(await ask()).toBe(true);
    await engine.owner.query(
      "UPDATE player_tokens SET revoked_at = now() WHERE created_at = (SELECT max(created_at) FROM player_tokens)",
    );
    now += 10_000;
    expect(await ask()).toBe(false);
  });
});

describe("a game session's token", () => {
  async function openSession(): Promise<{ token: string; sessionId: string }> {
    const body = { playerId: player(3).publicId, gameId: engine.casino.games[0], currency: "EUR" };
    const reply = await send({ path: "/v1/game-sessions", token: engine.casino.operatorKey, body });
    expect(reply.status).toBe(201);
    before = await engine.snapshot();
    return reply.body as { token: string; sessionId: string };
  }
  const betOf = (fields: Body = {}) => placeBody(engine.casino, { playerId: player(3).publicId, ...fields });

  test("can't bet on another game, for another player, or settle", async () => {
    const { token } = await openSession();
    const path = "/v1/bets/place";
    await expectRefused({ path, token, body: betOf({ gameId: engine.casino.games[1] }) }, 403, "NOT_ALLOWED");
    await expectRefused({ path, token, body: placeBody(engine.casino) }, 403, "NOT_ALLOWED");
    await expectRefused({ path: "/v1/rounds/settle", token, body: settleBody(held) }, 403, "NOT_ALLOWED");
  });

  test("bets no more once the session is ended, while its open bet is still settled", async () => {
    const { token, sessionId } = await openSession();
    const open = betOf();
    const placed = await send({ path: "/v1/bets/place", token, body: open });
    expect(placed.status).toBe(200);
    const end = { method: "DELETE", path: `/v1/game-sessions/${sessionId}`, token } as const;
    expect((await send(end)).status).toBe(204);
    before = await engine.snapshot();
    await expectRefused({ path: "/v1/bets/place", token, body: betOf() }, 401, "TOKEN_INVALID");
    expect(await engine.snapshot()).toEqual(before);
    const bets = [{ betId: (placed.body as { betId: string }).betId, outcome: "LOSE" }];
    const body = settleBody(open, {}, { bets });
    const lost = await send({ path: "/v1/rounds/settle", token: engine.casino.operatorKey, body });
    expect(lost.status).toBe(200);
    before = await engine.snapshot();
  });

  test("can't end another player's session", async () => {
    const { sessionId } = await openSession();
    const call = { method: "DELETE", path: `/v1/game-sessions/${sessionId}`, token: player(0).token } as const;
    await expectRefused(call, 404, "SESSION_NOT_FOUND");
  });
});

test("a player who is blocked bets no more, and is still paid what was won before", async () => {
  const bet = placeBody(engine.casino, { playerId: player(2).publicId });
  const { operatorKey: token } = engine.casino;
  expect((await send({ path: "/v1/bets/place", token, body: bet })).status).toBe(200);
  await engine.owner.query("UPDATE players SET status = 2 WHERE id = $1", [player(2).id]);
  before = await engine.snapshot();
  await expectRefused({ path: "/v1/bets/place", token, body: { ...bet, requestId: "blocked" } }, 422, "PLAYER_BLOCKED");
  expect((await engine.snapshot()).money).toEqual(before.money);
  const win = settleBody(bet, { outcome: "WIN", payout: { amount: "20.00", currency: "EUR" } });
  expect((await send({ path: "/v1/rounds/settle", token, body: win })).status).toBe(200);
  before = await engine.snapshot();
});
