/** A payout as the public API shows it. */
import type { PayoutRecord } from "@pitboss/db/cashier/payout-store";
import type { payoutAnswer } from "@pitboss/domain/cashier/payout-contract";
import { wireMethod } from "@pitboss/domain/cashier/payment-method";
import { payoutMessage } from "@pitboss/domain/cashier/payout-words";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { z } from "zod";
import { mayCancel } from "./cancel-payout.ts";

export function presentPayout(
  payout: PayoutRecord,
  cancelRules: ReadonlyMap<string, boolean>,
): z.infer<typeof payoutAnswer> {
  const { currency, instrument } = payout;
  return {
    payoutId: formatId("payout", payout.id),
    playerId: formatId("player", payout.playerId),
    status: payout.state,
    amount: { amount: formatMinor(payout.amount, currency), currency },
    paid: payout.paid === null ? null : { amount: formatMinor(payout.paid, currency), currency },
    method: wireMethod(payout.method),
    instrument: {
      instrumentId: formatId("instrument", instrument.id),
      brand: instrument.brand,
      last4: instrument.last4,
    },
    message: payoutMessage(payout.state, payout.rejection),
    mayCancel: mayCancel(cancelRules, payout),
    createdAt: payout.createdAt.toISOString(),
    updatedAt: payout.updatedAt.toISOString(),
  };
}
