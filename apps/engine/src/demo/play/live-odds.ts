/** The games of the live provider, as their studio would run them: what is bet on, and what comes out. */
import { europeanRoulette } from "@pitboss/domain/gaming/games/european-roulette";
import { pocketCount } from "@pitboss/domain/gaming/games/roulette-positions";
import { assert } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Chance } from "@pitboss/wires/traffic/chance";
import { type Position, selectRoulette } from "@pitboss/wires/traffic/roulette-bets";

export interface LiveBet {
  readonly stake: bigint;
  readonly currency: Currency;
  readonly selection: readonly Position[];
}

export interface LiveGame {
  /** How long a round takes bets, and how long its outcome takes after that, ms from … to. */
  readonly bettingMs: readonly [number, number];
  readonly playingMs: readonly [number, number];
  select(chance: Chance, stake: bigint, currency: Currency): readonly Position[];
  /** One outcome for the round, and what it means for each bet. */
  draw(chance: Chance): (bet: LiveBet) => LiveResult;
}

export interface LiveResult {
  readonly outcome: "WIN" | "LOSE" | "PUSH";
  /** Gross: the stake is in it. */
  readonly payout: bigint;
}

/** Gross multiples of the stake in hundredths. */
interface Multiple {
  readonly weight: number;
  readonly value: bigint;
}

/** Weights are in hundredths of a per cent; the mean return is 0.965. */
export const blackjackOdds: readonly Multiple[] = [
  { weight: 480, value: 250n },
  { weight: 3_800, value: 200n },
  { weight: 850, value: 100n },
  { weight: 4_870, value: 0n },
];

/** The mean return is 0.95. */
export const orchardOdds: readonly Multiple[] = [
  { weight: 8, value: 10_000n },
  { weight: 40, value: 2_500n },
  { weight: 180, value: 1_000n },
  { weight: 500, value: 500n },
  { weight: 1_000, value: 200n },
  { weight: 900, value: 100n },
  { weight: 1_000, value: 50n },
  { weight: 6_372, value: 0n },
];

export const liveRoulette: LiveGame = {
  bettingMs: [10_000, 15_000],
  playingMs: [6_000, 9_000],
  select: selectRoulette,
  draw(chance) {
    const pocket = chance.between(0, pocketCount - 1);
    return ({ selection, stake, currency }) => {
      const placed = europeanRoulette.parseSelection(selection, stake, currency);
      assert(placed.ok, "a selection of simulated play is one that the game takes");
      const { payout } = europeanRoulette.play(placed.value, { below: () => pocket });
      return { outcome: payout > 0n ? "WIN" : "LOSE", payout };
    };
  },
};

export const liveBlackjack: LiveGame = {
  bettingMs: [8_000, 12_000],
  playingMs: [12_000, 35_000],
  select: (chance) => [{ market: "main", value: `seat-${chance.between(1, 7)}` }],
  draw: (chance) => (bet) => {
    const payout = times(bet.stake, chance.pickWeighted(blackjackOdds));
    return { outcome: payout === bet.stake ? "PUSH" : payout > 0n ? "WIN" : "LOSE", payout };
  },
};

export const orchardSlot: LiveGame = {
  bettingMs: [0, 0],
  playingMs: [1_500, 4_000],
  select: () => [],
  draw: (chance) => (bet) => {
    const payout = times(bet.stake, chance.pickWeighted(orchardOdds));
    return { outcome: payout > 0n ? "WIN" : "LOSE", payout };
  },
};

function times(stake: bigint, hundredths: bigint): bigint {
  return (stake * hundredths) / 100n;
}
