/** A deposit as the public API shows it. */
import type { DepositRecord } from "@pitboss/db/cashier/deposit-store";
import type { depositAnswer } from "@pitboss/domain/cashier/contract";
import { isOpen } from "@pitboss/domain/cashier/deposit-machine";
import { wireMethod } from "@pitboss/domain/cashier/payment-method";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { z } from "zod";

export function presentDeposit(deposit: DepositRecord): z.infer<typeof depositAnswer> {
  const { currency, credited, nextAction, failure, transactionId } = deposit;
  return {
    depositId: formatId("deposit", deposit.id),
    playerId: formatId("player", deposit.playerId),
    status: deposit.state,
    amount: { amount: formatMinor(deposit.amount, currency), currency },
    credited: credited === null ? null : { amount: formatMinor(credited, currency), currency },
    method: wireMethod(deposit.method),
    card: { brand: deposit.instrument.brand, last4: deposit.instrument.last4 },
    nextAction:
      nextAction !== null && isOpen(deposit.state) ? { type: "redirect", url: textOf(nextAction["url"]) } : null,
    failure: failure === null ? null : { code: textOf(failure["code"]), message: textOf(failure["message"]) },
    chain:
      deposit.chain === null
        ? null
        : {
            transactionHash: deposit.chain.txHash,
            confirmations: deposit.chain.confirmations,
            needed: deposit.chain.needed,
          },
    transactionId: transactionId === null ? null : formatId("transaction", transactionId),
    createdAt: deposit.createdAt.toISOString(),
    expiresAt: deposit.expiresAt.toISOString(),
  };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
