import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fundStake, splitLike } from "./funding.ts";
import type { FundingPolicy } from "./ledger-codes.ts";

const amounts = fc.bigInt({ min: 0n, max: 10n ** 15n });
const stakes = fc.bigInt({ min: 1n, max: 10n ** 15n });
const policies = fc.constantFrom<FundingPolicy>("CASH_FIRST", "BONUS_FIRST", "PRO_RATA");

describe("the funding of a stake", () => {
  test("under every policy adds up to the stake and takes from no purse more than it has", () => {
    fc.assert(
      fc.property(policies, stakes, amounts, amounts, (policy, stake, cash, bonus) => {
        const funding = fundStake(policy, stake, cash, bonus);
        if (stake > cash + bonus) {
          expect(funding).toBeUndefined();
          return;
        }
        if (funding === undefined) throw new Error("a stake that is covered is funded");
        expect(funding.cash + funding.bonus).toBe(stake);
        expect(funding.cash).toBeGreaterThanOrEqual(0n);
        expect(funding.bonus).toBeGreaterThanOrEqual(0n);
        expect(funding.cash).toBeLessThanOrEqual(cash);
        expect(funding.bonus).toBeLessThanOrEqual(bonus);
      }),
    );
  });

  test("cash first touches the bonus only when the cash is used up", () => {
    fc.assert(
      fc.property(stakes, amounts, amounts, (stake, cash, bonus) => {
        const funding = fundStake("CASH_FIRST", stake, cash, bonus);
        if (funding !== undefined && funding.bonus > 0n) expect(funding.cash).toBe(cash);
      }),
    );
  });

  test("bonus first touches the cash only when the bonus is used up", () => {
    fc.assert(
      fc.property(stakes, amounts, amounts, (stake, cash, bonus) => {
        const funding = fundStake("BONUS_FIRST", stake, cash, bonus);
        if (funding !== undefined && funding.cash > 0n) expect(funding.bonus).toBe(bonus);
      }),
    );
  });

  test("pro rata takes from both in the ratio of what they hold, to less than one unit", () => {
    fc.assert(
      fc.property(stakes, amounts, amounts, (stake, cash, bonus) => {
        const funding = fundStake("PRO_RATA", stake, cash, bonus);
        if (funding === undefined) return;
        const skew = funding.cash * (cash + bonus) - stake * cash;
        expect(skew < 0n ? -skew : skew).toBeLessThan(cash + bonus);
      }),
    );
  });

  test.each([
    ["CASH_FIRST", { cash: 600n, bonus: 400n }],
    ["BONUS_FIRST", { cash: 200n, bonus: 800n }],
    // 600 : 800 of 1000 is 428.57 : 571.43; the larger remainder is the cash's.
    ["PRO_RATA", { cash: 429n, bonus: 571n }],
  ] as const)("a stake of 10.00 on 6.00 cash and 8.00 bonus, %s", (policy, expected) => {
    expect(fundStake(policy, 1_000n, 600n, 800n)).toEqual(expected);
  });
});

describe("winnings", () => {
  test("return in the ratio of the stake's parts, to the last unit", () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (amount, cash, bonus) => {
        fc.pre(cash + bonus > 0n);
        const paid = splitLike(amount, cash, bonus);
        expect(paid.cash + paid.bonus).toBe(amount);
        const skew = paid.cash * (cash + bonus) - amount * cash;
        expect(skew < 0n ? -skew : skew).toBeLessThan(cash + bonus);
      }),
    );
  });

  test("of a stake that was all cash are all cash, and of one that was all bonus all bonus", () => {
    expect(splitLike(3_600n, 1_000n, 0n)).toEqual({ cash: 3_600n, bonus: 0n });
    expect(splitLike(3_600n, 0n, 1_000n)).toEqual({ cash: 0n, bonus: 3_600n });
  });

  test("of a returned stake are exactly its parts", () => {
    fc.assert(
      fc.property(amounts, amounts, (cash, bonus) => {
        fc.pre(cash + bonus > 0n);
        expect(splitLike(cash + bonus, cash, bonus)).toEqual({ cash, bonus });
      }),
    );
  });

  test("of a part of a hold never take more from a purse than is held there", () => {
    fc.assert(
      fc.property(amounts, amounts, amounts, (cash, bonus, cut) => {
        fc.pre(cash + bonus > 0n);
        const part = cut % (cash + bonus + 1n);
        const settled = splitLike(part, cash, bonus);
        expect(settled.cash).toBeLessThanOrEqual(cash);
        expect(settled.bonus).toBeLessThanOrEqual(bonus);
      }),
    );
  });
});
