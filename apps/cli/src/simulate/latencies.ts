/** How long answers took, in steps of a twentieth, so that hours of them take no more room than a minute. */

/** The smallest step that is told apart, ms. */
const least = 0.1;
const growth = 1.05;

export interface Latencies {
  add(ms: number): void;
  /** The time that this share of the answers took at most, ms to one decimal; null where there were none. */
  quantile(share: number): number | null;
}

export function createLatencies(): Latencies {
  const counts: number[] = [];
  let total = 0;
  return {
    add(ms) {
      const step = Math.max(0, Math.ceil(Math.log(ms / least) / Math.log(growth)));
      counts[step] = (counts[step] ?? 0) + 1;
      total += 1;
    },
    quantile(share) {
      if (total === 0) return null;
      let left = Math.ceil(share * total);
      for (const [step, count] of counts.entries()) {
        // Steps that nothing fell into are holes of the array.
        left -= (count as number | undefined) ?? 0;
        if (left <= 0) return Math.round(least * growth ** step * 10) / 10;
      }
      return null;
    },
  };
}
