import { describe, expect, test } from "vitest";
import type { MoneyFact, PlayerFacts, PlayMinute } from "./monitoring-facts.ts";
import type { RuleConditions } from "./monitoring-rule.ts";
import { scanFacts } from "./scan-facts.ts";

const day = 86_400_000;
const start = Date.UTC(2026, 0, 1);
const always = { fromMs: 0, toMs: Date.UTC(2030, 0, 1) };

function fact(atDays: number, kind: MoneyFact["kind"], amount: bigint, over: Partial<MoneyFact> = {}): MoneyFact {
  const atMs = start + atDays * day;
  return { id: `evt_${atDays}${kind}`, atMs, kind, currency: "EUR", amount, instrument: null, method: null, ...over };
}

function facts(money: MoneyFact[], over: Partial<PlayerFacts> = {}): PlayerFacts {
  return { playerId: 1n, country: "MT", money, play: [], shared: [], seenMs: [], ...over };
}

function scan(conditions: RuleConditions, of: PlayerFacts, quietDays = 30, spoken: number[] = []) {
  return scanFacts({ conditions, quietDays }, of, new Map(), always, spoken);
}

function minute(at: number, over: Partial<PlayMinute>): PlayMinute {
  const atMs = start + at * 60_000;
  return { atMs, currency: "EUR", bets: 0, staked: 0n, voided: 0, minimum: 0, opposite: 0, ...over };
}

describe("deposits that add up", () => {
  const accrued: RuleConditions = { kind: "ACCRUED_DEPOSITS", amount: "2000.00", currency: "EUR", days: 180 };

  test("speak with the deposit that reaches the threshold, and to the cent", () => {
    const below = facts([fact(0, "DEPOSIT", 100_000n), fact(10, "DEPOSIT", 99_999n)]);
    expect(scan(accrued, below)).toEqual([]);
    const at = facts([fact(0, "DEPOSIT", 100_000n), fact(10, "DEPOSIT", 100_000n), fact(11, "DEPOSIT", 1n)]);
    expect(scan(accrued, at)).toMatchObject([{ trigger: "evt_10DEPOSIT", measured: { deposited: "2000.00 EUR" } }]);
  });

  test("leave out what is older than the window", () => {
    expect(scan(accrued, facts([fact(0, "DEPOSIT", 150_000n), fact(180, "DEPOSIT", 100_000n)]))).toEqual([]);
    expect(scan(accrued, facts([fact(0, "DEPOSIT", 150_000n), fact(179, "DEPOSIT", 100_000n)]))).toHaveLength(1);
  });

  test("stay quiet for as long as the rule says after it spoke", () => {
    const many = facts([0, 10, 29, 30, 31].map((at) => fact(at, "DEPOSIT", 200_000n)));
    expect(scan(accrued, many, 30).map(({ trigger }) => trigger)).toEqual(["evt_0DEPOSIT", "evt_30DEPOSIT"]);
    expect(scan(accrued, many, 30, [start + 10 * day])).toEqual([]);
  });

  test("count other currencies at the rate of their day, and say so where there is none", () => {
    const pounds = facts([fact(0, "DEPOSIT", 180_000n, { currency: "GBP" })]);
    const rule = { conditions: accrued, quietDays: 1 };
    expect(scanFacts(rule, pounds, new Map(), always)).toEqual([]);
    const rates = new Map([
      ["2026-01-01:GBP", 1_150_000_000_000_000_000n],
      ["2026-01-01:EUR", 1_000_000_000_000_000_000n],
    ]);
    expect(scanFacts(rule, pounds, rates, always)).toMatchObject([{ measured: { deposited: "2070.00 EUR" } }]);
  });
});

test("net deposits are asked of the countries that the rule names alone, less what went back", () => {
  const uk: RuleConditions = { kind: "NET_DEPOSITS", amount: "150.00", currency: "GBP", days: 30, countries: ["GB"] };
  const gbp = { currency: "GBP" } as const;
  const money = [fact(0, "DEPOSIT", 20_000n, gbp), fact(1, "PAYOUT", 10_000n, gbp), fact(2, "DEPOSIT", 4_999n, gbp)];
  // The first deposit alone is above it; whoever looked away for a day finds the net below.
  expect(scan(uk, facts(money, { country: "GB" }))).toMatchObject([{ measured: { net: "200.00 GBP" } }]);
  expect(scan(uk, facts(money))).toEqual([]);
  const netBelow = scanFacts({ conditions: uk, quietDays: 1 }, facts(money, { country: "GB" }), new Map(), {
    fromMs: start + day,
    toMs: start + 3 * day,
  });
  expect(netBelow).toEqual([]);
});

test("money that goes as it came, without play between, is found when it is asked back", () => {
  const rapid: RuleConditions = {
    kind: "RAPID_IN_OUT",
    amount: "500.00",
    currency: "EUR",
    hours: 48,
    outPercent: 80,
    playedBelowPercent: 50,
  };
  const money = [fact(0, "DEPOSIT", 100_000n), fact(1, "PAYOUT", 80_000n)];
  expect(scan(rapid, facts(money))).toMatchObject([{ measured: { deposited: "1000.00 EUR", staked: "0.00 EUR" } }]);
  expect(scan(rapid, facts(money, { play: [minute(60, { bets: 9, staked: 50_000n })] }))).toEqual([]);
  const less = [fact(0, "DEPOSIT", 100_000n), fact(1, "PAYOUT", 79_999n)];
  expect(scan(rapid, facts(less))).toEqual([]);
});

test("deposits just below a threshold are counted, those on it and far below are not", () => {
  const rule: RuleConditions = {
    kind: "STRUCTURING",
    threshold: "2000.00",
    currency: "EUR",
    bandPercent: 10,
    count: 3,
    days: 7,
  };
  const near = [fact(0, "DEPOSIT", 199_999n), fact(1, "DEPOSIT", 180_000n), fact(2, "DEPOSIT", 190_000n)];
  expect(scan(rule, facts(near))).toMatchObject([{ trigger: "evt_2DEPOSIT", measured: { deposits: "3" } }]);
  expect(scan(rule, facts([near[0]!, near[1]!, fact(2, "DEPOSIT", 200_000n)]))).toEqual([]);
  expect(scan(rule, facts([near[0]!, near[1]!, fact(2, "DEPOSIT", 179_999n)]))).toEqual([]);
});

test("a payout to where no deposit came from is found; without any known source nothing is said", () => {
  const rule: RuleConditions = { kind: "METHOD_MISMATCH", amount: "100.00", currency: "EUR", days: 180 };
  const card = (id: string) => ({ instrument: id, method: "CARD" });
  const from = fact(0, "DEPOSIT", 50_000n, card("psp:a"));
  expect(scan(rule, facts([from, fact(1, "PAYOUT", 20_000n, card("psp:b"))]))).toHaveLength(1);
  expect(scan(rule, facts([from, fact(1, "PAYOUT", 20_000n, card("psp:a"))]))).toEqual([]);
  expect(scan(rule, facts([fact(1, "PAYOUT", 20_000n, card("psp:b"))]))).toEqual([]);
});

test("an account that slept and wakes with much money is found, a new one is not", () => {
  const rule: RuleConditions = {
    kind: "DORMANT_ACTIVE",
    dormantDays: 180,
    amount: "1000.00",
    currency: "EUR",
    days: 7,
  };
  const wakes = [fact(200, "DEPOSIT", 60_000n), fact(202, "DEPOSIT", 40_000n)];
  expect(scan(rule, facts(wakes, { seenMs: [start] }))).toMatchObject([{ measured: { rested: "200 days" } }]);
  expect(scan(rule, facts(wakes, { seenMs: [start, start + 21 * day] }))).toEqual([]);
  expect(scan(rule, facts(wakes))).toEqual([]);
});

test("play is judged over the window that ends with each minute", () => {
  const burst: RuleConditions = { kind: "BET_BURST", bets: 100, minutes: 2 };
  const play = [minute(0, { bets: 60 }), minute(1, { bets: 39 }), minute(2, { bets: 61 })];
  expect(scan(burst, facts([], { play }), 1)).toMatchObject([{ atMs: start + 120_000, measured: { bets: "100" } }]);
  const voids: RuleConditions = { kind: "MANY_VOIDS", voids: 5, sharePercent: 20, minutes: 60 };
  expect(scan(voids, facts([], { play: [minute(0, { bets: 25, voided: 5 })] }), 1)).toHaveLength(1);
  expect(scan(voids, facts([], { play: [minute(0, { bets: 26, voided: 5 })] }), 1)).toEqual([]);
  const farm: RuleConditions = { kind: "MINIMUM_BETS", bets: 100, sharePercent: 95, minutes: 60 };
  expect(scan(farm, facts([], { play: [minute(0, { bets: 100, minimum: 95 })] }), 1)).toHaveLength(1);
  expect(scan(farm, facts([], { play: [minute(0, { bets: 100, minimum: 94 })] }), 1)).toEqual([]);
});

test("sharing is judged by the widest of what is shared", () => {
  const rule: RuleConditions = { kind: "SHARED_DEVICE", accounts: 3 };
  const shared = [
    { key: "kd1", kind: "DEVICE" as const, players: [1n, 2n] },
    { key: "kd2", kind: "DEVICE" as const, players: [1n, 2n, 3n] },
    { key: "abc", kind: "INSTRUMENT" as const, players: [1n, 2n, 3n, 4n] },
  ];
  expect(scan(rule, facts([], { shared }))).toMatchObject([{ trigger: "device:kd2", measured: { accounts: "3" } }]);
  expect(scan({ ...rule, accounts: 4 }, facts([], { shared }))).toEqual([]);
});
