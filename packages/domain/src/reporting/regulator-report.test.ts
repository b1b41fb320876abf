import { expect, test } from "vitest";
import { daysOf, reconcileDay, regulatorInput } from "./regulator-report.ts";

const tied = [
  { line: "stakesCash", currency: "EUR", ledger: 900n },
  { line: "stakesBonus", currency: "EUR", ledger: 100n },
  { line: "winsCash", currency: "EUR", ledger: 600n },
  { line: "winsBonus", currency: "EUR", ledger: 50n },
  { line: "deposits", currency: "USD", ledger: 7_000n },
];
const here = {
  jurisdiction: "MT",
  currency: "EUR",
  stakes: 700n,
  stakesBonus: 100n,
  wins: 150n,
  winsBonus: 50n,
} as const;
const there = {
  jurisdiction: "GB",
  currency: "EUR",
  stakes: 300n,
  stakesBonus: 0n,
  wins: 500n,
  winsBonus: 0n,
} as const;

test("a jurisdiction's day and that of all others are the ledger's day", () => {
  expect(reconcileDay("MT", [here, there], tied)).toMatchObject([
    {
      currency: "EUR",
      tied: true,
      reported: { stakes: 700n },
      elsewhere: { wins: 500n },
      ledger: { stakes: 1_000n, wins: 650n },
    },
  ]);
});

test("one minor unit off is off, in bonus parts as well, and so is a currency that the ledger has and the facts have not", () => {
  expect(reconcileDay("MT", [{ ...here, wins: 151n }, there], tied)).toMatchObject([{ tied: false }]);
  expect(reconcileDay("MT", [{ ...here, stakesBonus: 99n }, there], tied)).toMatchObject([{ tied: false }]);
  const more = [...tied, { line: "stakesCash", currency: "USD", ledger: 1n }];
  expect(reconcileDay("MT", [here, there], more).map(({ tied: is }) => is)).toEqual([true, false]);
});

test("a range has its days, over a leap day too, and no more than a quarter", () => {
  expect(daysOf("2028-02-28", "2028-03-01")).toEqual(["2028-02-28", "2028-02-29", "2028-03-01"]);
  const asks = (from: string, to: string): boolean =>
    regulatorInput.safeParse({ from, to, jurisdiction: "DE" }).success;
  expect([
    asks("2026-10-01", "2026-12-31"),
    asks("2026-10-02", "2026-10-01"),
    asks("2026-01-01", "2026-12-31"),
  ]).toEqual([true, false, false]);
  expect(asks("2026-02-30", "2026-03-01")).toBe(false);
});
