/** Draws for simulated play. The source is handed in, so that a test can make every draw the same again. */
import { assert } from "@pitboss/domain/kernel/result";

export interface Chance {
  /** True in this share of the cases. */
  happens(probability: number): boolean;
  /** A whole number from `from` to `to`, both included. */
  between(from: number, to: number): number;
  pick<T>(items: readonly T[]): T;
  /** One of the items, in proportion to their weights. */
  pickWeighted<T>(items: readonly { readonly weight: number; readonly value: T }[]): T;
  /** Waiting times between events that happen independently, with this mean. */
  exponential(mean: number): number;
}

export function createChance(random: () => number = Math.random): Chance {
  const pick = <T>(items: readonly T[]): T => {
    const item = items[Math.floor(random() * items.length)];
    assert(item !== undefined, "there is something to pick from");
    return item;
  };
  return {
    happens: (probability) => random() < probability,
    between: (from, to) => from + Math.floor(random() * (to - from + 1)),
    pick,
    pickWeighted(items) {
      let rest = random() * items.reduce((sum, { weight }) => sum + weight, 0);
      for (const { weight, value } of items) {
        rest -= weight;
        if (rest < 0) return value;
      }
      return pick(items).value;
    },
    exponential: (mean) => -Math.log(1 - random()) * mean,
  };
}
