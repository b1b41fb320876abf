/** The provider does not take the order at all, and so has no payment of it: the deposit is declined in its words. */
import { type DepositRecord, type DepositSource, moveDeposit } from "@pitboss/db/cashier/deposit-store";
import { depositMachine, isOpen } from "@pitboss/domain/cashier/deposit-machine";
import type { Cashier } from "../cashier.ts";
import { tellDeposit } from "./tell-deposit.ts";

export async function refuseOrder(
  { db }: Cashier,
  deposit: DepositRecord,
  why: string,
  source: DepositSource,
): Promise<void> {
  if (!isOpen(deposit.state)) return;
  await moveDeposit(db, {
    depositId: deposit.id,
    from: deposit.state,
    to: depositMachine[deposit.state].decline,
    event: "decline",
    source,
    webhookId: null,
    details: { said: "REFUSED", why },
    reference: null,
    nextAction: null,
    failure: { code: "refused", message: why },
    followAt: null,
    told: {
      playerId: deposit.playerId,
      event: tellDeposit("deposit.declined", deposit, { code: "refused" }),
    },
  });
}
