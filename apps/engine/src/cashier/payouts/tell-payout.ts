/** The events that a payout goes out with, as the outbox keeps them. */
import type { PayoutRecord } from "@pitboss/db/cashier/payout-store";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { EventOf } from "@pitboss/domain/ops/events";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { formatTrace } from "../../edge/problem.ts";

type Names =
  | "payout.requested"
  | "payout.approved"
  | "payout.rejected"
  | "payout.submitted"
  | "payout.paid"
  | "payout.returned";
type Common = "eventId" | "ts" | "event" | "version" | "traceId" | "playerId" | "subject";
/** What an event has beyond what every payout tells. */
type More<N extends Names> = Omit<EventOf<N>, Common | keyof EventOf<"payout.requested">>;

type Told = Pick<PayoutRecord, "id" | "playerId" | "traceId" | "requestId" | "currency" | "amount" | "method" | "psp">;

export function tellPayout<N extends Names>(type: N, payout: Told, more: More<N>): JsonObject {
  const payoutId = formatId("payout", payout.id);
  return {
    type,
    playerId: formatId("player", payout.playerId),
    traceId: formatTrace(payout.traceId),
    subject: payoutId,
    payoutId,
    currency: payout.currency,
    amount: formatMinor(payout.amount, payout.currency),
    method: payout.method,
    psp: payout.psp,
    requestId: payout.requestId,
    ...(more as JsonObject),
  };
}
