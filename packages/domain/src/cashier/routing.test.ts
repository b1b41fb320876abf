import { expect, test } from "vitest";
import { chooseRoute, type PspStanding, type RouteFacts, type RoutingRule } from "./routing.ts";

const facts: RouteFacts = { country: "MT", currency: "EUR", amount: 5_000n };
const base: RoutingRule = {
  name: "base",
  priority: 100,
  method: "CARD",
  country: null,
  currency: null,
  minAmount: null,
  maxAmount: null,
  psps: ["b", "a"],
};
const good = (code: string): PspStanding => ({ code, paused: false, mayTry: true, hasToken: true });
const all = [good("a"), good("b"), good("c")];

test("without a rule that fits the house's own order holds", () => {
  expect(chooseRoute([], facts, all)).toEqual({ rule: null, psps: ["a", "b", "c"], leftOut: [] });
  expect(chooseRoute([{ ...base, country: "DE" }], facts, all).rule).toBeNull();
});

test.each<[string, Partial<RoutingRule>, boolean]>([
  ["country", { country: "MT" }, true],
  ["another country", { country: "DE" }, false],
  ["currency", { currency: "EUR" }, true],
  ["another currency", { currency: "USD" }, false],
  ["the smallest amount itself", { currency: "EUR", minAmount: 5_000n }, true],
  ["an amount below", { currency: "EUR", minAmount: 5_001n }, false],
  ["the largest amount itself", { currency: "EUR", maxAmount: 5_000n }, true],
  ["an amount above", { currency: "EUR", maxAmount: 4_999n }, false],
])("a rule is held against %s", (_what, change, matches) => {
  expect(chooseRoute([{ ...base, ...change }], facts, all).rule).toBe(matches ? "base" : null);
});

test("the lower priority decides, and of equals the more particular rule", () => {
  const narrow = { ...base, name: "narrow", country: "MT", psps: ["c"] };
  const first = { ...base, name: "first", priority: 1, psps: ["a"] };
  expect(chooseRoute([base, narrow], facts, all)).toMatchObject({ rule: "narrow", psps: ["c"] });
  expect(chooseRoute([base, narrow, first], facts, all)).toMatchObject({ rule: "first", psps: ["a"] });
});

test("a rule without providers is retired", () => {
  expect(chooseRoute([{ ...base, psps: [] }], facts, all).rule).toBeNull();
});

test("who is paused, broken, without a token or unknown is left out, and it is said why", () => {
  const standings = [
    { ...good("a"), paused: true },
    { ...good("b"), mayTry: false },
    { ...good("c"), hasToken: false },
    good("d"),
  ];
  expect(chooseRoute([{ ...base, psps: ["a", "b", "c", "x", "d", "d"] }], facts, standings)).toEqual({
    rule: "base",
    psps: ["d"],
    leftOut: [
      { psp: "a", why: "PAUSED" },
      { psp: "b", why: "BREAKER_OPEN" },
      { psp: "c", why: "NO_TOKEN" },
      { psp: "x", why: "NOT_SET_UP" },
    ],
  });
});
