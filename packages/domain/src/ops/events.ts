/** All events that there are. A consumer picks by `event`, and tells repeats by `eventId`. */
import type { z } from "zod";
import {
  limitChanged,
  limitLapsed,
  limitReady,
  limitRequested,
  playerExcluded,
  reactivationAsked,
  reactivationDecided,
} from "../compliance/events.ts";
import {
  depositDeclined,
  depositExpired,
  depositInitiated,
  payoutApproved,
  payoutPaid,
  payoutRejected,
  payoutRequested,
  payoutReturned,
  payoutSubmitted,
} from "../cashier/events.ts";
import {
  betCorrected,
  betDenied,
  betPlaced,
  betRolledBack,
  betTombstoned,
  betVoided,
  roundClosed,
  roundCredited,
  roundSettled,
} from "../gaming/events.ts";
import { kycRevoked, kycVerified } from "../compliance/kyc/events.ts";
import {
  bonusConverted,
  bonusForfeited,
  bonusIssued,
  chargebackBooked,
  chargebackReversed,
  depositCredited,
  depositReleased,
  feeCharged,
  jackpotContributed,
  jackpotWon,
  moveDenied,
  payoutHeld,
  payoutReleased,
  payoutSettled,
  transferIn,
  transferOut,
  walletAdjusted,
  walletConverted,
} from "../wallet/events.ts";
import type { TransactionType } from "../wallet/ledger-codes.ts";

export const eventSchemas = {
  "bet.placed": betPlaced,
  "round.settled": roundSettled,
  "round.closed": roundClosed,
  "round.credited": roundCredited,
  "bet.voided": betVoided,
  "bet.rolled_back": betRolledBack,
  "bet.corrected": betCorrected,
  "bet.denied": betDenied,
  "bet.tombstoned": betTombstoned,
  "deposit.initiated": depositInitiated,
  "deposit.declined": depositDeclined,
  "deposit.expired": depositExpired,
  "deposit.credited": depositCredited,
  "deposit.released": depositReleased,
  "payout.held": payoutHeld,
  "payout.settled": payoutSettled,
  "payout.released": payoutReleased,
  "payout.requested": payoutRequested,
  "payout.approved": payoutApproved,
  "payout.rejected": payoutRejected,
  "payout.submitted": payoutSubmitted,
  "payout.paid": payoutPaid,
  "payout.returned": payoutReturned,
  "bonus.issued": bonusIssued,
  "bonus.converted": bonusConverted,
  "bonus.forfeited": bonusForfeited,
  "jackpot.contributed": jackpotContributed,
  "jackpot.won": jackpotWon,
  "fee.charged": feeCharged,
  "chargeback.booked": chargebackBooked,
  "chargeback.reversed": chargebackReversed,
  "transfer.out": transferOut,
  "transfer.in": transferIn,
  "wallet.converted": walletConverted,
  "wallet.adjusted": walletAdjusted,
  "wallet.denied": moveDenied,
  "rg.limit_changed": limitChanged,
  "rg.limit_requested": limitRequested,
  "rg.limit_ready": limitReady,
  "rg.limit_lapsed": limitLapsed,
  "rg.excluded": playerExcluded,
  "rg.reactivation_asked": reactivationAsked,
  "rg.reactivation_decided": reactivationDecided,
  "kyc.verified": kycVerified,
  "kyc.revoked": kycRevoked,
} as const;

export type EventName = keyof typeof eventSchemas;
export type EventOf<N extends EventName> = z.infer<(typeof eventSchemas)[N]>;
export type DomainEvent = { [N in EventName]: EventOf<N> }[EventName];

/** The events that a transaction of each type is told by. */
export const eventsOfTransaction = {
  DEPOSIT: ["deposit.credited"],
  HOLD: ["bet.placed"],
  SETTLE_DEBIT: ["round.settled"],
  PAYOUT: ["round.settled", "round.credited"],
  HOLD_RELEASE: ["round.settled", "bet.voided"],
  ROLLBACK: ["bet.rolled_back"],
  CORRECTION: ["bet.corrected", "round.credited"],
  DEPOSIT_RELEASE: ["deposit.released"],
  WITHDRAW_HOLD: ["payout.held"],
  WITHDRAW_SETTLE: ["payout.settled"],
  WITHDRAW_RELEASE: ["payout.released"],
  BONUS_GRANT: ["bonus.issued"],
  BONUS_CONVERT: ["bonus.converted"],
  BONUS_FORFEIT: ["bonus.forfeited"],
  JACKPOT_CONTRIBUTION: ["jackpot.contributed"],
  JACKPOT_WIN: ["jackpot.won"],
  FEE: ["fee.charged"],
  CHARGEBACK: ["chargeback.booked"],
  CHARGEBACK_REVERSAL: ["chargeback.reversed"],
  TRANSFER_OUT: ["transfer.out"],
  TRANSFER_IN: ["transfer.in"],
  CONVERSION: ["wallet.converted"],
  ADJUSTMENT: ["wallet.adjusted"],
} as const satisfies Record<TransactionType, readonly EventName[]>;

export function isEventName(text: string): text is EventName {
  return Object.hasOwn(eventSchemas, text);
}
