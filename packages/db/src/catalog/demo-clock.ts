/**
 * The ledger's clock set back, for a demo casino that is to have a past: its history goes through the door like all money,
 * and only the time is told. Needs the owner of the database, and a ledger that nobody else writes meanwhile.
 */
import { sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";

export async function setDemoClock(db: Executor, at: Date): Promise<void> {
  await db.execute(
    sql.raw(`CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
               RETURN timestamptz '${at.toISOString()}'`),
  );
}

/** As migration 0001 made it. */
export async function resetDemoClock(db: Executor): Promise<void> {
  await db.execute(
    sql.raw(`CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE
               RETURN clock_timestamp()`),
  );
}

/** The demo's players have been here for as long as its history goes back. */
export async function backdatePlayers(db: Executor, playerIds: readonly bigint[], since: Date): Promise<void> {
  await db.execute(
    sql`UPDATE players SET created_at = ${since} - id * interval '7 minutes'
         WHERE id = ANY(${`{${playerIds.join(",")}}`}::bigint[])`,
  );
}
