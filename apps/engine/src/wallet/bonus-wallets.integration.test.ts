/** Bonus money through the door: how it funds bets, how winnings return to it, and how it ends. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { FundingPolicy } from "@pitboss/domain/wallet/ledger-codes";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import { findLedgerFaults } from "../testing/check-ledger.ts";
import {
  type Answer,
  type Casino,
  liveGame,
  minor,
  numberOf,
  startCasino,
  type TestPlayer,
} from "../testing/start-casino.ts";

let casino: Casino;
let requests = 0;

beforeAll(async () => {
  casino = await startCasino();
});
afterAll(async () => {
  await casino.close();
});
afterEach(async () => {
  expect(await findLedgerFaults(casino.db)).toEqual([]);
});

function grant(player: TestPlayer, amount: string, fundingPolicy: FundingPolicy, name = "welcome"): MoneyMove {
  return {
    type: "BONUS_GRANT",
    playerId: numberOf(player.playerId),
    currency: "EUR",
    amount: minor(amount, "EUR"),
    grant: name,
    fundingPolicy,
  };
}

function end(player: TestPlayer, type: "BONUS_CONVERT" | "BONUS_FORFEIT", amount: string, cap?: string): MoneyMove {
  return {
    type,
    playerId: numberOf(player.playerId),
    currency: "EUR",
    amount: minor(amount, "EUR"),
    grant: "welcome",
    ...(cap === undefined ? {} : { cap: minor(cap, "EUR") }),
  };
}

/** A player with 60.00 in cash and a bonus of 30.00. */
async function openBonusPlayer(policy: FundingPolicy): Promise<TestPlayer> {
  const player = await casino.openPlayer({ EUR: "60.00" });
  await casino.move(grant(player, "30.00", policy));
  return player;
}

/** `available/held` of each wallet, by the name of its grant. */
async function wallets(player: TestPlayer): Promise<Record<string, string>> {
  const { body } = await casino.call("GET", "/v1/wallet", { token: player.token });
  const list = body["wallets"] as { kind: string; grant: string | null; available: string; held: string }[];
  return Object.fromEntries(list.map(({ grant: name, available, held }) => [name ?? "cash", `${available}/${held}`]));
}

function send(path: string, player: TestPlayer, body: object): Promise<Answer> {
  requests += 1;
  const common = { requestId: `bonus-${requests}`, playerId: player.playerId };
  return casino.call("POST", path, { token: casino.operatorKey, body: { ...common, ...body } });
}

function place(player: TestPlayer, amount: string, more: object = {}): Promise<Answer> {
  const round = { roundId: `round-${player.playerId}`, gameId: liveGame };
  return send("/v1/bets/place", player, { ...round, stake: { amount, currency: "EUR" }, ...more });
}

function settle(
  player: TestPlayer,
  betId: unknown,
  outcome: string,
  payout?: string,
  more: object = {},
): Promise<Answer> {
  const paid = payout === undefined ? {} : { payout: { amount: payout, currency: "EUR" } };
  return send("/v1/rounds/settle", player, {
    roundId: `round-${player.playerId}`,
    gameId: liveGame,
    closed: false,
    bets: [{ betId, outcome, ...paid, ...more }],
  });
}

async function fundingOf(betId: unknown): Promise<unknown> {
  return (await casino.call("GET", `/v1/bets/${String(betId)}`, { token: casino.operatorKey })).body["funding"];
}

describe("a stake is funded", () => {
  test.each([
    ["CASH_FIRST", "45.00", { cash: "45.00", bonus: "0.00" }],
    ["CASH_FIRST", "75.00", { cash: "60.00", bonus: "15.00" }],
    ["BONUS_FIRST", "20.00", { cash: "0.00", bonus: "20.00" }],
    ["BONUS_FIRST", "45.00", { cash: "15.00", bonus: "30.00" }],
    ["PRO_RATA", "45.00", { cash: "30.00", bonus: "15.00" }],
    ["PRO_RATA", "0.10", { cash: "0.07", bonus: "0.03" }],
    ["PRO_RATA", "90.00", { cash: "60.00", bonus: "30.00" }],
  ] as const)("by the grant's policy: %s, a stake of %s", async (policy, stake, funding) => {
    const player = await openBonusPlayer(policy);
    const placed = await place(player, stake);
    expect(placed.body).toMatchObject({
      status: "ACCEPTED",
      hold: stake,
      balanceAfter: (90 - Number(stake)).toFixed(2),
    });
    expect(await fundingOf(placed.body["betId"])).toEqual(funding);
    const left = (whole: number, part: string): string => `${(whole - Number(part)).toFixed(2)}/${part}`;
    expect(await wallets(player)).toEqual({ cash: left(60, funding.cash), welcome: left(30, funding.bonus) });
  });

  test("by nothing else than what covers it: more than both purses is refused", async () => {
    const player = await openBonusPlayer("PRO_RATA");
    const refused = await place(player, "90.01");
    expect(refused.body).toMatchObject({ code: "FUNDS_INSUFFICIENT", data: { available: "90.00", purse: "policy" } });
    expect(await wallets(player)).toEqual({ cash: "60.00/0.00", welcome: "30.00/0.00" });
  });

  test("from the purse that was asked for, and from no other", async () => {
    const player = await openBonusPlayer("PRO_RATA");
    const fromCash = await place(player, "50.00", { wallet: "cash" });
    expect(await fundingOf(fromCash.body["betId"])).toEqual({ cash: "50.00", bonus: "0.00" });
    const fromBonus = await place(player, "25.00", { wallet: "bonus" });
    expect(await fundingOf(fromBonus.body["betId"])).toEqual({ cash: "0.00", bonus: "25.00" });
    expect(await wallets(player)).toEqual({ cash: "10.00/50.00", welcome: "5.00/25.00" });
    const short = {
      cash: await place(player, "12.00", { wallet: "cash" }),
      bonus: await place(player, "6.00", { wallet: "bonus" }),
    };
    expect(short.cash.body).toMatchObject({ code: "FUNDS_INSUFFICIENT", data: { available: "10.00", purse: "cash" } });
    expect(short.bonus.body).toMatchObject({ code: "FUNDS_INSUFFICIENT", data: { available: "5.00", purse: "bonus" } });
  });

  test("by the oldest grant that still has something, and one grant at a time", async () => {
    const player = await openBonusPlayer("BONUS_FIRST");
    await casino.move(grant(player, "10.00", "BONUS_FIRST", "second"));
    // 30.00 of the first grant; what is missing comes from cash, not from the second.
    await place(player, "40.00");
    expect(await wallets(player)).toEqual({ cash: "50.00/10.00", welcome: "0.00/30.00", second: "10.00/0.00" });
    await place(player, "10.00");
    expect(await wallets(player)).toEqual({ cash: "50.00/10.00", welcome: "0.00/30.00", second: "0.00/10.00" });
  });
});

describe("winnings return in the ratio of the stake", () => {
  test("to the last cent", async () => {
    const player = await openBonusPlayer("PRO_RATA");
    const { body } = await place(player, "45.00");
    const settled = await settle(player, body["betId"], "WIN", "100.00");
    expect(settled.body["balances"]).toEqual({ EUR: "145.00" });
    // 100.00 over 30:15 is 66.666… and 33.333…: the cent left over goes to the larger remainder.
    expect(await wallets(player)).toEqual({ cash: "96.67/0.00", welcome: "48.33/0.00" });
  });

  test("wholly to the bonus where only it paid", async () => {
    const player = await openBonusPlayer("CASH_FIRST");
    const { body } = await place(player, "30.00", { wallet: "bonus" });
    await settle(player, body["betId"], "WIN", "75.50");
    expect(await wallets(player)).toEqual({ cash: "60.00/0.00", welcome: "75.50/0.00" });
  });

  test("also when a stake is settled in parts, and when a settlement is corrected", async () => {
    const player = await openBonusPlayer("PRO_RATA");
    const { body } = await place(player, "45.00");
    const part = { stake: { amount: "15.00", currency: "EUR" } };
    await settle(player, body["betId"], "WIN", "30.00", part);
    expect(await wallets(player)).toEqual({ cash: "50.00/20.00", welcome: "25.00/10.00" });
    await settle(player, body["betId"], "LOSE");
    expect(await wallets(player)).toEqual({ cash: "50.00/0.00", welcome: "25.00/0.00" });
    const payout = { payout: { amount: "90.00", currency: "EUR" }, reason: "the second part had won" };
    await send("/v1/bets/correct", player, { betId: body["betId"], outcome: "WIN", ...payout });
    expect(await wallets(player)).toEqual({ cash: "90.00/0.00", welcome: "45.00/0.00" });
  });

  test("and a bet that lost leaves its parts with the house", async () => {
    const player = await openBonusPlayer("PRO_RATA");
    const { body } = await place(player, "45.00");
    await settle(player, body["betId"], "LOSE");
    expect(await wallets(player)).toEqual({ cash: "30.00/0.00", welcome: "15.00/0.00" });
  });
});

describe("a stake goes back to where it came from", () => {
  const ways: Record<string, (player: TestPlayer, betId: unknown) => Promise<Answer>> = {
    "when its bet is void": (player, betId) => send("/v1/bets/void", player, { betId, reason: "exposed cards" }),
    "when its bet is rolled back": (player, betId) => send("/v1/bets/rollback", player, { betId }),
    "when its bet pushes": (player, betId) => settle(player, betId, "PUSH"),
  };
  test.each(Object.entries(ways))("%s", async (_name, giveBack) => {
    const player = await openBonusPlayer("PRO_RATA");
    const { body } = await place(player, "45.00");
    expect(await wallets(player)).toEqual({ cash: "30.00/30.00", welcome: "15.00/15.00" });
    expect((await giveBack(player, body["betId"])).status).toBe(200);
    expect(await wallets(player)).toEqual({ cash: "60.00/0.00", welcome: "30.00/0.00" });
  });
});

describe("a bonus ends", () => {
  test("in cash, up to its cap; what lies above goes back to the house", async () => {
    const player = await openBonusPlayer("CASH_FIRST");
    await casino.move(end(player, "BONUS_CONVERT", "30.00", "20.00"));
    expect(await wallets(player)).toEqual({ cash: "80.00/0.00", welcome: "0.00/0.00" });
    const { body } = await casino.call("GET", "/v1/wallet/transactions", { token: player.token });
    expect((body["transactions"] as object[]).slice(0, 3)).toMatchObject([
      { type: "BONUS_CONVERT", wallet: "CASH", available: "20.00" },
      { type: "BONUS_CONVERT", wallet: "BONUS", available: "-30.00" },
      { type: "BONUS_GRANT", wallet: "BONUS", available: "30.00" },
    ]);
  });

  test("in cash whole where there is no cap, or a cap that it does not reach", async () => {
    const player = await openBonusPlayer("CASH_FIRST");
    await casino.move(end(player, "BONUS_CONVERT", "10.00"), end(player, "BONUS_CONVERT", "20.00", "20.00"));
    expect(await wallets(player)).toEqual({ cash: "90.00/0.00", welcome: "0.00/0.00" });
  });

  test("forfeited, and then no longer funds a bet", async () => {
    const player = await openBonusPlayer("BONUS_FIRST");
    await casino.move(end(player, "BONUS_FORFEIT", "30.00"));
    const { body } = await place(player, "45.00");
    expect(await fundingOf(body["betId"])).toEqual({ cash: "45.00", bonus: "0.00" });
    expect((await place(player, "1.00", { wallet: "bonus" })).body["code"]).toBe("FUNDS_INSUFFICIENT");
  });

  test("never with more than it has: not what a bet holds, not what was never granted", async () => {
    const player = await openBonusPlayer("BONUS_FIRST");
    await place(player, "12.00");
    await expect(casino.move(end(player, "BONUS_FORFEIT", "18.01"))).rejects.toThrow("FUNDS_INSUFFICIENT");
    await expect(casino.move({ ...end(player, "BONUS_CONVERT", "0.01"), grant: "never" } as MoneyMove)).rejects.toThrow(
      "FUNDS_INSUFFICIENT",
    );
    await casino.move(end(player, "BONUS_FORFEIT", "18.00"));
    expect(await wallets(player)).toEqual({ cash: "60.00/0.00", welcome: "0.00/12.00" });
  });
});
