import { DrizzleQueryError } from "drizzle-orm";

/** Two proved one address in the same moment, and the unique index let the first one through. */
export function isTakenMeanwhile(error: unknown): boolean {
  const cause = error instanceof DrizzleQueryError ? error.cause : error;
  return (cause as { code?: unknown } | undefined)?.code === "23505";
}
