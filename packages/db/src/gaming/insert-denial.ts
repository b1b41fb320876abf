/** Refusals by rules that do not stand on the ledger's way; those that do are written by its door. */
import { sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";

export interface NewDenial {
  readonly playerId: bigint;
  readonly requestKey: string;
  readonly traceId: string;
  readonly command: string;
  readonly code: string;
  readonly rule: string;
  readonly ruleVersion: number;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export async function insertDenial(db: Executor, denial: NewDenial): Promise<void> {
  const { playerId, requestKey, traceId, command, code, rule, ruleVersion, inputs } = denial;
  await db.execute(sql`
    INSERT INTO denials (player_id, request_key, trace_id, rule_version, command, code, rule, inputs)
    VALUES (${playerId}, ${requestKey}::uuid, ${traceId}::uuid, ${ruleVersion}, ${command}, ${code}, ${rule},
            ${JSON.stringify(inputs)}::jsonb)`);
}
