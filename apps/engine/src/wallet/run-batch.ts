/** One batch through the door: BEGIN and load in one trip, decide, write and COMMIT in the other. */
import { type Command } from "@pitboss/domain/gaming/decide";
import { foldBatch, type Outcome } from "@pitboss/domain/gaming/fold-batch";
import type { Accepted, GameRules } from "@pitboss/domain/wallet/book";
import type { Session } from "@pitboss/db/kernel/session";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { type GateRules, loadBook } from "@pitboss/db/wallet/door/load-book";
import type { AcceptedCommand, RefusedCommand, SideEvent } from "@pitboss/db/wallet/door/batch";
import { writeBatch } from "@pitboss/db/wallet/door/write-batch";

const begin = { name: "begin", text: "BEGIN" };
const rollback = { name: "rollback", text: "ROLLBACK" };

export interface BatchContext {
  readonly games: () => ReadonlyMap<number, GameRules>;
  /** What the gate goes by; absent where bets are to pass by the games' own rules alone. */
  readonly gate?: () => GateRules;
  /** The answer as it goes over the wire, or null where it is made again from the bet's row. */
  readonly answerText: (envelope: Envelope, decision: Accepted) => string | null;
  /** Events that the ledger's rows don't tell. */
  readonly sideEvents: (envelope: Envelope, outcome: Outcome) => readonly SideEvent[];
  readonly preferredStripe: number;
  /** Told when the first statement that could commit is about to be sent. */
  readonly onWriting?: () => void;
}

export interface Ran {
  readonly outcome: Exclude<Outcome, { kind: "same" }>;
  readonly answer: string | null;
  /** Of the request that was decided: a repeat in the same batch gets the first one's answer, trace and all. */
  readonly traceId: string;
}

export async function runBatch<C extends Command>(
  session: Session,
  envelopes: readonly Envelope<C>[],
  context: BatchContext,
): Promise<Ran[]> {
  const [, loaded] = await Promise.all([
    session.run(begin),
    loadBook(session, envelopes, context.games(), context.preferredStripe, context.gate?.()),
  ]);
  const firstId = loaded.book.nextId;
  const outcomes = foldBatch(
    loaded.book,
    envelopes.map(({ command }) => command),
  );
  const accepted: AcceptedCommand[] = [];
  const refused: RefusedCommand[] = [];
  const events: SideEvent[] = [];
  const answers: (string | null)[] = outcomes.map((outcome, index) => {
    const envelope = envelopes[index];
    if (envelope === undefined) return null;
    if (outcome.kind === "refused" && outcome.stored) {
      refused.push({ envelope, decision: outcome.decision, final: outcome.final });
      events.push(...context.sideEvents(envelope, outcome));
    }
    if (outcome.kind !== "accepted") return null;
    const answer = context.answerText(envelope, outcome.decision);
    accepted.push({ envelope, decision: outcome.decision, answer });
    events.push(...context.sideEvents(envelope, outcome));
    return answer;
  });
  if (accepted.length === 0 && refused.length === 0) await session.run(rollback);
  else {
    context.onWriting?.();
    const gates = loaded.book.gate?.states.values() ?? [];
    await writeBatch(session, { firstId, stripe: loaded.stripe, accepted, refused, events, gates });
  }
  return outcomes.map((_, index) => {
    const decided = decidedAt(outcomes, index);
    const outcome = outcomes[decided];
    const envelope = envelopes[decided];
    if (outcome === undefined || envelope === undefined || outcome.kind === "same") {
      throw new Error("a repeat points at a decided command");
    }
    return { outcome, answer: answers[decided] ?? null, traceId: envelope.traceId };
  });
}

function decidedAt(outcomes: readonly Outcome[], index: number): number {
  const outcome = outcomes[index];
  return outcome?.kind === "same" ? outcome.as : index;
}
