/** Plain HTTP to the engine: failures of the way there and problems of the engine, as the CLI ends with them. */
import { type ErrorCode, errors } from "@pitboss/domain/kernel/errors";
import { z } from "zod";
import { engineFailure, Stop, stop } from "../kernel/stop.ts";

/** Long enough for the slowest page of a list; what takes longer is asked for in parts. */
const timeoutMs = 60_000;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
}

const problem = z.object({
  code: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  traceId: z.string().optional(),
});

export async function post(url: string, body: unknown, signal: AbortSignal): Promise<Answer> {
  return reach(
    url,
    { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) },
    signal,
  );
}

export async function reach(url: string, init: RequestInit, signal: AbortSignal): Promise<Answer> {
  const response = await fetchFromEngine(url, init, signal);
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: parse(text) };
}

/** A `fetch` that ends in the CLI's own failures: used for tRPC as well. */
export async function fetchFromEngine(url: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
  const timeout = AbortSignal.timeout(timeoutMs);
  try {
    return await fetch(url, { ...init, redirect: "error", signal: AbortSignal.any([signal, timeout]) });
  } catch (error) {
    if (signal.aborted) stop("INTERRUPTED");
    const { origin } = new URL(url);
    if (timeout.aborted)
      stop("ENGINE_UNREACHABLE", { detail: `${origin} did not answer within a minute.`, retry: true });
    stop("ENGINE_UNREACHABLE", { detail: `${origin}: ${causeOf(error)}`, hint: "pitboss doctor", retry: true });
  }
}

/** The body of a good answer; anything else ends the command with what the engine said. */
export function bodyOf<T>(answer: Answer, schema: z.ZodType<T>): T {
  const failure = problemOf(answer);
  if (failure !== undefined) throw failure;
  const parsed = schema.safeParse(answer.body);
  return parsed.success ? parsed.data : stop("ENGINE_STRANGE");
}

export function problemOf({ status, body }: Answer): Stop | undefined {
  if (status >= 200 && status < 300) return undefined;
  const parsed = problem.safeParse(body);
  if (!parsed.success || !isErrorCode(parsed.data.code)) stop("ENGINE_STRANGE", { detail: `It answered ${status}.` });
  const { code, title, detail, traceId } = parsed.data;
  return new Stop(engineFailure(code, { sentence: title, detail, traceId }));
}

export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(errors, text);
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof AggregateError)
    return String((cause.errors as unknown[]).map((one) => messageOf(one)).join("; "));
  return messageOf(cause);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
