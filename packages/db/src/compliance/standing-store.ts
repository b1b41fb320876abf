/** What the house has verified of a player. */
import type { KycLevel, ScreeningState, Standing } from "@pitboss/domain/compliance/standing";
import { sql } from "drizzle-orm";
import { numberArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** Undefined where there is no such player. */
export async function readStanding(db: Executor, playerId: bigint): Promise<Standing | undefined> {
  const [row] = await queryRows<{ kyc_level: KycLevel; screening: ScreeningState; screened_at: Date | string | null }>(
    db,
    sql`SELECT p.kyc_level, coalesce(s.screening, 'NEVER') AS screening, s.screened_at
          FROM players p LEFT JOIN player_standings s ON s.player_id = p.id WHERE p.id = ${playerId}`,
  );
  if (row === undefined) return undefined;
  const { kyc_level, screening, screened_at } = row;
  return { kycLevel: kyc_level, screening, screenedAt: screened_at === null ? null : new Date(screened_at) };
}

/** Within a transaction that also writes why, and the audit row. */
export async function setKycLevel(db: Executor, playerId: bigint, level: KycLevel): Promise<void> {
  await db.execute(sql`UPDATE players SET kyc_level = ${level} WHERE id = ${playerId}`);
}

/** Within a transaction that also writes why, and the audit row. */
export async function setScreening(db: Executor, playerId: bigint, state: ScreeningState, at: Date): Promise<void> {
  await db.execute(sql`
    INSERT INTO player_standings (player_id, screening, screened_at, updated_at)
    VALUES (${playerId}, ${state}, ${at.toISOString()}::timestamptz, ${at.toISOString()}::timestamptz)
    ON CONFLICT (player_id) DO UPDATE
       SET screening = excluded.screening, screened_at = excluded.screened_at, updated_at = excluded.updated_at`);
}

/** They were screened, and nothing was found to have changed. */
export async function touchScreening(db: Executor, playerIds: readonly bigint[], at: Date): Promise<void> {
  if (playerIds.length === 0) return;
  await db.execute(sql`
    UPDATE player_standings SET screened_at = ${at.toISOString()}::timestamptz
     WHERE player_id = ANY(${numberArray(playerIds)}::bigint[]) AND screening <> 'NEVER'`);
}
