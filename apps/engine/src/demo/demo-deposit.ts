/** Money of the demo: it comes from a payment service that does not exist, through the ledger's door like all money. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { MoveCommand } from "@pitboss/domain/gaming/decide";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { hash64, requestKey } from "../gaming/request-key.ts";

const scope = "demo";

interface DemoDeposit {
  readonly playerId: bigint;
  readonly amount: bigint;
  readonly currency: Currency;
  readonly requestId: string;
  readonly traceId: string;
  readonly actor: string;
}

export function demoDepositEnvelope(deposit: DemoDeposit): Envelope<MoveCommand> {
  const { playerId, amount, currency, requestId, traceId, actor } = deposit;
  return {
    command: {
      type: "move",
      playerId,
      requestKey: requestKey(scope, requestId),
      bodyHash: hash64(`demo-deposit|${playerId}|${amount}|${currency}`),
      move: { type: "DEPOSIT", playerId, currency, amount, psp: "demo-card" },
    },
    requestId,
    traceId,
    actor,
  };
}

/** The request of a demo player's first deposit in a currency. Whoever had theirs in EUR is a player of the demo. */
export function firstDepositRequest(playerId: bigint, currency: Currency): string {
  return `demo-deposit:${formatId("player", playerId)}:${currency}`;
}

export function firstDepositKey(playerId: bigint): string {
  return requestKey(scope, firstDepositRequest(playerId, "EUR"));
}
