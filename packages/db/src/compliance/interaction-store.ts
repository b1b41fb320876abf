/** What was said and done about a player's play. Rows are added and never changed. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant } from "../kernel/executor.ts";

export interface InteractionRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly at: Date;
  readonly kind: string;
  readonly actor: string;
  readonly note: string | null;
  readonly details: JsonObject;
}

export async function insertInteraction(
  db: Executor,
  { playerId, kind, actor, note, details }: Omit<InteractionRecord, "id" | "at">,
): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`INSERT INTO rg_interactions (player_id, kind, actor, note, details)
        VALUES (${playerId}, ${kind}, ${actor}, ${note}, ${JSON.stringify(details)}::jsonb) RETURNING id`,
  );
  return BigInt(row?.id ?? 0);
}

/** Newest first, of one player or of all, by keyset. */
export async function listInteractions(
  db: Executor,
  filter: { readonly playerId?: bigint | undefined; readonly before?: bigint | undefined; readonly limit: number },
): Promise<InteractionRecord[]> {
  const rows = await queryRows<{
    id: string;
    player_id: string;
    at: string;
    kind: string;
    actor: string;
    note: string | null;
    details: JsonObject;
  }>(
    db,
    sql`SELECT * FROM rg_interactions
         WHERE id < ${filter.before ?? 1n << 62n}
           AND (${filter.playerId ?? null}::bigint IS NULL OR player_id = ${filter.playerId ?? null}::bigint)
         ORDER BY id DESC LIMIT ${filter.limit}`,
  );
  return rows.map((row) => ({
    id: BigInt(row.id),
    playerId: BigInt(row.player_id),
    at: readInstant(row.at),
    kind: row.kind,
    actor: row.actor,
    note: row.note,
    details: row.details,
  }));
}
