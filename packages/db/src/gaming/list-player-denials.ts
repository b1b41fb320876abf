import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface DenialRow {
  readonly id: bigint;
  readonly at: Date;
  readonly command: string;
  readonly code: string;
  readonly rule: string;
  readonly detail: string | null;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** What was refused to a player before an instant (ISO), newest first. */
export async function listPlayerDenials(
  db: Executor,
  playerId: bigint,
  before: string,
  limit: number,
): Promise<DenialRow[]> {
  const rows = await queryRows<{
    id: string;
    at: string;
    command: string;
    code: string;
    rule: string;
    detail: string | null;
    inputs: Record<string, unknown>;
  }>(
    db,
    sql`SELECT id, at, command, code, rule, detail, inputs FROM denials
         WHERE player_id = ${playerId} AND at < ${before}::timestamptz ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map((row) => ({ ...row, id: BigInt(row.id), at: readInstant(row.at) }));
}
