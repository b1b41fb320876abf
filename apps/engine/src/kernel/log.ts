import { DrizzleQueryError } from "drizzle-orm";
import pino from "pino";

export type Logger = pino.Logger;

export function createLog(level: string): Logger {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: tellError },
    redact: ["req.headers.authorization", "headers.authorization", "authorization", "token"],
  });
}

interface ToldError {
  readonly type: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
  readonly cause?: ToldError;
}

/** A failed statement is told without its parameters, and its cause without the row: both hold what people entrusted to us. */
export function tellError(error: unknown): ToldError {
  if (!(error instanceof Error)) return { type: typeof error, message: String(error) };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error instanceof DrizzleQueryError ? `a statement failed: ${error.query}` : error.message,
    ...(typeof code === "string" ? { code } : {}),
    ...(frames.length === 0 ? {} : { stack: frames.join("\n") }),
    ...(error.cause === undefined ? {} : { cause: tellError(error.cause) }),
  };
}
