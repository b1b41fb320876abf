/** The events that a deposit goes out with where no money moves, as the outbox keeps them. */
import type { DepositRecord } from "@pitboss/db/cashier/deposit-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { formatTrace } from "../../edge/problem.ts";

type Told = Pick<DepositRecord, "id" | "playerId" | "traceId" | "requestId" | "currency" | "amount" | "method" | "psp">;

type DepositEventName = "deposit.initiated" | "deposit.declined" | "deposit.expired";

/** `more` is what a declined one tells beyond what every deposit does. */
export function tellDeposit(type: DepositEventName, deposit: Told, more: JsonObject = {}): JsonObject {
  const depositId = formatId("deposit", deposit.id);
  return {
    type,
    playerId: formatId("player", deposit.playerId),
    traceId: formatTrace(deposit.traceId),
    subject: depositId,
    depositId,
    currency: deposit.currency,
    amount: formatMinor(deposit.amount, deposit.currency),
    method: deposit.method,
    psp: deposit.psp,
    requestId: deposit.requestId,
    ...more,
  };
}
