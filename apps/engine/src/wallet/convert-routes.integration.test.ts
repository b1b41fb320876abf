import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { findLedgerFaults } from "../testing/check-ledger.ts";
import { type Answer, type Casino, liveGame, startCasino, type TestPlayer } from "../testing/start-casino.ts";

let casino: Casino;
let folder: string;
let ratesFile: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "pitboss-rates-"));
  ratesFile = join(folder, "rates.json");
  await writeRates({ USD: "1.25", JPY: "160.5", KWD: "0.3" });
  casino = await startCasino({ RATES_FILE: ratesFile });
});
afterAll(async () => {
  await casino.close();
  await rm(folder, { recursive: true });
});

async function writeRates(rates: Record<string, string>, asOf = "2025-03-03T00:00:00.000Z"): Promise<void> {
  await writeFile(ratesFile, JSON.stringify({ source: "test rates", asOf, base: "EUR", rates }));
}

let requests = 0;
function convert(player: TestPlayer, body: Record<string, unknown>, token = player.token): Promise<Answer> {
  requests += 1;
  const requestId = `convert-${requests}`;
  return casino.call("POST", "/v1/wallet/convert", { token, body: { requestId, playerId: player.playerId, ...body } });
}

async function balances(player: TestPlayer): Promise<Record<string, unknown>> {
  const { body } = await casino.call("GET", "/v1/wallet", { token: player.token });
  const wallets = body["wallets"] as { currency: string; available: string }[];
  return Object.fromEntries(wallets.map(({ currency, available }) => [currency, available]));
}

/** All rows of the newest conversion: what went into which account, in minor units. */
async function newestConversion(): Promise<{ details: unknown; postings: unknown[] }> {
  const { rows } = await casino.db.execute<{ id: string; details: unknown }>(
    sql`SELECT id, details FROM transactions WHERE type = 20 ORDER BY id DESC LIMIT 1`,
  );
  const postings = await casino.db.execute(sql`
    SELECT w.kind, p.currency, p.available::int FROM postings p JOIN wallets w ON w.id = p.wallet_id
     WHERE transaction_id = ${rows[0]?.id ?? 0} ORDER BY p.currency, w.kind`);
  return { details: rows[0]?.details, postings: postings.rows };
}

describe("a conversion", () => {
  test("takes one currency and gives the other, in a wallet that is new", async () => {
    const player = await casino.openPlayer({ EUR: "100.00" });
    const answer = await convert(player, { from: { amount: "10.00", currency: "EUR" }, to: "USD" });
    expect(answer.status).toBe(200);
    expect(answer.body).toMatchObject({
      status: "CONVERTED",
      from: { amount: "10.00", currency: "EUR" },
      to: { amount: "12.50", currency: "USD" },
      rate: "1.25",
      source: "test rates",
      asOf: "2025-03-03T00:00:00.000Z",
      balances: { EUR: "90.00", USD: "12.50" },
    });
    expect(await balances(player)).toEqual({ EUR: "90.00", USD: "12.50" });
  });

  test("posts the unit that rounding gave to an account of its own, and stores the rate", async () => {
    const player = await casino.openPlayer({ JPY: "1000" });
    // 3 JPY are 3/160.5 = 0.01869… EUR: rounded to 0.02, cut off 0.01.
    await convert(player, { from: { amount: "3", currency: "JPY" }, to: "EUR" });
    expect(await balances(player)).toEqual({ JPY: "997", EUR: "0.02" });
    const { details, postings } = await newestConversion();
    expect(details).toEqual({
      rate: "0.00623052959502",
      source: "test rates",
      asOf: "2025-03-03T00:00:00.000Z",
      to: "EUR",
    });
    expect(postings).toEqual([
      { kind: 1, currency: 392, available: -3 },
      { kind: 16, currency: 392, available: 3 },
      { kind: 1, currency: 978, available: 2 },
      { kind: 16, currency: 978, available: -1 },
      { kind: 17, currency: 978, available: -1 },
    ]);
    expect(await findLedgerFaults(casino.db)).toEqual([]);
  });

  test("is refused where less comes out than was expected, and says at what rate", async () => {
    const player = await casino.openPlayer({ EUR: "10.00" });
    const from = { amount: "10.00", currency: "EUR" };
    const short = await convert(player, { from, to: "USD", expected: "12.51" });
    expect(short.status).toBe(422);
    expect(short.body).toMatchObject({ code: "RATE_BELOW_EXPECTED", data: { converted: "12.50", expected: "12.51" } });
    expect(await balances(player)).toEqual({ EUR: "10.00" });
    expect((await convert(player, { from, to: "USD", expected: "12.50" })).status).toBe(200);
  });

  test("of more than there is, of nothing, or to nothing is refused and changes nothing", async () => {
    const player = await casino.openPlayer({ EUR: "10.00", JPY: "5" });
    const codes = async (amount: string, currency: string, to: string): Promise<unknown> =>
      (await convert(player, { from: { amount, currency }, to })).body["code"];
    expect(await codes("10.01", "EUR", "USD")).toBe("FUNDS_INSUFFICIENT");
    expect(await codes("0.00", "EUR", "USD")).toBe("AMOUNT_INVALID");
    expect(await codes("-1.00", "EUR", "USD")).toBe("AMOUNT_INVALID");
    expect(await codes("1.001", "EUR", "USD")).toBe("AMOUNT_INVALID");
    expect(await codes("1.00", "EUR", "EUR")).toBe("REQUEST_INVALID");
    expect(await codes("1.00", "EUR", "XXX")).toBe("CURRENCY_UNKNOWN");
    expect(await codes("1.00", "EUR", "GBP")).toBe("RATE_NOT_FOUND");
    // Half a cent is rounded to the even unit, which is nothing.
    await writeRates({ JPY: "200" }, "2025-03-03T06:00:00.000Z");
    await casino.restart({ RATES_FILE: ratesFile });
    expect(await codes("1", "JPY", "EUR")).toBe("AMOUNT_INVALID");
    expect(await balances(player)).toEqual({ EUR: "10.00", JPY: "5" });
    await writeRates({ USD: "1.25", JPY: "160.5", KWD: "0.3" });
    await casino.restart({ RATES_FILE: ratesFile });
  });

  test("holds of open bets are not converted", async () => {
    const player = await casino.openPlayer({ EUR: "10.00" });
    const stake = { amount: "6.00", currency: "EUR" };
    const bet = { requestId: "hold-1", playerId: player.playerId, roundId: "r-1", gameId: liveGame, stake };
    expect((await casino.call("POST", "/v1/bets/place", { token: player.token, body: bet })).status).toBe(200);
    const all = await convert(player, { from: { amount: "10.00", currency: "EUR" }, to: "USD" });
    expect(all.body).toMatchObject({ code: "FUNDS_INSUFFICIENT", data: { available: "4.00", held: "6.00" } });
    expect((await convert(player, { from: { amount: "4.00", currency: "EUR" }, to: "USD" })).status).toBe(200);
    expect(await findLedgerFaults(casino.db)).toEqual([]);
  });
});

describe("a repeat", () => {
  test("gets its first answer at its first rate, though the rate has changed", async () => {
    const player = await casino.openPlayer({ EUR: "100.00" });
    const request = { requestId: "same-1", from: { amount: "10.00", currency: "EUR" }, to: "USD", expected: "12.50" };
    const first = await convert(player, request);
    await writeRates({ USD: "1.10" }, "2025-03-04T00:00:00.000Z");
    await casino.restart({ RATES_FILE: ratesFile });
    const again = await convert(player, request);
    expect(first.body["rate"]).toBe("1.25");
    expect(again.body).toEqual(first.body);
    expect(again.headers.get("idempotent-replay")).toBe("true");
    // A new request meets the new rate, with which the same expectation fails, for ever.
    const other = { ...request, requestId: "same-2" };
    const refused = await convert(player, other);
    expect(refused.body).toMatchObject({ code: "RATE_BELOW_EXPECTED", data: { rate: "1.1" } });
    await writeRates({ USD: "1.25", JPY: "160.5", KWD: "0.3" }, "2025-03-05T00:00:00.000Z");
    await casino.restart({ RATES_FILE: ratesFile });
    expect((await convert(player, other)).body).toEqual(refused.body);
    expect(await balances(player)).toEqual({ EUR: "90.00", USD: "12.50" });
  });

  test("with another body is an error, and many at once are one conversion", async () => {
    const player = await casino.openPlayer({ EUR: "100.00" });
    const request = { requestId: "many-1", from: { amount: "10.00", currency: "EUR" }, to: "USD" };
    const answers = await Promise.all(Array.from({ length: 50 }, () => convert(player, request)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await balances(player)).toEqual({ EUR: "90.00", USD: "12.50" });
    const changed = await convert(player, { ...request, to: "JPY" });
    expect(changed.status).toBe(409);
    expect(changed.body["code"]).toBe("REQUEST_REUSED");
  });
});

describe("who may convert", () => {
  test("the player, and a machine of the house, and nobody else", async () => {
    const [player, other] = [await casino.openPlayer({ EUR: "10.00" }), await casino.openPlayer()];
    const session = await casino.call("POST", "/v1/game-sessions", {
      token: player.token,
      body: { playerId: player.playerId, gameId: liveGame, currency: "EUR" },
    });
    const body = { from: { amount: "1.00", currency: "EUR" }, to: "USD" };
    const statuses = [];
    for (const token of [
      player.token,
      casino.operatorKey,
      other.token,
      casino.providerKey,
      String(session.body["token"]),
    ]) {
      statuses.push((await convert(player, body, token)).status);
    }
    expect(statuses).toEqual([200, 200, 403, 403, 403]);
  });
});

describe("rates", () => {
  test("are shown with their source and time, and quoted for an amount", async () => {
    const rates = await casino.call("GET", "/v1/rates");
    expect(rates.body).toEqual({
      source: "test rates",
      asOf: "2025-03-05T00:00:00.000Z",
      base: "EUR",
      rates: { USD: "1.25", JPY: "160.5", KWD: "0.3" },
      usable: true,
      usableUntil: null,
    });
    const quote = await casino.call("GET", "/v1/rates/quote?amount=10.00&from=USD&to=KWD");
    expect(quote.body).toMatchObject({ to: { amount: "2.400", currency: "KWD" }, rate: "0.24" });
    expect((await casino.call("GET", "/v1/rates/quote?amount=10.00&from=USD&to=GBP")).status).toBe(404);
    expect((await casino.call("GET", "/v1/rates/quote?amount=1e3&from=USD&to=EUR")).status).toBe(400);
  });
});
