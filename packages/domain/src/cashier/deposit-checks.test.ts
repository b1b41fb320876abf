import { expect, test } from "vitest";
import { checkDeposit, type DepositCheckFacts } from "./deposit-checks.ts";

const facts: DepositCheckFacts = {
  playerStatus: "ACTIVE",
  currency: "EUR",
  amount: 5_000n,
  rule: { minAmount: 500n, maxAmount: 10_000n, mostAnHour: 10, openMinutes: 30 },
  triedThisHour: 9,
  otherOwners: 0,
};

test("every check is made and kept with its inputs, also behind one that refuses", () => {
  const { checks, refusal } = checkDeposit({ ...facts, amount: 499n, triedThisHour: 10 });
  expect(checks.map(({ name, outcome }) => [name, outcome])).toEqual([
    ["player-status", "PASS"],
    ["amount-range", "REFUSE"],
    ["velocity", "REFUSE"],
    ["instrument-owner", "PASS"],
  ]);
  expect(checks[1]?.inputs).toEqual({ amount: "4.99", min: "5.00", max: "100.00", currency: "EUR" });
  expect(refusal?.failure.code).toBe("DEPOSIT_BELOW_MIN");
});

test.each<[Partial<DepositCheckFacts>, string | undefined]>([
  [{}, undefined],
  [{ amount: 500n }, undefined],
  [{ amount: 10_000n }, undefined],
  [{ amount: 10_001n }, "DEPOSIT_ABOVE_MAX"],
  [{ triedThisHour: 10 }, "DEPOSIT_TOO_OFTEN"],
  [{ otherOwners: 1 }, "INSTRUMENT_NOT_OWN"],
  [{ playerStatus: "BLOCKED" }, "ACCOUNT_LOCKED"],
  [{ playerStatus: "CLOSED" }, "ACCOUNT_CLOSED"],
])("%o leads to %s", (change, code) => {
  expect(checkDeposit({ ...facts, ...change }).refusal?.failure.code).toBe(code);
});

test("what others did with a card is not told to whoever asks", () => {
  expect(checkDeposit({ ...facts, otherOwners: 2 }).refusal?.failure.data).toBeUndefined();
});

test("how a place was found out is kept, and not told to whoever asks", () => {
  const geo = { rule: "geo-proxy", code: "LOCATION_NOT_ALLOWED", inputs: { hides: "VPN" } } as const;
  const gate = {
    ...{ jurisdiction: "DE", packVersion: 3, block: null, geo, kycLevel: 1, neededLevel: 1 },
    ...{ caps: [], limits: [], bounds: [], atMs: 0 },
  };
  const { checks, refusal } = checkDeposit({ ...facts, gate });
  expect(refusal?.failure).toEqual({ code: "LOCATION_NOT_ALLOWED" });
  expect(checks.find(({ name }) => name === "location")?.inputs).toEqual({ location: "geo-proxy", hides: "VPN" });
});
