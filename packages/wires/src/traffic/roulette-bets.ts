/** Where players put their chips at roulette. */
import { roulettePositions } from "@pitboss/domain/gaming/games/roulette-positions";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor, splitByLargestRemainder } from "@pitboss/domain/wallet/money";
import type { Chance } from "./chance.ts";

export interface Position {
  readonly market: string;
  readonly value?: string | undefined;
  readonly stake?: string | undefined;
}

const evenChances = roulettePositions.filter(({ pockets }) => pockets.length === 18);
const thirds = roulettePositions.filter(({ pockets }) => pockets.length === 12);
const insides = roulettePositions.filter(({ pockets }) => pockets.length < 12);
const favourites = [
  { weight: 6, value: evenChances },
  { weight: 3, value: thirds },
  { weight: 4, value: insides },
];

/** One to four chips of the players' favourite places, each with its part of the stake where there are several. */
export function selectRoulette(chance: Chance, stake: bigint, currency: Currency): readonly Position[] {
  const wanted = Math.min(chance.pick([1, 1, 2, 3, 4]), Number(stake > 4n ? 4n : stake));
  const positions = new Map<string, { market: string; value: string }>();
  while (positions.size < wanted) {
    const { market, value } = chance.pick(chance.pickWeighted(favourites));
    positions.set(`${market} ${value}`, { market, value });
  }
  const all = [...positions.values()];
  if (all.length === 1) return all;
  const parts = splitByLargestRemainder(
    stake,
    all.map(() => 1n),
  );
  return all.map((position, index) => ({ ...position, stake: formatMinor(parts[index] ?? 0n, currency) }));
}
