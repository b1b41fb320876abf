/**
 * How a stake is funded, and how winnings return. The legs are fixed when the stake is held and stored with the bet;
 * everything later replays them. A stake draws on cash and on at most one bonus wallet, the oldest that is open.
 */
import { splitByLargestRemainder } from "./money.ts";
import type { FundingPolicy } from "./ledger-codes.ts";

export interface Funding {
  readonly cash: bigint;
  readonly bonus: bigint;
}

/** The parts of a stake under a policy, or undefined where both purses together don't cover it. All in minor units. */
export function fundStake(policy: FundingPolicy, stake: bigint, cash: bigint, bonus: bigint): Funding | undefined {
  if (stake > cash + bonus) return undefined;
  switch (policy) {
    case "CASH_FIRST": {
      const part = stake < cash ? stake : cash;
      return { cash: part, bonus: stake - part };
    }
    case "BONUS_FIRST": {
      const part = stake < bonus ? stake : bonus;
      return { cash: stake - part, bonus: part };
    }
    case "PRO_RATA":
      return splitLike(stake, cash, bonus);
  }
}

/** Splits an amount in the ratio of two parts, to the last unit (largest remainder; cash first where equal). */
export function splitLike(amount: bigint, cash: bigint, bonus: bigint): Funding {
  if (bonus === 0n) return { cash: amount, bonus: 0n };
  if (cash === 0n) return { cash: 0n, bonus: amount };
  const [cashPart = 0n, bonusPart = 0n] = splitByLargestRemainder(amount, [cash, bonus]);
  return { cash: cashPart, bonus: bonusPart };
}
