/** What each type of transaction means to the player whose balance it moved, in a sentence. */
import type { TransactionType } from "./ledger-codes.ts";

export const transactionSentences: Readonly<Record<TransactionType, string>> = {
  DEPOSIT: "A deposit was credited.",
  HOLD: "A bet was placed, and its stake set aside.",
  SETTLE_DEBIT: "The bet was settled, and its stake went to the house.",
  PAYOUT: "A bet won, and its payout has the stake in it; or a free round or a promotion did.",
  HOLD_RELEASE: "The bet was void or pushed, and its stake was given back.",
  ROLLBACK: "The bet was rolled back by its provider, and its stake given back.",
  CORRECTION: "The bet had been settled wrongly, or its provider took it back; this is the difference.",
  DEPOSIT_RELEASE: "A deposit that was held because of where it came from was let go.",
  WITHDRAW_HOLD: "A payout was requested, and its amount set aside.",
  WITHDRAW_SETTLE: "A payout was sent.",
  WITHDRAW_RELEASE: "A payout was not made, and its amount given back.",
  BONUS_GRANT: "A bonus was granted.",
  BONUS_CONVERT: "A bonus became cash, up to its cap.",
  BONUS_FORFEIT: "A bonus was forfeited.",
  JACKPOT_CONTRIBUTION: "A part of the house's result went into a jackpot.",
  JACKPOT_WIN: "A jackpot was won.",
  FEE: "A fee was charged.",
  CHARGEBACK: "A deposit was taken back by its payer's bank.",
  CHARGEBACK_REVERSAL: "A chargeback was reversed.",
  TRANSFER_OUT: "Money went to a provider's game bank.",
  TRANSFER_IN: "Money came back from a provider's game bank.",
  CONVERSION: "Cash was converted to another currency at the rate in its details.",
  ADJUSTMENT: "A member of staff adjusted the balance, for the reason in its details.",
};
