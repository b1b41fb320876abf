import { expect, test } from "vitest";
import { isTied, type LedgerSum, type FactSum, tieOut } from "./tie-out.ts";

const none = { stakeCash: 0n, stakeBonus: 0n, winCash: 0n, winBonus: 0n, amount: 0n };
const ledger: LedgerSum[] = [
  { type: "SETTLE_DEBIT", wallet: "CASH", currency: "EUR", sum: -1_000n },
  { type: "SETTLE_DEBIT", wallet: "GAMING", currency: "EUR", sum: 1_000n },
  { type: "PAYOUT", wallet: "CASH", currency: "EUR", sum: 360n },
  { type: "PAYOUT", wallet: "GAMING", currency: "EUR", sum: -360n },
  { type: "HOLD", wallet: "CASH", currency: "EUR", sum: 0n },
  { type: "CHARGEBACK", wallet: "CHARGEBACK_LOSS", currency: "USD", sum: -30n },
];
const facts: FactSum[] = [
  { ...none, kind: "SETTLED", currency: "EUR", stakeCash: 1_000n, winCash: 360n },
  { ...none, kind: "CHARGEBACK_LOSS", currency: "USD", amount: 30n },
];

test("a day whose facts are the ledger's is tied, with every line in the line's own sign", () => {
  const lines = tieOut(ledger, facts);
  expect(lines).toEqual([
    { line: "stakesCash", currency: "EUR", ledger: 1_000n, facts: 1_000n },
    { line: "winsCash", currency: "EUR", ledger: 360n, facts: 360n },
    { line: "ggr", currency: "EUR", ledger: 640n, facts: 640n },
    { line: "chargebackLoss", currency: "USD", ledger: 30n, facts: 30n },
  ]);
  expect(isTied(lines)).toBe(true);
});

test("a fact too many and one too few are both told", () => {
  const more = [...facts, { ...none, kind: "FEE" as const, currency: "EUR" as const, amount: 1n }];
  expect(tieOut(ledger, more).filter((line) => line.ledger !== line.facts)).toEqual([
    { line: "fees", currency: "EUR", ledger: 0n, facts: 1n },
  ]);
  expect(isTied(tieOut(ledger, facts.slice(1)))).toBe(false);
});

test("a day on which nothing moved is tied", () => {
  expect(tieOut([], [])).toEqual([]);
  expect(isTied([])).toBe(true);
});
