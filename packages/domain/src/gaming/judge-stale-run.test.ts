import { describe, expect, test } from "vitest";
import { judgeStaleRun, readMostAmounts, type StalePolicy } from "./judge-stale-run.ts";

const policy: StalePolicy = { autoVoid: true, mostBets: 3, mostAmounts: new Map([["EUR", 1_000n]]) };
const bet = (betId: bigint, held: bigint, currency: "EUR" | "USD" = "EUR") => ({ betId, playerId: 1n, currency, held });

describe("a run over stale bets", () => {
  test("has nothing to do without any", () => {
    expect(judgeStaleRun(policy, [])).toEqual({ kind: "NOTHING" });
  });

  test("voids what is within every limit, up to the last cent and the last bet", () => {
    const bets = [bet(1n, 400n), bet(2n, 400n), bet(3n, 200n)];
    expect(judgeStaleRun(policy, bets)).toEqual({ kind: "VOID", sums: [{ currency: "EUR", amount: 1_000n }] });
  });

  test("voids none of them above the number of bets", () => {
    const bets = [1n, 2n, 3n, 4n].map((id) => bet(id, 1n));
    expect(judgeStaleRun(policy, bets)).toMatchObject({ kind: "STOP", stop: "TOO_MANY_BETS", over: "> 3" });
  });

  test("voids none of them a cent above the sum of a currency", () => {
    const bets = [bet(1n, 1_001n)];
    expect(judgeStaleRun(policy, bets)).toMatchObject({
      kind: "STOP",
      stop: "TOO_MUCH_MONEY",
      over: "10.01 EUR > 10.00 EUR",
    });
  });

  test("leaves a currency without a limit to people", () => {
    const bets = [bet(1n, 100n), bet(2n, 1n, "USD")];
    expect(judgeStaleRun(policy, bets)).toMatchObject({ kind: "STOP", over: "0.01 USD > 0.00 USD" });
  });

  test("leaves everything to people where the provider's policy says so", () => {
    expect(judgeStaleRun({ ...policy, autoVoid: false }, [bet(1n, 1n)])).toMatchObject({ stop: "AUTO_VOID_OFF" });
  });
});

test("limits are read in the decimals of their currencies", () => {
  expect(readMostAmounts({ EUR: "10.00", JPY: "500" })).toEqual(
    new Map([
      ["EUR", 1_000n],
      ["JPY", 500n],
    ]),
  );
  expect(readMostAmounts({ JPY: "5.5" })).toBeUndefined();
  expect(readMostAmounts({ XXX: "5" })).toBeUndefined();
});
