/**
 * What a failure means for the batch: `conflict`, decide it again on fresh state; `lost`, the connection is gone and
 * whether a sent COMMIT happened is unknown; `fault`, this batch can't be decided or written as it is. What the server
 * did not say itself is a fault of ours: a connection that breaks has told its lane before its statements fail.
 */
import pg from "pg";
import { CommitRefusedError } from "@pitboss/db/wallet/door/write-batch";

/** The driver's words where no answer came in time. It breaks the connection with it, but tells that a moment later. */
const silence = "Query read timeout";

const conflicts = new Set([
  "40001", // serialization failure
  "40P01", // deadlock: the victim was rolled back whole
  "55P03", // a lock was not had in time
  "PB001", // decided on balances that are no longer there
]);

export function classifyDatabaseError(error: unknown): "conflict" | "lost" | "fault" {
  if (error instanceof CommitRefusedError) return "conflict";
  if (error instanceof Error && error.message === silence) return "lost";
  if (!(error instanceof pg.DatabaseError)) return "fault";
  const code = error.code ?? "";
  if (conflicts.has(code)) return "conflict";
  // Another engine took the request id first: it will be found on the next load. Ids of a batch may meet likewise.
  if (code === "23505") return "conflict";
  return endsSession(code) ? "lost" : "fault";
}

/** 08 connection, 57P shutdown and crash, 53 out of resources: the session can't go on. */
function endsSession(code: string): boolean {
  return code.startsWith("08") || code.startsWith("57P") || code.startsWith("53");
}

const networkErrors = new Set(["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT", "ENOTFOUND", "EAI_AGAIN", "ENOENT"]);
/** The driver's own words for a connection that is gone or could not be had; it gives them no code. */
const driverWords =
  /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect|Query read timeout)/;

/** Whether a statement of the pool failed because the database can't be reached, however deep that lies in its causes. */
export function isDatabaseAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (error instanceof pg.DatabaseError ? endsSession(code) : networkErrors.has(code)) return true;
  return driverWords.test(error.message) || isDatabaseAway(error.cause);
}
