import { expect, test } from "vitest";
import {
  checkPayout,
  gotWorse,
  type PayoutCheckFacts,
  type PayoutCheckName,
  payoutCheckNames,
  type PayoutVerdict,
  sameVerdicts,
} from "./payout-checks.ts";
import { peopleFor, type PayoutPolicy, routePayout, stageMinutes } from "./payout-policy.ts";
import { payoutMessage } from "./payout-words.ts";

const policy: PayoutPolicy = {
  id: 1n,
  currency: "EUR",
  minAmount: 1_000n,
  maxAmount: 5_000_000n,
  autoBelow: 50_000n,
  twoFrom: 500_000n,
  lowRiskBelow: 30,
  mostADay: 5,
  dayAmount: 500_000n,
  turnoverPercent: 100,
  freshHours: 24,
  kycFrom: 200_000n,
  reviewMinutes: 240,
  secondMinutes: 240,
  sendMinutes: 5,
  paidMinutes: 4_320,
};
const facts: PayoutCheckFacts = {
  policy,
  amount: 4_000n,
  method: "CARD",
  chain: null,
  playerStatus: "ACTIVE",
  exclusion: null,
  bounds: [],
  kycLevel: 2,
  screening: "CLEAR",
  instrument: { fingerprint: "f1", verified: true, expired: false, ageHours: 999, otherOwners: 0 },
  sources: [{ fingerprint: "f1", instrumentId: 1n, deposited: 10_000n, paidOut: 0n, usable: true }],
  openBonus: 0n,
  forfeitAccepted: false,
  paidToday: { count: 0, amount: 0n },
  deviceAgeHours: 999,
  lastDeposit: { amount: 10_000n, stakedSince: 10_000n },
};

test("a payout that nothing is wrong with passes all that applies, and scores nothing", () => {
  const { checks, score, stopped, refusal } = checkPayout(facts);
  expect(checks.map(({ name }) => name)).toEqual(payoutCheckNames);
  expect(checks.filter(({ outcome }) => outcome !== "PASS").map(({ name }) => name)).toEqual([
    "kyt",
    "travel-rule",
    "hot-wallet",
  ]);
  expect({ score, stopped, refusal }).toEqual({ score: 0, stopped: false, refusal: undefined });
});

const instrument = facts.instrument;
test.each<[Partial<PayoutCheckFacts>, PayoutCheckName, PayoutVerdict, number]>([
  [{ amount: 999n }, "amount-range", "REFUSE", 0],
  [{ amount: 1_000n }, "amount-range", "PASS", 0],
  [{ amount: 5_000_001n, kycLevel: 3 }, "amount-range", "REFUSE", 0],
  [{ bounds: [{ measure: "withdrawalDay", limit: 10_000n, counted: 6_000n }] }, "profile-bound", "PASS", 0],
  [{ bounds: [{ measure: "withdrawalDay", limit: 10_000n, counted: 6_001n }] }, "profile-bound", "REFUSE", 0],
  [{ exclusion: "SELF_EXCLUSION" }, "exclusion", "PASS", 0],
  [{ instrument: { ...instrument, verified: false } }, "instrument", "REFUSE", 0],
  [{ instrument: { ...instrument, expired: true } }, "instrument", "REFUSE", 0],
  [
    { sources: [{ fingerprint: "f2", instrumentId: 2n, deposited: 1n, paidOut: 0n, usable: true }] },
    "closed-loop",
    "REFUSE",
    0,
  ],
  [{ openBonus: 1n }, "wagering", "REFUSE", 0],
  [{ openBonus: 1n, forfeitAccepted: true }, "wagering", "PASS", 0],
  [{ playerStatus: "BLOCKED" }, "account-state", "RISK", 50],
  [{ playerStatus: "CLOSED" }, "account-state", "RISK", 50],
  [{ kycLevel: 0 }, "kyc-level", "STOP", 0],
  [{ kycLevel: 1 }, "kyc-level", "PASS", 0],
  [{ kycLevel: 1, amount: 200_000n }, "kyc-level", "STOP", 0],
  [{ screening: "NEVER" }, "screening", "STOP", 0],
  [{ screening: "HIT" }, "screening", "STOP", 0],
  [{ screening: "BLOCKED" }, "screening", "STOP", 0],
  [{ paidToday: { count: 4, amount: 496_000n } }, "velocity", "PASS", 0],
  [{ paidToday: { count: 5, amount: 0n } }, "velocity", "RISK", 30],
  [{ paidToday: { count: 1, amount: 496_001n } }, "velocity", "RISK", 30],
  [{ deviceAgeHours: null }, "device", "SKIP", 0],
  [{ deviceAgeHours: 23 }, "device", "RISK", 20],
  [{ instrument: { ...instrument, ageHours: 23 } }, "instrument-age", "RISK", 20],
  [{ instrument: { ...instrument, otherOwners: 1 } }, "instrument-shared", "RISK", 60],
  [{ lastDeposit: { amount: 10_000n, stakedSince: 9_999n } }, "turnover", "RISK", 30],
  [{ lastDeposit: null }, "turnover", "PASS", 0],
])("%o: %s says %s", (change, name, outcome, points) => {
  const { checks } = checkPayout({ ...facts, ...change });
  expect(checks.find((check) => check.name === name)).toMatchObject({ outcome, points });
});

test("small amounts at a low risk leave by themselves; the large amount takes two people, what is between one", () => {
  const route = (amount: bigint, score = 0, stopped = false) => routePayout(policy, { amount, score, stopped });
  expect(route(49_999n, 29)).toEqual({ event: "approveAuto", people: 0 });
  expect(route(49_999n, 30)).toEqual({ event: "review", people: 1 });
  expect(route(1_000n, 0, true)).toEqual({ event: "review", people: 1 });
  expect(route(50_000n)).toEqual({ event: "review", people: 1 });
  expect(route(500_000n)).toEqual({ event: "review", people: 2 });
  expect(peopleFor(policy, 499_999n)).toBe(1);
});

test("what people saw stands while things only get better, and not once anything gets worse", () => {
  const before = checkPayout({ ...facts, deviceAgeHours: 1 }).checks;
  const better = checkPayout(facts).checks;
  expect(gotWorse(before, better)).toBe(false);
  expect(gotWorse(better, before)).toBe(true);
  expect(sameVerdicts(before, better)).toBe(false);
  expect(sameVerdicts(before, checkPayout({ ...facts, deviceAgeHours: 2 }).checks)).toBe(true);
});

test("a stage has a clock while something is expected of it", () => {
  expect(stageMinutes(policy, "IN_REVIEW")).toBe(240);
  expect(stageMinutes(policy, "UNKNOWN")).toBe(4_320);
  expect(stageMinutes(policy, "PAID")).toBeUndefined();
});

test("a player reads what they can do, and nothing of what the house looked at", () => {
  expect(payoutMessage("REJECTED", "VERIFY_FIRST")).toContain("verify your details");
  expect(payoutMessage("REJECTED", null)).toContain("contact us");
  expect(payoutMessage("UNKNOWN", null)).toBe(payoutMessage("SUBMITTED", null));
});
