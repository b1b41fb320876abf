/** Events of a batch that its ledger rows do not tell: refusals, tombstones, rounds that closed without a movement. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { SideEvent } from "@pitboss/db/wallet/door/write-batch";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Outcome } from "@pitboss/domain/gaming/fold-batch";
import { formatTrace } from "../edge/problem.ts";

export function sideEvents(envelope: Envelope, outcome: Outcome): readonly SideEvent[] {
  const { command } = envelope;
  const base = {
    playerId: formatId("player", command.playerId),
    traceId: formatTrace(envelope.traceId),
    ...(envelope.round === undefined ? {} : { roundId: envelope.round.ref }),
  };
  if (outcome.kind === "refused") {
    const { failure, rule, ruleVersion, inputs } = outcome.decision;
    return [{ type: "bet.denied", ...base, command: command.type, code: failure.code, rule, ruleVersion, inputs }];
  }
  if (outcome.kind !== "accepted") return [];
  const { decision } = outcome;
  if (decision.tombstone !== undefined) return [{ type: "bet.tombstoned", ...base, requestKey: decision.tombstone }];
  if (decision.round !== undefined && decision.transactions.length === 0) {
    return [{ type: "round.closed", ...base, status: decision.round.status }];
  }
  return [];
}
