/**
 * How far variants differ, with 95 % intervals. Means of money take the normal interval (Welch's for a difference), shares
 * Wilson's and Newcombe's, which hold with few players too (R. G. Newcombe, Statistics in Medicine 17, 1998, methods 3 and 10).
 * Floating point is right here: these are estimates, and no money is moved by them.
 */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** What was seen of one variant; squares are of each player's GGR, players without a bet count as zero. */
export interface Sample {
  readonly players: number;
  readonly bettors: number;
  readonly sum: number;
  readonly squares: number;
}

const z = 1.959963984540054;

/** Undefined with less than two players: nothing is known of how they spread. */
export function meanOf(sample: Sample): Interval | undefined {
  const variance = varianceOfMean(sample);
  return variance === undefined ? undefined : around(sample.sum / sample.players, variance);
}

export function meanDifference(of: Sample, from: Sample): Interval | undefined {
  const [a, b] = [varianceOfMean(of), varianceOfMean(from)];
  if (a === undefined || b === undefined) return undefined;
  return around(of.sum / of.players - from.sum / from.players, a + b);
}

export function shareOf({ players, bettors }: Sample): Interval | undefined {
  if (players === 0) return undefined;
  const share = bettors / players;
  const middle = share + (z * z) / (2 * players);
  const reach = z * Math.sqrt((share * (1 - share)) / players + (z * z) / (4 * players * players));
  const scale = 1 + (z * z) / players;
  return { value: share, low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}

export function shareDifference(of: Sample, from: Sample): Interval | undefined {
  const [a, b] = [shareOf(of), shareOf(from)];
  if (a === undefined || b === undefined) return undefined;
  const value = a.value - b.value;
  return {
    value,
    low: value - Math.hypot(a.value - a.low, b.high - b.value),
    high: value + Math.hypot(a.high - a.value, b.value - b.low),
  };
}

function varianceOfMean({ players, sum, squares }: Sample): number | undefined {
  if (players < 2) return undefined;
  // Rounding can leave a hair below zero where all players are alike.
  return Math.max(0, (squares - (sum * sum) / players) / (players - 1)) / players;
}

function around(value: number, variance: number): Interval {
  const reach = z * Math.sqrt(variance);
  return { value, low: value - reach, high: value + reach };
}
