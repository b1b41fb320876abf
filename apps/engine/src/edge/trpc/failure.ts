/** Failures as tRPC carries them: the house's code, sentence and data beside tRPC's own. */
import { errorRow, type ErrorCode } from "@pitboss/domain/kernel/errors";
import type { Failure, FailureValue, Result } from "@pitboss/domain/kernel/result";
import { TRPCError } from "@trpc/server";
import { z } from "zod";
import { formatTrace } from "../problem.ts";

/** What every error of the staff API has under `data.failure`. */
export interface FailureShape {
  readonly code: ErrorCode;
  readonly sentence: string;
  readonly detail: string | null;
  readonly data: Readonly<Record<string, FailureValue>>;
  readonly retry: boolean;
  readonly traceId: string;
}

class FailureError extends Error {
  readonly failure: Failure;
  constructor(failure: Failure) {
    super(failure.detail ?? errorRow(failure.code).sentence);
    this.failure = failure;
  }
}

export function throwFailure(failure: Failure): never {
  const cause = new FailureError(failure);
  throw new TRPCError({ code: errorRow(failure.code).trpc, message: cause.message, cause });
}

/** The value, or the failure as tRPC's error. */
export function orThrow<T>(result: Result<T>): T {
  return result.ok ? result.value : throwFailure(result.error);
}

export function failureShape(error: TRPCError, traceId: string): FailureShape {
  const { code, detail, data } = failureOf(error);
  const row = errorRow(code);
  return {
    code,
    sentence: row.sentence,
    detail: detail ?? null,
    data: data ?? {},
    retry: row.retry,
    traceId: formatTrace(traceId),
  };
}

function failureOf(error: TRPCError): Failure {
  if (error.cause instanceof FailureError) return error.cause.failure;
  if (error.cause instanceof z.ZodError) return inputFailure(error.cause);
  switch (error.code) {
    case "NOT_FOUND":
    case "METHOD_NOT_SUPPORTED":
      return { code: "ROUTE_NOT_FOUND" };
    case "BAD_REQUEST":
    case "PARSE_ERROR":
      return { code: "BODY_MALFORMED" };
    case "PAYLOAD_TOO_LARGE":
      return { code: "BODY_TOO_LARGE" };
    case "UNSUPPORTED_MEDIA_TYPE":
      return { code: "MEDIA_TYPE_UNSUPPORTED" };
    default:
      return { code: "INTERNAL" };
  }
}

/** The first thing that is wrong in words, and every field that is, so that a form can mark them. */
function inputFailure(error: z.ZodError): Failure {
  const fields = error.issues.map((issue) => issue.path.map(String).join("."));
  const [first] = error.issues;
  const where = fields[0] === undefined || fields[0] === "" ? "" : `${fields[0]}: `;
  return {
    code: "REQUEST_INVALID",
    detail: first === undefined ? "The input is not valid." : `${where}${first.message}`,
    data: { fields: [...new Set(fields)] },
  };
}
