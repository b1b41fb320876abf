import fc from "fast-check";
import { expect, test } from "vitest";
import { deductions, figuresOf, perHead, ratio, type SumName, type Sums, sumNames } from "./figures.ts";

const amount = fc.bigInt({ min: 0n, max: 10n ** 15n });
const sums = fc.record(Object.fromEntries(sumNames.map((name) => [name, amount])) as Record<SumName, typeof amount>);

test("NGR of total and of cash GGR differ by the bonus money that players hold, and by nothing else", () => {
  fc.assert(
    fc.property(sums, (all) => {
      // A bonus wallet: what was granted and won, less what was staked, became cash or went back.
      const held =
        all.bonusGranted + all.winBonus - all.stakeBonus - all.bonusConverted - all.bonusReturned - all.bonusForfeited;
      const [total, cash] = [figuresOf(all, "total", deductions), figuresOf(all, "cash", deductions)];
      expect(cash.ngr - total.ngr).toBe(held);
    }),
  );
});

test("a deduction that is switched off gives back exactly what it took", () => {
  fc.assert(
    fc.property(sums, fc.constantFrom("total" as const, "cash" as const), (all, basis) => {
      const full = figuresOf(all, basis, deductions);
      const took = {
        bonus: full.bonusCost,
        jackpot: full.jackpots,
        payment: full.paymentFees,
        chargeback: full.chargebacks,
        provider: full.providerFees,
        tax: full.tax,
      };
      for (const deduction of deductions) {
        const without = figuresOf(
          all,
          basis,
          deductions.filter((one) => one !== deduction),
        );
        expect(without.ngr - full.ngr).toBe(took[deduction]);
        expect(without.ggr).toBe(full.ggr);
      }
    }),
  );
});

test("figures of a whole are the sums of the figures of its parts", () => {
  fc.assert(
    fc.property(sums, sums, (a, b) => {
      const both = Object.fromEntries(sumNames.map((name) => [name, a[name] + b[name]])) as Record<
        SumName,
        bigint
      > satisfies Sums;
      const [one, two, whole] = [a, b, both].map((part) => figuresOf(part, "total", deductions));
      for (const name of ["turnover", "wins", "ggr", "ggrCash", "bonusCost", "ngr"] as const) {
        expect(whole?.[name]).toBe((one?.[name] ?? 0n) + (two?.[name] ?? 0n));
      }
    }),
  );
});

test("a ratio is within half a millionth of the fraction, and there is none without a whole", () => {
  expect(ratio(5n, 0n)).toBeNull();
  expect(ratio(36n, 37n)).toBe("0.972973");
  expect(ratio(-1n, 3n)).toBe("-0.333333");
  fc.assert(
    fc.property(amount, fc.bigInt({ min: 1n, max: 10n ** 15n }), (part, whole) => {
      const scaled = BigInt((ratio(part, whole) ?? "").replace(".", ""));
      const error = scaled * whole - part * 1_000_000n;
      expect((error < 0n ? -error : error) * 2n).toBeLessThanOrEqual(whole);
    }),
  );
});

test("a sum per head is rounded half to even, and is none without heads", () => {
  expect(perHead(100n, 0n)).toBeNull();
  expect(perHead(5n, 2n)).toBe(2n);
  expect(perHead(7n, 2n)).toBe(4n);
  expect(perHead(-5n, 2n)).toBe(-2n);
});
