/** A request id stands for one request and its first answer, for ever, however and wherever it is repeated. */
import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openTestEngine, type TestEngine } from "../edge/engine.fixture.ts";
import type { Reply } from "../simulation/http-client.ts";
import { type Body, placeBody, settleBody, undoBody } from "./place-body.fixture.ts";

let engine: TestEngine;

beforeAll(async () => {
  engine = await openTestEngine({ engines: 2, casino: { players: 12, cash: 100_000n } });
});
afterAll(() => engine.close());
afterEach(() => engine.check());

const bodies = (replies: readonly Reply[]): Set<string> => new Set(replies.map(({ text }) => text));
const statuses = (replies: readonly Reply[]): number[] => [...new Set(replies.map(({ status }) => status))].sort();

function bodyOf(player: number, fields: Body = {}): Body {
  return placeBody(engine.casino, { playerId: engine.casino.players[player]?.publicId, ...fields });
}

/** Sends one request `times` over at once, to the engines in turn. */
function sendOver(path: string, body: unknown, times: number, engines = engine.urls): Promise<Reply[]> {
  const token = engine.casino.operatorKey;
  return Promise.all(
    Array.from({ length: times }, (_, index) =>
      engine.api.send(engines[index % engines.length] ?? "", { path, body, token }),
    ),
  );
}

async function count(text: string, values: readonly unknown[]): Promise<number> {
  const { rows } = await engine.owner.query<{ count: number }>(text, [...values]);
  return rows[0]?.count ?? 0;
}

const betsOf = (player: number) =>
  count("SELECT count(*)::int AS count FROM bets WHERE player_id = $1", [engine.casino.players[player]?.id]);
const cashOf = async (player: number): Promise<unknown> => {
  const { rows } = await engine.owner.query("SELECT available, held FROM wallets WHERE player_id = $1 AND kind = 1", [
    engine.casino.players[player]?.id,
  ]);
  return rows[0];
};

describe("the same request 1,000 times at once", () => {
  test("is one bet and 1,000 equal answers", async () => {
    const replies = await sendOver("/v1/bets/place", bodyOf(0), 1_000, engine.urls.slice(0, 1));
    expect(statuses(replies)).toEqual([200]);
    expect(bodies(replies).size).toBe(1);
    expect(await betsOf(0)).toBe(1);
    expect(await cashOf(0)).toEqual({ available: "99000", held: "1000" });
    expect(replies.filter(({ headers }) => headers["idempotent-replay"] === undefined).length).toBeGreaterThan(0);
  });

  test("is one bet and 1,000 equal answers where two engines get 500 each", async () => {
    const replies = await sendOver("/v1/bets/place", bodyOf(1), 1_000);
    expect(statuses(replies)).toEqual([200]);
    expect(bodies(replies).size).toBe(1);
    expect(await betsOf(1)).toBe(1);
  });

  test("is one refusal and 1,000 equal answers where it can't be taken", async () => {
    const before = await count("SELECT count(*)::int AS count FROM denials", []);
    const replies = await sendOver(
      "/v1/bets/place",
      bodyOf(2, { stake: { amount: "4999.99", currency: "EUR" } }),
      1_000,
    );
    expect(statuses(replies)).toEqual([422]);
    expect(new Set(replies.map(({ body }) => (body as Body)["traceId"])).size).toBe(1);
    for (const { body } of replies) expect(body).toEqual(replies[0]?.body);
    expect(await count("SELECT count(*)::int AS count FROM denials", [])).toBe(before + 1);
    expect(await betsOf(2)).toBe(0);
  });

  test("is one settlement and 1,000 equal answers", async () => {
    const place = bodyOf(3);
    await engine.send({ path: "/v1/bets/place", body: place });
    const win = settleBody(place, { outcome: "WIN", payout: { amount: "36.00", currency: "EUR" } });
    const replies = await sendOver("/v1/rounds/settle", win, 1_000);
    expect(statuses(replies)).toEqual([200]);
    expect(bodies(replies).size).toBe(1);
    expect(await cashOf(3)).toEqual({ available: "102600", held: "0" });
  });
});

describe("the same request again", () => {
  test.each(["/v1/bets/void", "/v1/bets/rollback", "/v1/bets/correct"])("%s has its first answer", async (path) => {
    const place = bodyOf(4);
    await engine.send({ path: "/v1/bets/place", body: place });
    const correct = path === "/v1/bets/correct";
    if (correct) await engine.send({ path: "/v1/rounds/settle", body: settleBody(place) });
    const more = path === "/v1/bets/rollback" ? {} : { reason: "misdeal" };
    const payout = { amount: "12.00", currency: "EUR" };
    const body = undoBody(place, correct ? { ...more, outcome: "WIN", payout } : more);
    const replies = [...(await sendOver(path, body, 50)), ...(await sendOver(path, body, 2))];
    expect(statuses(replies)).toEqual([200]);
    expect(bodies(replies).size).toBe(1);
  });

  test("has its first answer after the balance, the bet and the round have moved on", async () => {
    const place = bodyOf(5);
    const first = await engine.send({ path: "/v1/bets/place", body: place });
    await engine.send({ path: "/v1/rounds/settle", body: settleBody(place) });
    const again = await engine.send({ path: "/v1/bets/place", body: place });
    expect(again.text).toBe(first.text);
    expect(again.headers["idempotent-replay"]).toBe("true");
  });

  test("is the same with its fields in another order and its amount spelt shorter", async () => {
    const place = bodyOf(6);
    const first = await engine.send({ path: "/v1/bets/place", body: place });
    const turned = Object.fromEntries(Object.entries({ ...place, stake: { currency: "EUR", amount: "10" } }).reverse());
    const again = await engine.send({ path: "/bets/place", body: turned });
    expect({ status: again.status, text: again.text }).toEqual({ status: 200, text: first.text });
    const lost = settleBody(place);
    const settled = await engine.send({ path: "/v1/rounds/settle", body: lost });
    const resettled = await engine.send({
      path: "/v1/rounds/settle",
      body: Object.fromEntries(Object.entries(lost).reverse()),
    });
    expect(resettled.text).toBe(settled.text);
  });

  test("is refused where it says something else", async () => {
    const place = bodyOf(7);
    await engine.send({ path: "/v1/bets/place", body: place });
    const others: Body[] = [
      { stake: { amount: "10.01", currency: "EUR" } },
      { stake: { amount: "1000", currency: "JPY" } },
      { roundId: "another" },
      { gameId: engine.casino.games[1] },
      { playerId: engine.casino.players[8]?.publicId },
      { wallet: "cash" },
      { selection: [{ market: "straight", value: "18", stake: "10.00" }] },
    ];
    const before = (await engine.snapshot()).money;
    for (const fields of others) {
      const reply = await engine.send({ path: "/v1/bets/place", body: { ...place, ...fields } });
      expect({ status: reply.status, body: reply.body }).toMatchObject({
        status: 409,
        body: { code: "REQUEST_REUSED" },
      });
    }
    const asVoid = await engine.send({
      path: "/v1/bets/void",
      body: undoBody(place, { requestId: place["requestId"], reason: "misdeal" }),
    });
    expect(asVoid.body).toMatchObject({ code: "REQUEST_REUSED" });
    expect((await engine.snapshot()).money).toEqual(before);
    expect(await betsOf(8)).toBe(0);
  });

  test("under another sender's name is another request", async () => {
    const [first, second] = engine.casino.providerKeys;
    const requestId = randomUUID();
    const one = await engine.send({ path: "/v1/bets/place", token: first, body: bodyOf(8, { requestId }) });
    const two = await engine.send({
      path: "/v1/bets/place",
      token: second,
      body: bodyOf(8, { requestId, gameId: engine.casino.games[1] }),
    });
    expect([one.status, two.status]).toEqual([200, 200]);
    expect(await betsOf(8)).toBe(2);
  });
});

describe("one request id with two meanings at once", () => {
  test("is one bet: one of the two is taken and the other refused, on whichever engine they are", async () => {
    for (let round = 0; round < 20; round += 1) {
      const place = bodyOf(9);
      const other = { ...place, stake: { amount: "11.00", currency: "EUR" } };
      const replies = await Promise.all(
        [place, other, place, other].map((body, index) =>
          engine.api.send(engine.urls[index >> 1] ?? "", {
            path: "/v1/bets/place",
            body,
            token: engine.casino.operatorKey,
          }),
        ),
      );
      const taken = replies.filter(({ status }) => status === 200);
      expect(taken.length).toBe(2);
      expect(bodies(taken).size).toBe(1);
      for (const { status, body } of replies) {
        if (status !== 200) expect(body).toMatchObject({ code: "REQUEST_REUSED" });
      }
    }
    expect(await betsOf(9)).toBe(20);
  });

  test("for two players is one bet of one of them", async () => {
    const requestId = randomUUID();
    const replies = await Promise.all(
      [10, 11, 10, 11].map((player, index) =>
        engine.api.send(engine.urls[index % 2] ?? "", {
          path: "/v1/bets/place",
          body: bodyOf(player, { requestId, roundId: "shared" }),
          token: engine.casino.operatorKey,
        }),
      ),
    );
    expect(replies.filter(({ status }) => status === 200)).toHaveLength(2);
    expect((await betsOf(10)) + (await betsOf(11))).toBe(1);
  });
});
