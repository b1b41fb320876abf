import { expect, test } from "vitest";
import { type ApprovalPolicy, findApprovalNeed } from "./approval-policy.ts";

const row = (over: Partial<ApprovalPolicy>): ApprovalPolicy => ({
  kind: "bets.void",
  currency: null,
  fromAmount: 0n,
  approvals: 1,
  openHours: 24,
  mostItems: null,
  mostAmount: null,
  ...over,
});
const policies = [
  row({ mostItems: 100 }),
  row({ currency: "EUR", mostItems: 50 }),
  row({ currency: "EUR", fromAmount: 1_000_00n, approvals: 2, openHours: 12, mostItems: 500, mostAmount: 9_000_00n }),
];
const eur = (amount: bigint) => ({ currency: "EUR" as const, amount });
const usd = (amount: bigint) => ({ currency: "USD" as const, amount });

test("the row of the highest threshold that is reached decides, with its limits", () => {
  expect(findApprovalNeed(policies, "bets.void", [eur(999_99n)], 50)).toMatchObject({ value: { approvals: 1 } });
  expect(findApprovalNeed(policies, "bets.void", [eur(1_000_00n)], 500)).toMatchObject({
    value: { approvals: 2, openHours: 12 },
  });
});

test("more records or more money than the row allows is refused, and says the limit", () => {
  expect(findApprovalNeed(policies, "bets.void", [eur(1n)], 51)).toMatchObject({
    error: { code: "PROPOSAL_TOO_LARGE", data: { mostItems: 50 } },
  });
  expect(findApprovalNeed(policies, "bets.void", [eur(9_000_01n)], 1)).toMatchObject({
    error: { code: "PROPOSAL_TOO_LARGE", data: { mostAmount: "9000.00 EUR" } },
  });
});

test("several currencies take what the strictest of them asks for", () => {
  expect(findApprovalNeed(policies, "bets.void", [usd(1n), eur(2_000_00n)], 60)).toMatchObject({
    value: { approvals: 2, openHours: 12 },
  });
  expect(findApprovalNeed(policies, "bets.void", [usd(1n), eur(1n)], 60)).toMatchObject({
    error: { code: "PROPOSAL_TOO_LARGE", data: { mostItems: 50 } },
  });
});

test("a kind that no row speaks of takes two others, and a floor holds whatever the rows say", () => {
  expect(findApprovalNeed([], "bet.void", [usd(1n)])).toMatchObject({ value: { approvals: 2, openHours: 24 } });
  const none = [row({ approvals: 0 })];
  expect(findApprovalNeed(none, "bets.void", [usd(1n)])).toMatchObject({ value: { approvals: 1 } });
});
