/**
 * The ledger's clock set back, for a demo casino that is to have a past: its history goes through the door like all money,
 * and only the time is told. Needs the owner of the database, and a ledger that nobody else writes meanwhile.
 */
import { sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import type { Database } from "../kernel/pool.ts";
import type { Session } from "../kernel/session.ts";

export async function openDemoClock(db: Database): Promise<void> {
  await defineClock(
    db,
    `coalesce(nullif(current_setting('pitboss.demo_clock', true), '')::timestamptz, clock_timestamp())`,
  );
}

/** What time it is for this session; the others keep the real one. */
export async function setDemoClock(session: Session, at: Date): Promise<void> {
  await session.run({ name: "set-demo-clock", text: "SELECT set_config('pitboss.demo_clock', $1::text, false)" }, [
    at.toISOString(),
  ]);
}

/** As migration 0001 made it. */
export async function closeDemoClock(db: Database): Promise<void> {
  await defineClock(db, "clock_timestamp()");
}

/** The engine's role may not do that; whoever owns the database steps out of it for a moment. */
async function defineClock(db: Database, clock: string): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL ROLE NONE`);
    await tx.execute(
      sql.raw(`CREATE OR REPLACE FUNCTION ledger_clock() RETURNS timestamptz LANGUAGE sql VOLATILE RETURN ${clock}`),
    );
  });
}

/** The demo's players have been here for as long as its history goes back. */
export async function backdatePlayers(db: Executor, playerIds: readonly bigint[], since: Date): Promise<void> {
  await db.execute(
    sql`UPDATE players SET created_at = ${since}::timestamptz - id * interval '7 minutes'
         WHERE id = ANY(${`{${playerIds.join(",")}}`}::bigint[])`,
  );
}
