import type { BetState, Book, Refused } from "../wallet/book.ts";
import type { BetName } from "./commands.ts";
import { refuse } from "./refuse.ts";

/**
 * The bet of that name, if it is the player's. A bet of another player is reported as not found: ids must not tell
 * a stranger that they exist.
 */
export function findBet(book: Book, playerId: bigint, name: BetName, onlyProvider?: number): BetState | Refused {
  const id = "betId" in name ? name.betId : book.requests.get(name.placeKey)?.ref;
  const bet = id === undefined || id === null ? undefined : book.bets.get(id);
  if (bet === undefined || bet.playerId !== playerId || (onlyProvider !== undefined && bet.providerId !== onlyProvider))
    return refuse("bet-exists", "BET_NOT_FOUND");
  return bet;
}

/** Its stake went back, before it was settled or after; nothing can be won with it any more. */
export function isGivenBack({ status, outcome }: BetState): boolean {
  return status === "VOIDED" || outcome === "VOID";
}

export function isRefused(value: object): value is Refused {
  return "accepted" in value;
}
