/** Answers of registers of self-excluded people, and by which of them players stand. */
import { and, desc, eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { registerChecks } from "./register-checks.schema.ts";
import { registerStandings } from "./register-standings.schema.ts";

export type RegisterCheck = typeof registerChecks.$inferSelect;

export async function insertRegisterCheck(db: Executor, check: Omit<RegisterCheck, "id" | "at">): Promise<void> {
  await db.insert(registerChecks).values(check);
}

/** Newest first. */
export async function listRegisterChecks(db: Executor, playerId: bigint, limit: number): Promise<RegisterCheck[]> {
  return db
    .select()
    .from(registerChecks)
    .where(eq(registerChecks.playerId, playerId))
    .orderBy(desc(registerChecks.id))
    .limit(limit);
}

/** When the register last said that the player is not in it; null where it never did. */
export async function findClearAt(db: Executor, playerId: bigint, register: string): Promise<Date | null> {
  const [row] = await db
    .select({ clearAt: registerStandings.clearAt })
    .from(registerStandings)
    .where(and(eq(registerStandings.playerId, playerId), eq(registerStandings.register, register)));
  return row?.clearAt ?? null;
}

/** `clearAt` undefined leaves what was known, null forgets it. */
export async function saveRegisterStanding(
  db: Executor,
  standing: {
    readonly playerId: bigint;
    readonly register: string;
    readonly clearAt?: Date | null;
    readonly askAt: Date | null;
  },
): Promise<void> {
  const { playerId, register, clearAt, askAt } = standing;
  await db
    .insert(registerStandings)
    .values({ playerId, register, clearAt: clearAt ?? null, askAt })
    .onConflictDoUpdate({
      target: [registerStandings.playerId, registerStandings.register],
      set: { askAt, ...(clearAt === undefined ? {} : { clearAt }) },
    });
}

/** Players of those countries of whom it was never asked; how many there were. */
export async function enrolRegisterPlayers(
  db: Executor,
  register: string,
  countries: readonly string[],
  now: Date,
  limit: number,
): Promise<number> {
  const { rowCount } = await db.execute(sql`
    INSERT INTO register_standings (player_id, register, ask_at)
    SELECT p.id, ${register}, ${now.toISOString()}::timestamptz
      FROM players p
     WHERE p.country IN (SELECT jsonb_array_elements_text(${JSON.stringify(countries)}::jsonb))
       AND NOT EXISTS (SELECT FROM register_standings s WHERE s.player_id = p.id AND s.register = ${register})
     ORDER BY p.id LIMIT ${limit}
        ON CONFLICT DO NOTHING`);
  return rowCount ?? 0;
}

/** Takes players that the register should be asked about, so that no other engine asks before `until`. */
export async function claimRegisterPlayers(
  db: Executor,
  register: string,
  now: Date,
  until: Date,
  limit: number,
): Promise<bigint[]> {
  const rows = await queryRows<{ player_id: string }>(
    db,
    sql`UPDATE register_standings SET ask_at = ${until}
         WHERE register = ${register}
           AND player_id IN (SELECT player_id FROM register_standings
                              WHERE register = ${register} AND ask_at <= ${now} ORDER BY ask_at LIMIT ${limit}
                                FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING player_id`,
  );
  return rows.map((row) => BigInt(row.player_id));
}
