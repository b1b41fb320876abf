/** What players bet on the house's own games. */
import { crash } from "@pitboss/domain/gaming/games/crash";
import { dice } from "@pitboss/domain/gaming/games/dice";
import { europeanRoulette } from "@pitboss/domain/gaming/games/european-roulette";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { Chance } from "./chance.ts";
import { type Position, selectRoulette } from "./roulette-bets.ts";

export function selectBuiltIn(gameId: string, chance: Chance, stake: bigint, currency: Currency): readonly Position[] {
  switch (gameId) {
    case europeanRoulette.id:
      return selectRoulette(chance, stake, currency);
    case dice.id:
      return [{ market: chance.pick(["under", "over"]), value: `${chance.between(20, 80)}.00` }];
    case crash.id:
      return [
        { market: "auto_cashout", value: chance.pick(["1.20", "1.50", "1.50", "2.00", "2.00", "3.00", "10.00"]) },
      ];
    default:
      // The slot always plays all its lines.
      return [];
  }
}
