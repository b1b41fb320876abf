/** A failure as the console shows it: the code of the house's one table, and what a person needs beside its sentence. */
import { type ErrorCode, errors } from "@pitboss/domain/kernel/errors";

export interface ViewFailure {
  readonly code: ErrorCode;
  /** What the table's sentence can't know: a field's name, a limit's amount. */
  readonly detail?: string | undefined;
  /** What the engine's log knows this request by. */
  readonly traceId?: string | undefined;
}

export function isErrorCode(text: unknown): text is ErrorCode {
  return typeof text === "string" && text in errors;
}

export function mayRetry(failure: ViewFailure): boolean {
  return errors[failure.code].retry;
}
