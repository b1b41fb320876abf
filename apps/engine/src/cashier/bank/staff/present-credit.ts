/** Money that came, as a line of a list. Who sent it stands in the detail alone. */
import type { BankCredit } from "@pitboss/db/cashier/bank-credit-store";
import type { CreditState } from "@pitboss/domain/cashier/bank/credit-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type Currency, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";

export interface BankCreditRow {
  readonly creditId: string;
  readonly bank: string;
  readonly entryReference: string;
  readonly state: CreditState;
  /** Why it waits for people, a code. */
  readonly why: string | null;
  readonly currency: Currency;
  readonly amount: string;
  readonly bookedOn: string;
  /** The reference that was found in it. */
  readonly reference: string | null;
  readonly playerId: string | null;
  readonly depositId: string | null;
  readonly payoutId: string | null;
  readonly receivedAt: string;
}

export function presentCredit(credit: BankCredit): BankCreditRow {
  const { id, bank, entryReference, state, why, amount, bookedOn, reference } = credit;
  const { playerId, depositId, payoutId } = credit;
  const currency = currencyOfNumber(credit.currency);
  return {
    creditId: formatId("bankCredit", id),
    bank,
    entryReference,
    state,
    why: state === "IN_INBOX" ? why : null,
    currency,
    amount: formatMinor(amount, currency),
    bookedOn,
    reference,
    playerId: playerId === null ? null : formatId("player", playerId),
    depositId: depositId === null ? null : formatId("deposit", depositId),
    payoutId: payoutId === null ? null : formatId("payout", payoutId),
    receivedAt: credit.receivedAt.toISOString(),
  };
}
