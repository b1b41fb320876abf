import type { DepositRecord } from "@pitboss/db/cashier/deposit-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { PaymentOrder } from "../psp/psp.ts";

/** What is asked of the provider for this deposit: the same for ever, so that asking twice is asking once. */
export function orderOf(deposit: DepositRecord): PaymentOrder {
  return {
    depositId: formatId("deposit", deposit.id),
    idempotencyKey: deposit.requestKey,
    playerId: formatId("player", deposit.playerId),
    currency: deposit.currency,
    amount: deposit.amount,
    token: deposit.instrument.token,
    returnUrl: deposit.returnUrl,
  };
}
