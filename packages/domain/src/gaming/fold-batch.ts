/**
 * Folds a batch of commands through `decide`, in order. A refused command takes nothing from the next one; a request id
 * that comes twice in one batch is decided once.
 */
import { errorRow } from "../kernel/errors.ts";
import { moveCounters } from "../risk/move-counters.ts";
import { type Accepted, type Book, type Decision, record, type Refused, type RequestState } from "../wallet/book.ts";
import { type Command, decide } from "./decide.ts";
import { refuse } from "./refuse.ts";

export type Outcome =
  | { readonly kind: "accepted"; readonly decision: Accepted }
  | { readonly kind: "refused"; readonly decision: Refused; readonly stored: boolean; readonly final: boolean }
  /** Answered before this batch: the first answer stands behind the request. */
  | { readonly kind: "repeated"; readonly request: RequestState }
  /** The same request stands earlier in this batch, at that index. */
  | { readonly kind: "same"; readonly as: number }
  /** The batch is full; the command goes into the next one, untouched. */
  | { readonly kind: "deferred" };

export function foldBatch(book: Book, commands: readonly Command[]): Outcome[] {
  const first = new Map<string, number>();
  const outcomes: Outcome[] = [];
  for (const [index, command] of commands.entries()) {
    const earlier = first.get(command.requestKey);
    if (earlier !== undefined && commands[earlier]?.bodyHash === command.bodyHash) {
      outcomes.push({ kind: "same", as: earlier });
      continue;
    }
    const outcome =
      earlier === undefined ? step(book, command) : refused(book, command, refuse("request-same", "REQUEST_REUSED"));
    outcomes.push(outcome);
    // A refusal that may be asked again, or a command that waits, must not stand for the request.
    if (outcome.kind === "accepted" || outcome.kind === "repeated" || (outcome.kind === "refused" && outcome.final)) {
      if (earlier === undefined) first.set(command.requestKey, index);
    }
  }
  return outcomes;
}

function step(book: Book, command: Command): Outcome {
  const decision = decide(book, command);
  if ("repeated" in decision) return { kind: "repeated", request: decision.request };
  if (!decision.accepted) return refused(book, command, decision);
  if (book.nextId + BigInt(decision.transactions.length) > book.endId) return { kind: "deferred" };
  moveCounters(book, decision);
  record(book, decision);
  remember(book, command, decision);
  return { kind: "accepted", decision };
}

/** Later commands of the batch may name this bet by its request, or meet the tombstone that was just set. */
function remember(book: Book, command: Command, decision: Accepted): void {
  book.requests.set(command.requestKey, {
    kind: decision.placed === undefined ? "ANSWERED" : "PLACED",
    bodyHash: command.bodyHash,
    ref: decision.placed?.bet.id ?? decision.transactions[0]?.id ?? null,
    answer: null,
  });
  for (const key of [decision.tombstone, decision.undoes]) {
    if (key !== undefined) book.requests.set(key, { kind: "TOMBSTONE", bodyHash: null, ref: null, answer: null });
  }
  if (decision.win !== undefined) book.wins.set(command.requestKey, decision.win);
}

/** Codes that say that something was never there; a rule has not spoken, so there is no denial to keep. */
const notDenials = new Set(["PLAYER_NOT_FOUND", "GAME_NOT_FOUND"]);
/** The request id already stands for something else; these refusals must not be written under it. */
const requestTaken = new Set(["REQUEST_REUSED", "BET_ROLLED_BACK"]);

function refused(book: Book, command: Command, decision: Extract<Decision, { accepted: false }>): Outcome {
  const { code } = decision.failure;
  const stored = !notDenials.has(code);
  const final = stored && !errorRow(code).retry && !requestTaken.has(code);
  // A rollback later in the batch must find that its bet was refused, or it would leave a tombstone where a denial is.
  if (final)
    book.requests.set(command.requestKey, { kind: "DENIED", bodyHash: command.bodyHash, ref: null, answer: null });
  return { kind: "refused", decision, stored, final };
}
