import fc from "fast-check";
import { expect, test } from "vitest";
import { type ComparedPair, comparePair, type LedgerSide, type ReportSide } from "./compare-settlement.ts";

const dayMs = 86_400_000;
const untilMs = Date.UTC(2026, 2, 10);
const time = { untilMs, reportDays: 5 };
const amounts = fc.bigInt({ min: 1n, max: 10_000_000n });
const ledgerSide = fc.record({
  amount: amounts,
  currency: fc.constantFrom("EUR" as const, "USD" as const),
  fee: fc.bigInt({ min: 0n, max: 500n }),
  atMs: fc.integer({ min: untilMs - 30 * dayMs, max: untilMs - 1 }),
});

/** What a provider without faults reports of it. */
const reportOf = ({ amount, currency, fee }: LedgerSide): ReportSide => ({
  gross: amount,
  fee,
  times: 1,
  least: amount,
  currency,
  otherCurrency: currency,
});
const pairOf = (ours: LedgerSide | null, theirs: ReportSide | null): ComparedPair => ({
  kind: "PAYMENT",
  ours,
  theirs,
  idle: false,
});

test("what is told the same agrees, whichever fee came only with the report", () => {
  fc.assert(
    fc.property(ledgerSide, (ours) => {
      expect(comparePair(pairOf(ours, reportOf(ours)), time)).toEqual({ kind: "AGREES" });
      const unnamed = { ...ours, fee: 0n };
      expect(comparePair(pairOf(unnamed, reportOf(ours)), time)).toEqual({ kind: "AGREES" });
    }),
  );
});

test("any difference is a break that names both sides", () => {
  fc.assert(
    fc.property(ledgerSide, amounts, (ours, more) => {
      const theirs = reportOf(ours);
      const { amount, currency, fee } = ours;
      const expected = { amount, currency };
      const verdict = (changed: Partial<ReportSide>) => comparePair(pairOf(ours, { ...theirs, ...changed }), time);
      expect(verdict({ gross: amount + more })).toEqual({
        kind: "BREAK",
        type: "AMOUNT_DIFFERS",
        expected,
        got: { amount: amount + more, currency },
      });
      expect(verdict({ gross: 2n * amount, times: 2 })).toMatchObject({ type: "SETTLED_TWICE", expected });
      expect(verdict({ currency: "GBP", otherCurrency: "GBP" })).toMatchObject({ type: "CURRENCY_DIFFERS", expected });
      expect(verdict({ otherCurrency: "GBP" })).toMatchObject({
        type: "CURRENCY_DIFFERS",
        got: { amount, currency: "GBP" },
      });
      if (fee > 0n) {
        expect(verdict({ fee: fee + more })).toMatchObject({
          type: "FEE_DIFFERS",
          expected: { amount: fee },
          got: { amount: fee + more },
        });
      }
    }),
  );
});

test("a payment in parts agrees where its parts add up", () => {
  fc.assert(
    fc.property(ledgerSide, (ours) => {
      const theirs = { ...reportOf(ours), times: 2, least: 1n };
      expect(comparePair(pairOf(ours, theirs), time)).toEqual({ kind: "AGREES" });
    }),
  );
});

test("what no report has waits exactly as long as the provider may take", () => {
  fc.assert(
    fc.property(ledgerSide, (ours) => {
      const late = ours.atMs < untilMs - 5 * dayMs;
      expect(comparePair(pairOf(ours, null), time)).toMatchObject(
        late ? { kind: "BREAK", type: "MISSING_AT_PSP", got: null } : { kind: "WAITING" },
      );
    }),
  );
});

test("what the ledger does not have is missing, or stands there without money", () => {
  fc.assert(
    fc.property(ledgerSide, (ours) => {
      const theirs = reportOf(ours);
      expect(comparePair(pairOf(null, theirs), time)).toMatchObject({ type: "MISSING_IN_LEDGER", expected: null });
      expect(comparePair({ ...pairOf(null, theirs), idle: true }, time)).toMatchObject({ type: "STATUS_DIFFERS" });
      expect(comparePair(pairOf(null, { ...theirs, gross: 0n, times: 2 }), time)).toEqual({ kind: "AGREES" });
    }),
  );
});
