import { findPlayer } from "@pitboss/db/identity/player-directory";
import { personalFields } from "@pitboss/domain/identity/personal-data";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { PlayerDeps } from "./player-deps.ts";

/** What the house knows of a player, in clear, for that player. */
export async function showOwnProfile({ db, players }: PlayerDeps, playerId: bigint): Promise<Result<object>> {
  const [record, opened] = await Promise.all([findPlayer(db, playerId), players.open(db, playerId)]);
  if (record === undefined) return err("PLAYER_NOT_FOUND");
  const data = opened.ok ? opened.value.data : {};
  return ok({
    playerId: formatId("player", playerId),
    nickname: record.nickname,
    status: record.status,
    country: record.country,
    createdAt: record.createdAt.toISOString(),
    emailVerifiedAt: record.emailVerifiedAt?.toISOString() ?? null,
    ...Object.fromEntries(personalFields.map((field) => [field, data[field] ?? null])),
  });
}
