/**
 * Events of a batch that its ledger rows do not tell: refusals, tombstones, rounds that closed without a movement,
 * corrections that moved nothing. They are stored as they go out; a game or provider goes by its number, which the
 * relay turns into its code (`buildEvents`).
 */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { SideEvent } from "@pitboss/db/wallet/door/batch";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Outcome } from "@pitboss/domain/gaming/fold-batch";
import { undoReason } from "@pitboss/domain/gaming/undo-action";
import type { Accepted, Refused } from "@pitboss/domain/wallet/book";
import { isJackpotTransaction } from "@pitboss/domain/wallet/ledger-codes";
import { formatTrace } from "../edge/problem.ts";

export function sideEvents(envelope: Envelope, outcome: Outcome): readonly SideEvent[] {
  if (outcome.kind === "refused") return [denied(envelope, outcome.decision)];
  if (outcome.kind === "accepted") return notedBy(envelope, outcome.decision);
  return [];
}

function denied(envelope: Envelope, { failure, rule, ruleVersion, inputs }: Refused): SideEvent {
  const { command, round } = envelope;
  const refusal = { ...base(envelope), code: failure.code, rule, ruleVersion, inputs };
  if (command.type === "move" || command.type === "post") return { type: "wallet.denied", ...refusal };
  const game = command.type === "place" ? { game: command.gameId } : { gameId: null };
  return { type: "bet.denied", ...refusal, command: command.type, roundId: round?.ref ?? null, ...game };
}

function notedBy(envelope: Envelope, { tombstone, round, transactions, transitions = [] }: Accepted): SideEvent[] {
  if (tombstone !== undefined) return [{ type: "bet.tombstoned", ...base(envelope), requestKey: tombstone }];
  // What moved in a jackpot's pool is told by events of its own, and says nothing of the bet or the round.
  if (transactions.some(({ type }) => !isJackpotTransaction(type))) return [];
  if (round !== undefined && envelope.round !== undefined) {
    const { ref, providerId } = envelope.round;
    return [{ type: "round.closed", ...base(envelope), roundId: ref, provider: providerId, status: round.status }];
  }
  const { command } = envelope;
  if (command.type !== "correct" && command.type !== "undo") return [];
  return transitions.map(({ bet, number }) => ({
    type: "bet.corrected",
    ...base(envelope),
    betId: formatId("bet", bet.id),
    transition: number,
    reason: command.type === "correct" ? command.reason : undoReason,
  }));
}

function base({ command, traceId, requestId }: Envelope) {
  return { playerId: formatId("player", command.playerId), traceId: formatTrace(traceId), requestId };
}
