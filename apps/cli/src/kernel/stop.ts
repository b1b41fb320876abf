/** How a command ends early: with a failure that a person and a program can read, and an exit code. */
import { type ErrorCode, errorRow } from "@pitboss/domain/kernel/errors";
import type { FailureValue } from "@pitboss/domain/kernel/result";
import { type ExitCode, exitCodes } from "./exit-codes.ts";

export interface CliFailure {
  readonly exit: ExitCode;
  /** A code of the house, or one of the CLI's own below. */
  readonly code: string;
  readonly sentence: string;
  readonly detail?: string | undefined;
  /** What to do next, as a sentence or a command. */
  readonly hint?: string | undefined;
  readonly retry?: boolean | undefined;
  readonly traceId?: string | undefined;
  readonly data?: Readonly<Record<string, FailureValue>> | undefined;
}

/** Carries a failure to `main`, the edge of the process, as tRPC's error carries it to the edge of the engine. */
export class Stop extends Error {
  readonly failure: CliFailure;
  constructor(failure: CliFailure) {
    super(failure.sentence);
    this.failure = failure;
  }
}

/** Failures that happen on this side of the wire; those of the engine come with their own code and sentence. */
const own = {
  USAGE: { exit: exitCodes.usage, sentence: "The command line is not right." },
  CONTEXT_UNKNOWN: { exit: exitCodes.usage, sentence: "There is no context of this name." },
  CONTEXT_NONE: { exit: exitCodes.usage, sentence: "No context is chosen, so there is no engine to ask." },
  CONFIG_UNUSABLE: { exit: exitCodes.failed, sentence: "A file of the configuration can't be used." },
  NOT_SIGNED_IN: { exit: exitCodes.denied, sentence: "You are not signed in." },
  ENGINE_UNREACHABLE: { exit: exitCodes.failed, sentence: "The engine can't be reached." },
  ENGINE_STRANGE: { exit: exitCodes.failed, sentence: "What answered is not a Pitboss engine of this version." },
  PLAN_CHANGED: { exit: exitCodes.refused, sentence: "This is no longer the plan that you saw; nothing was changed." },
  PLAN_TOO_LARGE: { exit: exitCodes.refused, sentence: "The plan is larger than --max allows; nothing was changed." },
  NOTHING_APPLIES: { exit: exitCodes.refused, sentence: "Nothing of this can be done." },
  SAID_NO: { exit: exitCodes.refused, sentence: "Nothing was changed." },
  DEMO_ONLY: { exit: exitCodes.refused, sentence: "This is for the demo casino alone, and refused in production." },
  INTERRUPTED: { exit: exitCodes.interrupted, sentence: "Interrupted." },
} as const satisfies Record<string, Pick<CliFailure, "exit" | "sentence">>;

export function stop(
  code: keyof typeof own,
  more: Omit<Partial<CliFailure>, "exit" | "code" | "sentence"> = {},
): never {
  throw new Stop({ code, ...own[code], ...more });
}

/** A failure of the engine as the CLI ends with it. */
export function engineFailure(code: ErrorCode, more: Omit<Partial<CliFailure>, "exit" | "code">): CliFailure {
  const row = errorRow(code);
  return { exit: row.exit, code, sentence: row.sentence, retry: row.retry, ...more };
}
