/** Failures as RFC 9457 problem details. */
import { errorRow } from "@pitboss/domain/kernel/errors";
import type { Failure } from "@pitboss/domain/kernel/result";
import type { FastifyReply } from "fastify";

export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly retry: boolean;
  readonly traceId: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

export function problemOf(failure: Failure, traceId: string): Problem {
  const row = errorRow(failure.code);
  return {
    type: `urn:pitboss:problem:${failure.code}`,
    title: row.sentence,
    status: row.http,
    code: failure.code,
    ...(failure.detail === undefined ? {} : { detail: failure.detail }),
    retry: row.retry,
    traceId: formatTrace(traceId),
    ...(failure.data === undefined || Object.keys(failure.data).length === 0 ? {} : { data: failure.data }),
  };
}

export function sendProblem(reply: FastifyReply, failure: Failure, traceId: string): FastifyReply {
  const row = errorRow(failure.code);
  if (row.retry && row.http === 503) reply.header("retry-after", "1");
  return reply
    .code(row.http)
    .type("application/problem+json")
    .send(JSON.stringify(problemOf(failure, traceId)));
}

/** `tr_` and the 32 hex digits of the W3C trace id. */
export function formatTrace(traceId: string): string {
  return `tr_${traceId.replaceAll("-", "")}`;
}
