import { expect, test } from "vitest";
import { explainsBalances, type StatementRow } from "./explain-balances.ts";

const row = (change: bigint, roundId: string | null = null): StatementRow => ({ roundId, change });
const played = { round: "r", start: 1_000n, net: 100n } as const;

test("balances that the purse went through are explained, whatever others moved in between", () => {
  const rows = [row(500n), row(-100n, "r"), row(30n), row(200n, "r"), row(-5n, "other")];
  expect(explainsBalances(rows, { ...played, told: [900n, 1_130n] })).toBe(true);
  expect(explainsBalances(rows, { ...played, told: [900n, 1_125n] })).toBe(true);
  expect(explainsBalances(rows, { ...played, told: [] })).toBe(true);
});

test("a balance that the purse never had is not explained", () => {
  const rows = [row(-100n, "r"), row(30n), row(200n, "r")];
  expect(explainsBalances(rows, { ...played, told: [900n, 1_131n] })).toBe(false);
});

test("balances in the wrong order are not explained", () => {
  const rows = [row(-100n, "r"), row(30n), row(200n, "r")];
  expect(explainsBalances(rows, { ...played, told: [1_130n, 900n] })).toBe(false);
});

test("a round whose own rows come to something else is not explained by what others moved", () => {
  const rows = [row(-100n, "r"), row(30n), row(199n, "r"), row(1n)];
  expect(explainsBalances(rows, { ...played, told: [900n, 1_130n] })).toBe(false);
});
