/** Keyed hashes that tell that two accounts share a phone number, a postal address, or a name with a birth date. */
import { eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { playerDetails } from "./player-details.schema.ts";
import { playerMarks } from "./player-marks.schema.ts";

export interface Mark {
  readonly kind: (typeof playerMarks.$inferSelect)["kind"];
  readonly mark: Buffer;
}

/** Players whose marks were not made yet. */
export async function listUnmarkedPlayers(db: Executor, limit: number): Promise<bigint[]> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`SELECT player_id AS id FROM player_details WHERE marked_at IS NULL AND erased_at IS NULL ORDER BY player_id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => BigInt(id));
}

/** In place of those that the player had. One who was erased meanwhile gets none. */
export async function setMarks(tx: Executor, playerId: bigint, marks: readonly Mark[], now: Date): Promise<void> {
  const [living] = await tx
    .select({ erasedAt: playerDetails.erasedAt })
    .from(playerDetails)
    .where(eq(playerDetails.playerId, playerId))
    .for("update");
  if (living === undefined || living.erasedAt !== null) return;
  await tx.delete(playerMarks).where(eq(playerMarks.playerId, playerId));
  if (marks.length > 0) await tx.insert(playerMarks).values(marks.map((mark) => ({ ...mark, playerId })));
  await tx.update(playerDetails).set({ markedAt: now }).where(eq(playerDetails.playerId, playerId));
}
