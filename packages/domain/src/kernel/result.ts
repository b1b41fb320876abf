/**
 * An expected outcome as a value. Functions of this house throw only for bugs; everything that a caller
 * can meet in production comes back as `Ok` or as `Err` with a failure whose code stands in `errors.ts`.
 */
import type { ErrorCode } from "./errors.ts";

export interface Ok<T> {
  readonly ok: true;
  readonly value: T;
}

/** A failure: the code says what, `data` carries the inputs that a person or a program needs to act on it. */
export interface Failure<C extends ErrorCode = ErrorCode> {
  readonly code: C;
  /** A sentence that adds what the table's sentence can't know (a field's name, a limit's amount). */
  readonly detail?: string;
  readonly data?: Readonly<Record<string, FailureValue>>;
}

export type FailureValue = string | number | boolean | null | readonly string[];

export interface Err<F extends Failure = Failure> {
  readonly ok: false;
  readonly error: F;
}

export type Result<T, F extends Failure = Failure> = Ok<T> | Err<F>;

export function ok<T>(value: T): Ok<T> {
  return { ok: true, value };
}

export function err<C extends ErrorCode>(
  code: C,
  detail?: string,
  data?: Readonly<Record<string, FailureValue>>,
): Err<Failure<C>> {
  return {
    ok: false,
    error: { code, ...(detail === undefined ? {} : { detail }), ...(data === undefined ? {} : { data }) },
  };
}

/** Throws on what can only be a bug; kept on in production. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`assertion failed: ${message}`);
}
