/** The gate's row of one player, for all that is not a bet. Whoever changes it holds the player's lock. */
import { type GateState, emptyState } from "@pitboss/domain/risk/gate-state";
import type { ExclusionKind } from "@pitboss/domain/compliance/exclusion";
import type { ProfileName } from "@pitboss/domain/risk/limit-profile";
import { readOlderPlay, readPlay, storeOlderPlay, storePlay } from "@pitboss/domain/risk/stored-play";
import type { KycLevel } from "@pitboss/domain/compliance/standing";
import { playerStatusOf, type PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstantOrNull } from "../kernel/executor.ts";

export interface GatedPlayer {
  readonly id: bigint;
  readonly status: PlayerStatus;
  readonly country: string;
  readonly kycLevel: KycLevel;
  readonly state: GateState;
}

/** The player with what the gate knows, locked until the transaction ends: no bet is decided in between. */
export function lockGatedPlayer(tx: Executor, playerId: bigint): Promise<GatedPlayer | undefined> {
  return find(tx, playerId, sql`FOR NO KEY UPDATE`);
}

export function findGatedPlayer(db: Executor, playerId: bigint): Promise<GatedPlayer | undefined> {
  return find(db, playerId, sql``);
}

async function find(db: Executor, playerId: bigint, lock: SQL): Promise<GatedPlayer | undefined> {
  const [player] = await queryRows<{ status: number; country: string; kyc_level: KycLevel }>(
    db,
    sql`SELECT status, country, kyc_level FROM players WHERE id = ${playerId} ${lock}`,
  );
  if (player === undefined) return undefined;
  // A statement of its own: it sees what was committed while the lock was waited for.
  const [row] = await queryRows<{
    block_kind: ExclusionKind | null;
    block_until: string | null;
    young_until: string | null;
    profile: ProfileName;
    reality_check_minutes: number | null;
    play: string;
    older: string;
  }>(db, sql`SELECT * FROM player_gates WHERE player_id = ${playerId}`);
  const state: GateState =
    row === undefined
      ? emptyState(playerId)
      : {
          playerId,
          block:
            row.block_kind === null
              ? null
              : { kind: row.block_kind, untilMs: readInstantOrNull(row.block_until)?.getTime() ?? null },
          youngUntilMs: readInstantOrNull(row.young_until)?.getTime() ?? null,
          profile: row.profile,
          realityCheckMs: row.reality_check_minutes === null ? null : row.reality_check_minutes * 60_000,
          ...readPlay(row.play),
          stored: true,
          changed: false,
        };
  if (row !== undefined) readOlderPlay(state, row.older);
  return {
    id: playerId,
    status: playerStatusOf(player.status),
    country: player.country,
    kycLevel: player.kyc_level,
    state,
  };
}

export async function saveGate(tx: Executor, state: GateState): Promise<void> {
  const { playerId, block, youngUntilMs, profile, realityCheckMs } = state;
  const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  await tx.execute(sql`
    INSERT INTO player_gates (player_id, block_kind, block_until, young_until, profile, reality_check_minutes, play, older)
    VALUES (${playerId}, ${block?.kind ?? null}, ${instant(block?.untilMs ?? null)}::timestamptz,
            ${instant(youngUntilMs)}::timestamptz, ${profile}, ${realityCheckMs === null ? null : realityCheckMs / 60_000},
            ${storePlay(state)}, ${storeOlderPlay(state) ?? ""})
    ON CONFLICT (player_id) DO UPDATE
       SET block_kind = excluded.block_kind, block_until = excluded.block_until, young_until = excluded.young_until,
           profile = excluded.profile, reality_check_minutes = excluded.reality_check_minutes, play = excluded.play,
           older = excluded.older`);
}
