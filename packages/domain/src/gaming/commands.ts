/** The commands that move bets, as the decision sees them: amounts in minor units, ids as numbers, text as it came. */
import type { GeoFacts } from "../risk/geo.ts";
import type { JackpotAmount } from "../wallet/book.ts";
import type { Currency } from "../wallet/currency.ts";

/** Which purse the player asked to bet from; absent leaves it to the funding policy. */
export type Purse = "cash" | "bonus";

interface CommandBase {
  readonly playerId: bigint;
  /** Narrow key of the request id in the scope of whoever sent it (see request-key.ts). */
  readonly requestKey: string;
  readonly bodyHash: bigint;
}

export interface PlaceBet extends CommandBase {
  readonly type: "place";
  readonly gameId: number;
  readonly roundKey: string;
  readonly stake: bigint;
  readonly currency: Currency;
  readonly purse?: Purse;
  /** Where the player is, as far as whoever sent it can tell. */
  readonly geo?: GeoFacts;
  /** What the bet puts into a jackpot's pool: of the house's result, not of the player's money. */
  readonly jackpot?: JackpotAmount;
}

/** A bet is named by its id, or by the key of the request that placed it. */
export type BetName = { readonly betId: bigint } | { readonly placeKey: string };

export interface BetResult {
  readonly bet: BetName;
  readonly outcome: "WIN" | "LOSE" | "PUSH";
  /** The currency in which the amounts were sent; absent where none was. It must be the bet's. */
  readonly currency?: Currency;
  /** Gross payout, stake included; zero on LOSE, ignored on PUSH, where the stake returns. */
  readonly payout: bigint;
  /** The part of the stake that this result settles; absent settles all that is held. */
  readonly stakePart?: bigint;
}

export interface SettleRound extends CommandBase {
  readonly type: "settle";
  readonly roundKey: string;
  readonly results: readonly BetResult[];
  /** Takes no more bets for this round. */
  readonly close: boolean;
}

export interface VoidBet extends CommandBase {
  readonly type: "void";
  /** Set where the sender may touch one provider's bets only; others are not found for it. */
  readonly onlyProvider?: number;
  readonly bet: BetName;
  readonly reason: string;
  /** What is held of the stake, minor units, where whoever decided on the void saw it: another sum is another bet. */
  readonly held?: bigint;
}

export interface RollbackBet extends CommandBase {
  readonly type: "rollback";
  readonly onlyProvider?: number;
  readonly bet: BetName;
}

/** Replaces the outcome of a settled bet; the difference moves, the history stays. */
export interface CorrectBet extends CommandBase {
  readonly type: "correct";
  readonly onlyProvider?: number;
  readonly bet: BetName;
  readonly outcome: "WIN" | "LOSE" | "PUSH" | "VOID";
  /** The currency in which the payout was sent; absent where none was. It must be the bet's. */
  readonly currency?: Currency;
  /** Gross payout that the bet should have had; PUSH and VOID pay the stake back. */
  readonly payout: bigint;
  readonly reason: string;
}

/**
 * Pays what a provider says was won in a round: on the bet that it names, on the round's bets where it names none, or
 * from the house where there is no bet. An amount of zero pays nothing; it settles the named bet as lost, or only ends
 * the round.
 */
export interface CreditWin extends CommandBase {
  readonly type: "win";
  readonly providerId: number;
  readonly gameId: number | null;
  /** Null where the payment belongs to no round, as a promotion's. */
  readonly roundKey: string | null;
  readonly currency: Currency;
  /** Gross, stake included. */
  readonly amount: bigint;
  /** Null where the provider names the round alone. */
  readonly bet: BetName | null;
  /** Ends the round: what is still held in it is lost. */
  readonly close: boolean;
  readonly source: WinSource;
  /** What is won from a jackpot's pool, on top of the amount. */
  readonly jackpot?: JackpotAmount;
  /** Whether the dialect lets a win come without its bet; the house pays it then. */
  readonly withoutBet: "REFUSE" | "HOUSE";
  /** Whether the dialect pays a bet more than once. */
  readonly again: "REFUSE" | "PAY";
}

export const winSources = ["WIN", "FREE_ROUND", "PROMOTION"] as const;
export type WinSource = (typeof winSources)[number];

/** What becomes of a rollback whose bet is settled, by the provider's policy. */
export const settledRollbacks = ["REJECT", "CLAW_BACK", "RECEIVABLE"] as const;
export type SettledRollback = (typeof settledRollbacks)[number];

/** Takes back what an earlier request of the provider did: a bet, or a win. */
export interface UndoAction extends CommandBase {
  readonly type: "undo";
  readonly providerId: number;
  /** The key of the request that is taken back. */
  readonly original: string;
  /** The key that says for ever that it was: whoever takes it back again, under whatever id, meets it. */
  readonly mark: string;
  /** BET: a bet goes with all that it won, and a win alone does not go. ACTION: only what the original itself moved. */
  readonly takes: "BET" | "ACTION";
  readonly settled: SettledRollback;
}

export type BetCommand = PlaceBet | SettleRound | VoidBet | RollbackBet | CorrectBet | CreditWin | UndoAction;
