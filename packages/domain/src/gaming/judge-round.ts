/** What is the matter with a round that needs looking at, and what to do about it. */
import type { RoundStatus } from "../wallet/ledger-codes.ts";

export const roundTroubles = ["STUCK", "STALE", "LATE_WIN", "TOMBSTONE"] as const;
export type RoundTrouble = (typeof roundTroubles)[number];

export type TroubleCause =
  /** The provider has told no result of any bet of the round. */
  | "NO_RESULT"
  /** It has told the results of some bets, or of a part of one. */
  | "PARTLY_SETTLED"
  /** It has closed the round, and left this bet without a result. */
  | "CLOSED_WITHOUT_RESULT"
  /** A result came when the round was closed already. */
  | "RESULT_AFTER_CLOSE"
  /** A rollback came, and its bet has not come yet. */
  | "BET_NEVER_CAME"
  /** A rollback came, and its bet after it: it was refused. */
  | "BET_CAME_AFTER_ROLLBACK";

export type TroubleAction =
  /** Ask the provider for the result; it may still come by itself. */
  | "ASK_PROVIDER"
  /** Too old to wait for: propose to void what is held. */
  | "VOID"
  /** A void is proposed: somebody else decides. */
  | "DECIDE_PROPOSAL"
  /** Compare the round with the provider's. */
  | "COMPARE_ROUND"
  /** All is as it should be; there is only something to know. */
  | "NONE";

export interface Judgement {
  readonly trouble: RoundTrouble;
  readonly cause: TroubleCause;
  readonly action: TroubleAction;
}

export interface WaitingRound {
  /** Since the oldest held bet of the round was placed, ms. */
  readonly ageMs: number;
  /** The provider's own time, ms: until it has passed, a bet without a result is to be waited for. */
  readonly staleAfterMs: number;
  readonly status: RoundStatus;
  /** True where another bet of the round, or a part of this one, has been settled. */
  readonly partlySettled: boolean;
  /** True where a void of it waits for a second person. */
  readonly proposed: boolean;
}

/** A round of which a bet is still held though it is older than its provider takes. */
export function judgeWaitingRound({ ageMs, staleAfterMs, status, partlySettled, proposed }: WaitingRound): Judgement {
  const stale = ageMs >= staleAfterMs;
  return {
    trouble: stale ? "STALE" : "STUCK",
    cause: status !== "OPEN" ? "CLOSED_WITHOUT_RESULT" : partlySettled ? "PARTLY_SETTLED" : "NO_RESULT",
    action: proposed ? "DECIDE_PROPOSAL" : stale ? "VOID" : "ASK_PROVIDER",
  };
}

/** A result that came after its round was closed. It was booked; whether it is right, the provider's round tells. */
export function judgeLateResult(): Judgement {
  return { trouble: "LATE_WIN", cause: "RESULT_AFTER_CLOSE", action: "COMPARE_ROUND" };
}

/** A rollback that came before its bet. A bet that came after it was refused, and so both sides agree. */
export function judgeTombstone(betCame: boolean): Judgement {
  return betCame
    ? { trouble: "TOMBSTONE", cause: "BET_CAME_AFTER_ROLLBACK", action: "NONE" }
    : { trouble: "TOMBSTONE", cause: "BET_NEVER_CAME", action: "COMPARE_ROUND" };
}
