/** What no client should send. Each gets a clear 4xx, and the ledger is as it was. */
import { connect } from "node:net";
import { errors } from "@pitboss/domain/kernel/errors";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type Body, placeBody, settleBody, undoBody } from "../gaming/place-body.fixture.ts";
import type { Reply } from "../simulation/http-client.ts";
import { openTestEngine, type Snapshot, type TestEngine } from "./engine.fixture.ts";

let engine: TestEngine;
let before: Snapshot;
/** A bet that is held, and one that is settled. */
let held: Body;
let settled: Body;

beforeAll(async () => {
  engine = await openTestEngine();
  held = placeBody(engine.casino);
  settled = placeBody(engine.casino);
  for (const body of [held, settled]) {
    expect((await engine.send({ path: "/v1/bets/place", body })).status).toBe(200);
  }
  const lost = settleBody(settled);
  expect((await engine.send({ path: "/v1/rounds/settle", body: lost })).status).toBe(200);
});
afterAll(() => engine.close());

beforeEach(async () => {
  before = await engine.snapshot();
});
afterEach(async () => {
  expect(await engine.snapshot()).toEqual(before);
});

function expectProblem(reply: Reply, status: number, code: string): void {
  expect({ status: reply.status, body: reply.body }).toMatchObject({
    status,
    body: { type: `urn:pitboss:problem:${code}`, code, status, retry: false },
  });
  expect(reply.headers["content-type"]).toContain("application/problem+json");
  const { title, traceId } = reply.body as { title: string; traceId: string };
  expect(Object.values(errors).map(({ sentence }) => sentence as string)).toContain(title);
  expect(traceId).toMatch(/^tr_[0-9a-f]{32}$/);
}

const huge = `1${"0".repeat(30)}`;
const stake = (amount: unknown, currency: unknown = "EUR", more: Body = {}) => ({
  stake: { amount, currency, ...more },
});

describe("a bet is refused that has", () => {
  const cases: Record<string, readonly [fields: Body, status: number, code: string]> = {
    "a currency that there is not": [stake("10.00", "XXX"), 400, "CURRENCY_UNKNOWN"],
    "a currency in small letters": [stake("10.00", "eur"), 400, "CURRENCY_UNKNOWN"],
    "a currency named like a part of every object": [stake("10.00", "toString"), 400, "CURRENCY_UNKNOWN"],
    "no currency": [{ stake: { amount: "10.00" } }, 400, "REQUEST_INVALID"],
    "a currency that is a number": [stake("10.00", 978), 400, "REQUEST_INVALID"],
    "a negative stake": [stake("-10.00"), 400, "AMOUNT_INVALID"],
    "a stake of nothing": [stake("0.00"), 400, "AMOUNT_INVALID"],
    "more decimals than the currency": [stake("10.001"), 400, "AMOUNT_INVALID"],
    "decimals in a currency that has none": [stake("10.0", "JPY"), 400, "AMOUNT_INVALID"],
    "a stake of 10^30": [stake(huge), 400, "AMOUNT_INVALID"],
    "a stake above what 64 bits hold": [stake("92233720368547758.08"), 400, "AMOUNT_INVALID"],
    "a stake above any that is meant": [stake("10000000000000.01"), 400, "AMOUNT_INVALID"],
    "a stake with an exponent": [stake("1e3"), 400, "AMOUNT_INVALID"],
    "a stake called NaN": [stake("NaN"), 400, "AMOUNT_INVALID"],
    "a stake called Infinity": [stake("Infinity"), 400, "AMOUNT_INVALID"],
    "a stake in hexadecimal": [stake("0x10"), 400, "AMOUNT_INVALID"],
    "a stake with a comma": [stake("1,000.00"), 400, "AMOUNT_INVALID"],
    "a stake with a space before it": [stake(" 10.00"), 400, "AMOUNT_INVALID"],
    "a stake in other digits": [stake("１０.００"), 400, "AMOUNT_INVALID"],
    "a stake that is a number": [stake(10), 400, "REQUEST_INVALID"],
    "a stake that is a million digits": [stake("1".repeat(100_000)), 400, "REQUEST_INVALID"],
    "an empty stake": [stake(""), 400, "AMOUNT_INVALID"],
    "no stake": [{ stake: undefined }, 400, "REQUEST_INVALID"],
    "a stake with a field too many": [stake("10.00", "EUR", { cents: 1 }), 400, "REQUEST_INVALID"],
    "a field that the contract does not know": [{ bonus: true }, 400, "REQUEST_INVALID"],
    "a misspelt field": [{ walet: "cash" }, 400, "REQUEST_INVALID"],
    "a prototype in it": [JSON.parse('{"__proto__": {"admin": true}}') as Body, 400, "REQUEST_INVALID"],
    "a constructor in it": [{ constructor: { prototype: { admin: true } } }, 400, "REQUEST_INVALID"],
    "no request id": [{ requestId: undefined }, 400, "REQUEST_INVALID"],
    "an empty request id": [{ requestId: "" }, 400, "REQUEST_INVALID"],
    "a request id of 129 characters": [{ requestId: "r".repeat(129) }, 400, "REQUEST_INVALID"],
    "a request id with a space": [{ requestId: "a b" }, 400, "REQUEST_INVALID"],
    "a request id with a null byte": [{ requestId: "a\u0000b" }, 400, "REQUEST_INVALID"],
    "a request id with a line break": [{ requestId: "a\nb" }, 400, "REQUEST_INVALID"],
    "a request id that is a number": [{ requestId: 17 }, 400, "REQUEST_INVALID"],
    "a request id in letters that look like others": [{ requestId: "req-аbс" }, 400, "REQUEST_INVALID"],
    "a player that there is not": [{ playerId: "p_zzzz" }, 404, "PLAYER_NOT_FOUND"],
    "a player id of another kind": [{ playerId: "bet_1" }, 400, "ID_INVALID"],
    "a player id with a zero before it": [{ playerId: "p_01" }, 400, "ID_INVALID"],
    "a player id above all numbers": [{ playerId: "p_zzzzzzzzzzzzz" }, 400, "ID_INVALID"],
    "a player id with a null byte": [{ playerId: "p_1\u0000" }, 400, "ID_INVALID"],
    "a player id that is a list": [{ playerId: ["p_1"] }, 400, "REQUEST_INVALID"],
    "a game that there is not": [{ gameId: "no_such_game" }, 404, "GAME_NOT_FOUND"],
    "a game named like a part of every object": [{ gameId: "constructor" }, 404, "GAME_NOT_FOUND"],
    "no round": [{ roundId: undefined }, 400, "REQUEST_INVALID"],
    "a round with a null byte": [{ roundId: "R\u0000" }, 400, "REQUEST_INVALID"],
    "a wallet that there is not": [{ wallet: "credit" }, 400, "REQUEST_INVALID"],
    "a selection that is no list": [{ selection: "17" }, 400, "REQUEST_INVALID"],
    "a selection of 65 parts": [{ selection: Array(65).fill({ market: "m" }) }, 400, "REQUEST_INVALID"],
    "a selection with a field too many": [{ selection: [{ market: "m", odds: 2 }] }, 400, "REQUEST_INVALID"],
    "a market with a null byte": [{ selection: [{ market: "a\u0000b" }] }, 400, "REQUEST_INVALID"],
    "a market with half a character": [{ selection: [{ market: "a\ud800b" }] }, 400, "REQUEST_INVALID"],
    "a value with a null byte": [{ selection: [{ market: "m", value: "\u0000" }] }, 400, "REQUEST_INVALID"],
    "a device address that is none": [{ device: { ip: "999.1.1.1", ua: "x" } }, 400, "REQUEST_INVALID"],
    "a device address with a zone": [{ device: { ip: "fe80::1%eth0", ua: "x" } }, 400, "REQUEST_INVALID"],
    "a user agent with a null byte": [{ device: { ip: "203.0.113.7", ua: "a\u0000b" } }, 400, "REQUEST_INVALID"],
    "a user agent of 513 characters": [{ device: { ip: "203.0.113.7", ua: "x".repeat(513) } }, 400, "REQUEST_INVALID"],
  };

  test.each(Object.entries(cases))("%s", async (_what, [fields, status, code]) => {
    const body = placeBody(engine.casino, fields);
    expectProblem(await engine.send({ path: "/v1/bets/place", body }), status, code);
  });

  test.each(Object.entries(cases))("%s, also as one of many in a request", async (_what, [fields, , code]) => {
    const body = placeBody(engine.casino, fields);
    const reply = await engine.send({ path: "/v1/bets/place-bulk", body: { bets: [body, body] } });
    expect(reply.status).toBe(200);
    const { answers } = reply.body as { answers: Body[] };
    expect(answers.map((answer) => answer["code"])).toEqual([code, code]);
  });

  test("a body that is a list, a text, a number, null or empty", async () => {
    for (const body of ["[]", '"bet"', "1", "null", "{}"]) {
      expectProblem(await engine.send({ path: "/v1/bets/place", body }), 400, "REQUEST_INVALID");
    }
  });
});

describe("a settlement is refused that has", () => {
  const win = (amount: unknown, currency: unknown = "EUR") => ({ outcome: "WIN", payout: { amount, currency } });
  const cases: Record<string, readonly [result: Body, fields: Body, status: number, code: string]> = {
    "a win without its payout": [{ outcome: "WIN" }, {}, 400, "REQUEST_INVALID"],
    "a loss that pays": [{ outcome: "LOSE", payout: { amount: "1.00", currency: "EUR" } }, {}, 400, "REQUEST_INVALID"],
    "a negative payout": [win("-36.00"), {}, 400, "AMOUNT_INVALID"],
    "a payout of 10^30": [win(huge), {}, 400, "AMOUNT_INVALID"],
    "a payout with too many decimals": [win("36.001"), {}, 400, "AMOUNT_INVALID"],
    "a payout in a currency that there is not": [win("36.00", "XXX"), {}, 400, "CURRENCY_UNKNOWN"],
    "a payout and a stake in two currencies": [
      { ...win("36", "JPY"), stake: { amount: "1.00", currency: "EUR" } },
      {},
      400,
      "CURRENCY_MISMATCH",
    ],
    "an outcome that there is not": [{ outcome: "DRAW" }, {}, 400, "REQUEST_INVALID"],
    "a bet named twice over": [{ ...win("36.00"), betId: "bet_1" }, {}, 400, "REQUEST_INVALID"],
    "a bet without a name": [{ ...win("36.00"), placeRequestId: undefined }, {}, 400, "REQUEST_INVALID"],
    "a bet id of another kind": [{ ...win("36.00"), placeRequestId: undefined, betId: "p_1" }, {}, 400, "ID_INVALID"],
    "nothing to do": [{}, { bets: [], closed: false }, 400, "REQUEST_INVALID"],
    "101 bets": [{}, { bets: Array(101).fill({ betId: "bet_1", outcome: "LOSE" }) }, 400, "REQUEST_INVALID"],
    "a player that there is not": [{ outcome: "LOSE" }, { playerId: "p_zzzz" }, 404, "PLAYER_NOT_FOUND"],
    "a game that there is not": [{ outcome: "LOSE" }, { gameId: "no_such_game" }, 404, "GAME_NOT_FOUND"],
    "a field that the contract does not know": [{ outcome: "LOSE" }, { force: true }, 400, "REQUEST_INVALID"],
  };

  test.each(Object.entries(cases))("%s", async (_what, [result, fields, status, code]) => {
    const reply = await engine.send({ path: "/v1/rounds/settle", body: settleBody(held, result, fields) });
    expect(reply.status).toBe(status === 400 && code === "CURRENCY_MISMATCH" ? 422 : status);
    expectProblem(reply, reply.status, code);
  });
});

describe("a void, a rollback or a correction is refused that has", () => {
  const paths = ["/v1/bets/void", "/v1/bets/rollback", "/v1/bets/correct"];
  const more: Record<string, Body> = {
    "/v1/bets/void": { reason: "misdeal" },
    "/v1/bets/rollback": {},
    "/v1/bets/correct": { outcome: "LOSE", reason: "wrong number" },
  };
  const cases: Record<string, readonly [fields: Body, status: number, code: string]> = {
    "a bet named twice over": [{ betId: "bet_1" }, 400, "REQUEST_INVALID"],
    "a bet without a name": [{ placeRequestId: undefined }, 400, "REQUEST_INVALID"],
    "a bet id that is none": [{ placeRequestId: undefined, betId: "17" }, 400, "ID_INVALID"],
    "a player id that is none": [{ playerId: "17" }, 400, "ID_INVALID"],
    "a field that the contract does not know": [{ force: true }, 400, "REQUEST_INVALID"],
    "no request id": [{ requestId: undefined }, 400, "REQUEST_INVALID"],
  };

  test.each(paths.flatMap((path) => Object.entries(cases).map(([what, rest]) => [path, what, rest] as const)))(
    "%s: %s",
    async (path, _what, [fields, status, code]) => {
      expectProblem(await engine.send({ path, body: undoBody(held, { ...more[path], ...fields }) }), status, code);
    },
  );

  test.each(["/v1/bets/void", "/v1/bets/correct"])("%s: a reason that no database can hold", async (path) => {
    for (const reason of ["a\u0000b", "a\ud800b", "", "x".repeat(501)]) {
      const body = undoBody(settled, { ...more[path], reason });
      expectProblem(await engine.send({ path, body }), 400, "REQUEST_INVALID");
    }
  });

  test("/v1/bets/correct: a win without its payout, or one in a currency that there is not", async () => {
    const path = "/v1/bets/correct";
    const win = { ...more[path], outcome: "WIN" };
    expectProblem(await engine.send({ path, body: undoBody(settled, win) }), 400, "REQUEST_INVALID");
    const payout = { amount: "1.00", currency: "XXX" };
    expectProblem(await engine.send({ path, body: undoBody(settled, { ...win, payout }) }), 400, "CURRENCY_UNKNOWN");
  });
});

const routes = [
  "/v1/bets/place",
  "/bets/place",
  "/v1/bets/place-bulk",
  "/v1/rounds/settle",
  "/v1/bets/void",
  "/v1/bets/rollback",
  "/v1/bets/correct",
  "/v1/wallet/convert",
];

describe.each(routes)("%s", (path) => {
  const valid = (): string => JSON.stringify(placeBody(engine.casino));

  const bodies: readonly (readonly [what: string, body: () => string, status: number, code: string])[] = [
    ["is cut off", () => valid().slice(0, -20), 400, "BODY_MALFORMED"],
    ["is no JSON", () => "stake=10", 400, "BODY_MALFORMED"],
    ["is empty", () => "", 400, "BODY_MALFORMED"],
    ["has NaN in it", () => valid().replace('"10.00"', "NaN"), 400, "BODY_MALFORMED"],
    ["has Infinity in it", () => valid().replace('"10.00"', "-Infinity"), 400, "BODY_MALFORMED"],
    ["has a comma too many", () => valid().replace(/}$/, ",}"), 400, "BODY_MALFORMED"],
    ["has a bare null byte in it", () => valid().replace("10.00", "10\u0000.00"), 400, "BODY_MALFORMED"],
    ["has a number of 400 digits", () => `{"requestId":${"9".repeat(400)}}`, 400, "REQUEST_INVALID"],
    ["is 100,000 lists deep", () => "[".repeat(100_000) + "]".repeat(100_000), 400, "REQUEST_INVALID"],
    ["is 20,000 objects deep", () => '{"a":'.repeat(20_000) + "1" + "}".repeat(20_000), 400, "REQUEST_INVALID"],
    ["is 1 MB", () => JSON.stringify({ filler: "x".repeat(1_048_576) }), 413, "BODY_TOO_LARGE"],
  ];
  test.each(bodies)("refuses a body that %s", async (_what, body, status, code) => {
    expectProblem(await engine.send({ path, body: body() }), status, code);
  });

  test("refuses a body that is called something else than JSON", async () => {
    for (const type of [
      "text/plain",
      "application/xml",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "json",
    ]) {
      const reply = await engine.send({ path, body: valid(), headers: { "content-type": type } });
      expectProblem(reply, 415, "MEDIA_TYPE_UNSUPPORTED");
    }
  });

  test("refuses who has no token, a token of another form, and one that nobody gave out", async () => {
    expectProblem(await engine.send({ path, body: valid(), token: undefined }), 401, "TOKEN_MISSING");
    for (const token of ["short", `pt_${"x".repeat(300)}`, "pt_umlaut-äöü-äöü-äöü", "'; DROP TABLE bets --"]) {
      const headers = { authorization: `Bearer ${Buffer.from(token, "utf8").toString("latin1")}` };
      expectProblem(await engine.send({ path, body: valid(), token: undefined, headers }), 401, "TOKEN_INVALID");
    }
    expectProblem(await engine.send({ path, body: valid(), token: `mk_${"A".repeat(43)}` }), 401, "TOKEN_INVALID");
    const basic = { authorization: "Basic cGl0Ym9zczpwaXRib3Nz" };
    expectProblem(await engine.send({ path, body: valid(), token: undefined, headers: basic }), 401, "TOKEN_INVALID");
  });

  test("refuses a header that decides what is meant and comes twice", async () => {
    for (const name of ["authorization", "content-type", "traceparent"]) {
      const reply = await sendRaw(path, [`${name}: one`, `${name}: two`], valid());
      expect(reply.status, name).toBe(400);
      expect(reply.body).toMatchObject({ code: "HEADER_INVALID" });
    }
  });

  test("refuses two lengths of one body", async () => {
    const reply = await sendRaw(path, ["content-length: 5", "content-length: 6"], undefined);
    expect(reply.status).toBe(400);
    expect(reply.body).toMatchObject({
      status: 400,
      code: expect.stringMatching(/^(HEADER_INVALID|REQUEST_INVALID)$/) as string,
    });
  });

  test("answers a body that ends before its length, and a line that is no HTTP, with a problem", async () => {
    const short = await sendRaw(path, [`content-length: ${valid().length + 100}`], valid(), true);
    expect(short.status).toBe(400);
    expect(short.head).toContain("application/problem+json");
    const garbage = await sendBytes("BET 17 RED\r\n\r\n");
    expect(garbage.status).toBe(400);
    expect(garbage.head).toContain("application/problem+json");
  });
});

test("an address that there is not, or not for this method, is a 404", async () => {
  expectProblem(await engine.send({ path: "/v1/bets/steal", body: {} }), 404, "ROUTE_NOT_FOUND");
  expectProblem(await engine.send({ method: "DELETE", path: "/v1/bets/place" }), 404, "ROUTE_NOT_FOUND");
  expectProblem(await engine.send({ method: "GET", path: "/v1/bets/%zz" }), 404, "ROUTE_NOT_FOUND");
  expectProblem(await engine.send({ method: "GET", path: `/v1/bets/${"b".repeat(5_000)}` }), 404, "ROUTE_NOT_FOUND");
});

test("headers that are longer than any are refused as a problem", async () => {
  const reply = await sendRaw("/v1/bets/place", [`x-filler: ${"x".repeat(40_000)}`], "{}");
  expect(reply.status).toBe(431);
  expect(reply.head).toContain("application/problem+json");
});

describe("reading", () => {
  test.each([
    ["/v1/bets/17", 400, "ID_INVALID"],
    ["/v1/bets/bet_zzzz", 404, "BET_NOT_FOUND"],
    ["/v1/bets/bet_%00", 400, "ID_INVALID"],
    ["/v1/wallet", 400, "REQUEST_INVALID"],
    ["/v1/wallet?playerId=17", 400, "ID_INVALID"],
    ["/v1/wallet?playerId=p_zzzz", 404, "PLAYER_NOT_FOUND"],
    ["/v1/wallet?playerId=p_1&at=yesterday", 400, "REQUEST_INVALID"],
    ["/v1/wallet?playerId=p_1&at=2026-02-30T00:00:00Z", 400, "REQUEST_INVALID"],
    ["/v1/wallet?playerId=p_1&playerId=p_2", 400, "REQUEST_INVALID"],
    ["/v1/wallet/transactions?playerId=p_1&limit=0", 400, "REQUEST_INVALID"],
    ["/v1/wallet/transactions?playerId=p_1&limit=1e9", 400, "REQUEST_INVALID"],
    ["/v1/wallet/transactions?playerId=p_1&cursor=17", 400, "CURSOR_INVALID"],
    ["/v1/wallet/transactions?playerId=p_1&currency=XXX", 400, "CURRENCY_UNKNOWN"],
    ["/v1/wallet/transactions?playerId=p_zzzz", 404, "PLAYER_NOT_FOUND"],
  ])("%s is refused", async (path, status, code) => {
    const reply = await engine.send({ method: "GET", path });
    expect({ status: reply.status, body: reply.body }).toMatchObject({ status, body: { code, status } });
  });
});

test("balances can be asked for at the end of time, and before its beginning", async () => {
  const playerId = engine.casino.players[0]?.publicId ?? "";
  const at = async (instant: string) => {
    const reply = await engine.send({ method: "GET", path: `/v1/wallet?playerId=${playerId}&at=${instant}` });
    return { status: reply.status, wallets: (reply.body as { wallets: { available: string }[] }).wallets };
  };
  expect(await at("9999-12-31T23:59:59.999Z")).toMatchObject({ status: 200, wallets: [{ available: "980.00" }] });
  expect(await at("0001-01-01T00:00:00Z")).toMatchObject({ status: 200, wallets: [{ available: "0.00" }] });
});

interface RawReply {
  readonly status: number;
  readonly head: string;
  readonly body: unknown;
}

function sendRaw(
  path: string,
  headers: readonly string[],
  body: string | undefined,
  hangUp = false,
): Promise<RawReply> {
  const named = (name: string) => headers.some((header) => header.startsWith(`${name}:`));
  const lines = [
    `POST ${path} HTTP/1.1`,
    "host: localhost",
    ...(named("authorization") ? [] : [`authorization: Bearer ${engine.casino.operatorKey}`]),
    ...(named("content-type") ? [] : ["content-type: application/json"]),
    ...(named("content-length") || body === undefined ? [] : [`content-length: ${Buffer.byteLength(body)}`]),
    "connection: close",
    ...headers,
  ];
  return sendBytes(`${lines.join("\r\n")}\r\n\r\n${body ?? "12345"}`, hangUp);
}

/** Writes bytes to the engine's port; with `hangUp` our side of the connection ends behind them. */
function sendBytes(bytes: string, hangUp = false): Promise<RawReply> {
  const { hostname, port } = new URL(engine.urls[0] ?? "");
  return new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    let text = "";
    socket.setTimeout(10_000, () => socket.destroy(new Error(`no answer: ${text}`)));
    socket.on("error", reject);
    socket.on("data", (part) => (text += part.toString("utf8")));
    socket.on("end", () => {
      socket.end();
      const [head = "", body = ""] = text.split("\r\n\r\n");
      resolve({
        status: Number(head.split(" ")[1]),
        head,
        body: body === "" ? undefined : (JSON.parse(body) as unknown),
      });
    });
    if (hangUp) socket.end(bytes);
    else socket.write(bytes);
  });
}
