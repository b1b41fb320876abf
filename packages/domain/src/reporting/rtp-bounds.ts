/**
 * Whether a game pays what it promises. Over n independent bets the paid part of the stakes differs from the game's own
 * RTP by chance; the bounds say by how much, from how the bets paid so far scatter (a ratio estimate by the delta method).
 * These are statistics of money, not money, and so may be floating point.
 */
export interface BetMoments {
  readonly bets: number;
  readonly stakes: number;
  readonly wins: number;
  /** Sums of stake², win² and stake × win over the bets. */
  readonly stakesSquared: number;
  readonly winsSquared: number;
  readonly products: number;
}

export interface RtpBounds {
  readonly rtp: number;
  readonly low: number;
  readonly high: number;
}

/** 95 % of the normal distribution lie within this many deviations. */
const deviations = 1.959964;
/** Below this many bets the normal approximation says nothing. */
const fewestBets = 30;

export function rtpBounds({ bets, stakes, wins, stakesSquared, winsSquared, products }: BetMoments): RtpBounds | null {
  if (bets < fewestBets || stakes <= 0) return null;
  const rtp = wins / stakes;
  // The residual of a bet is win − rtp × stake; its mean is zero by the definition of rtp.
  const squares = Math.max(0, winsSquared - 2 * rtp * products + rtp * rtp * stakesSquared);
  const half = (deviations * Math.sqrt((squares * bets) / (bets - 1))) / stakes;
  return { rtp, low: rtp - half, high: rtp + half };
}

/** What the bounds say about a promise. */
export function judgeRtp(bounds: RtpBounds | null, promised: number | null): "unknown" | "within" | "below" | "above" {
  if (bounds === null || promised === null) return "unknown";
  if (promised > bounds.high) return "below";
  return promised < bounds.low ? "above" : "within";
}
