/** A failure as the console shows it: the code of the house's one table, and what a person needs beside its sentence. */
import { TRPCClientError } from "@trpc/client";
import { type ErrorCode, errors } from "@pitboss/domain/kernel/errors";
import { z } from "zod";

export interface ViewFailure {
  readonly code: ErrorCode;
  /** What the table's sentence can't know: a field's name, a limit's amount. */
  readonly detail?: string | undefined;
  /** What the engine's log knows this request by. */
  readonly traceId?: string | undefined;
  /** The inputs that the rule refused on. */
  readonly data?: Readonly<Record<string, unknown>> | undefined;
}

const carried = z.object({
  failure: z.object({
    code: z.string().refine(isErrorCode),
    detail: z.string().nullish(),
    traceId: z.string().nullish(),
    data: z.record(z.string(), z.unknown()).nullish(),
  }),
});

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errors, text);
}

export function mayRetry(failure: ViewFailure): boolean {
  return errors[failure.code].retry;
}

/** Reads whatever was thrown on the way to the engine. */
export function failureOf(error: unknown): ViewFailure {
  if (error instanceof TRPCClientError) {
    const read = carried.safeParse(error.data);
    if (read.success) {
      const { code, detail, traceId, data } = read.data.failure;
      return {
        code,
        detail: detail ?? undefined,
        traceId: traceId ?? undefined,
        data: data ?? undefined,
      };
    }
    // No answer at all, or one that no engine gave.
    return { code: "ENGINE_UNREACHABLE" };
  }
  return { code: "INTERNAL" };
}
