/** Sends an envelope through its lane and turns what came back into the body of the first answer, or into a failure. */
import type { Database } from "@pitboss/db/kernel/pool";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { findDenial, findPlacedFacts, type PlacedFacts } from "@pitboss/db/wallet/first-answer";
import { type ErrorCode, errors } from "@pitboss/domain/kernel/errors";
import type { Failure } from "@pitboss/domain/kernel/result";
import type { RequestState } from "@pitboss/domain/wallet/book";
import type { Lanes } from "../wallet/lanes.ts";
import { placedFacts, presentPlaced } from "./present.ts";

export type Submitted =
  /**
   * `body` is JSON text; of a bet that was placed now, `placed` says the same without it. `repeated` where the request had
   * been answered before.
   */
  | { readonly ok: true; readonly body: string; readonly placed?: PlacedFacts; readonly repeated: boolean }
  | { readonly ok: false; readonly failure: Failure; readonly traceId: string };

export interface SubmitContext {
  readonly lanes: Pick<Lanes, "submit">;
  readonly db: Database;
  readonly countAnswer: (command: string, result: string) => void;
}

export async function submitCommand(context: SubmitContext, envelope: Envelope): Promise<Submitted> {
  const submitted = await submit(context, envelope);
  const result = submitted.ok ? (submitted.repeated ? "repeated" : "accepted") : submitted.failure.code;
  context.countAnswer(envelope.command.type, result);
  return submitted;
}

async function submit(context: SubmitContext, envelope: Envelope): Promise<Submitted> {
  const answer = await context.lanes.submit(envelope);
  const { traceId } = envelope;
  if (answer.kind === "failed") return { ok: false, failure: answer.failure, traceId };
  const { outcome, answer: text } = answer.ran;
  switch (outcome.kind) {
    case "accepted": {
      const placed = placedFacts(outcome.decision);
      if (placed === undefined) return { ok: true, body: text ?? "{}", repeated: false };
      return {
        ok: true,
        // Not every caller needs it as text.
        get body() {
          return presentPlaced(placed);
        },
        placed,
        repeated: false,
      };
    }
    case "refused":
      return { ok: false, failure: outcome.decision.failure, traceId: answer.ran.traceId };
    case "repeated":
      return repeatAnswer(context.db, outcome.request, traceId);
    case "deferred":
      throw new Error("a lane keeps deferred commands to itself");
  }
}

async function repeatAnswer(db: Database, request: RequestState, traceId: string): Promise<Submitted> {
  try {
    if (request.answer !== null) return { ok: true, body: request.answer, repeated: true };
    if (request.kind === "PLACED" && request.ref !== null) {
      const facts = await findPlacedFacts(db, request.ref);
      if (facts !== undefined) return { ok: true, body: presentPlaced(facts), repeated: true };
    }
    if (request.kind === "DENIED" && request.ref !== null) {
      const denial = await findDenial(db, request.ref);
      if (denial !== undefined) return { ok: false, failure: failureOf(denial), traceId: denial.traceId };
    }
  } catch {
    // The request was answered; only reading the answer again did not work now.
    return { ok: false, failure: { code: "OUTCOME_UNKNOWN" }, traceId };
  }
  throw new Error(`the answer of a ${request.kind} request is missing`);
}

/** What a stored refusal said. */
export function failureOf(denial: { code: string; detail: string | null; inputs: Failure["data"] }): Failure {
  const code: ErrorCode = Object.hasOwn(errors, denial.code) ? (denial.code as ErrorCode) : "INTERNAL";
  return {
    code,
    ...(denial.detail === null ? {} : { detail: denial.detail }),
    ...(denial.inputs === undefined ? {} : { data: denial.inputs }),
  };
}
