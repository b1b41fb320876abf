import { sql } from "drizzle-orm";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface DenialRow {
  readonly id: bigint;
  readonly at: Date;
  readonly command: string;
  readonly code: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly detail: string | null;
  readonly inputs: JsonObject;
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
    rule_version: number;
    detail: string | null;
    inputs: JsonObject;
  }>(
    db,
    sql`SELECT id, at, command, code, rule, rule_version, detail, inputs FROM denials
         WHERE player_id = ${playerId} AND at < ${before}::timestamptz ORDER BY id DESC LIMIT ${limit}`,
  );
  return rows.map(({ rule_version: ruleVersion, ...row }) => ({
    ...row,
    ruleVersion,
    id: BigInt(row.id),
    at: readInstant(row.at),
  }));
}
