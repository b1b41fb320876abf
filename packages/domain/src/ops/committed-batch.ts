/** A batch as it was committed: the rows that its events are made from. Amounts are minor units. */
import type { JsonValue } from "../kernel/json.ts";
import type { Currency } from "../wallet/currency.ts";
import type { BetOutcome, BetStatus, RoundStatus, TransactionType, WalletKind } from "../wallet/ledger-codes.ts";

export interface CommittedBatch {
  /** Its place in the order of commits; from 1, without a gap. */
  readonly position: bigint;
  readonly batch: bigint;
  /** In the order of their ids. */
  readonly transactions: readonly CommittedTransaction[];
  /** What the batch's writer noted because the ledger's rows don't tell it. */
  readonly sideEvents: readonly SideEventRecord[];
}

export interface CommittedTransaction {
  readonly id: bigint;
  readonly type: TransactionType;
  readonly playerId: bigint | null;
  readonly reference: bigint | null;
  /** 32 hex digits. */
  readonly traceId: string;
  readonly requestId: string | null;
  readonly actor: string | null;
  readonly details: JsonValue;
}

export interface CommittedLeg {
  readonly transactionId: bigint;
  readonly walletId: bigint;
  readonly kind: WalletKind;
  readonly qualifier: string;
  readonly currency: Currency;
  readonly available: bigint;
  readonly held: bigint;
  readonly availableAfter: bigint;
  readonly heldAfter: bigint;
}

export interface CommittedBet {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly gameId: number;
  readonly roundRef: string;
  readonly currency: Currency;
  readonly stake: bigint;
  readonly bonusPart: bigint;
  /** The bonus grant that a part of the stake came from. */
  readonly grant: string | null;
  readonly balanceAfter: bigint;
  readonly sessionId: bigint | null;
  readonly selection: JsonValue;
  /** Undefined while the round is open; `closedBy` is the first transaction of the step that closed it. */
  readonly round: { readonly status: RoundStatus; readonly closedBy: bigint } | undefined;
}

export interface CommittedTransition {
  readonly betId: bigint;
  readonly transactionId: bigint;
  readonly number: number;
  readonly status: BetStatus;
  readonly outcome: BetOutcome | null;
  readonly settledCash: bigint;
  readonly settledBonus: bigint;
  /** Gross payout so far, in all. */
  readonly paidCash: bigint;
  readonly paidBonus: bigint;
  readonly late: boolean;
}

export type SideEventRecord = Readonly<Record<string, JsonValue>> & { readonly type: string };

/** What the batches of a slice refer to. */
export interface EventFacts {
  /** The legs of every transaction that is not about a bet. */
  readonly legs: ReadonlyMap<bigint, readonly CommittedLeg[]>;
  readonly bets: ReadonlyMap<bigint, CommittedBet>;
  /** By bet, in the order of their numbers. */
  readonly transitions: ReadonlyMap<bigint, readonly CommittedTransition[]>;
  readonly games: ReadonlyMap<number, { readonly code: string; readonly provider: string }>;
  readonly providers: ReadonlyMap<number, string>;
}
