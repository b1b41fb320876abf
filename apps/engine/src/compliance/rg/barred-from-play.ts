/** Why a player may open no game now, before any bet is asked about, wherever they are: an exclusion, or too low a level. */
import type { Executor } from "@pitboss/db/kernel/executor";
import type { Failure } from "@pitboss/domain/kernel/result";
import { checkPlay } from "@pitboss/domain/risk/gate";
import { findRgPlayer } from "./rg-player.ts";

export async function barredFromPlay(db: Executor, playerId: bigint, nowMs: number): Promise<Failure | undefined> {
  const player = await findRgPlayer(db, playerId, nowMs);
  // Whoever asks finds out by themselves that there is no such player.
  if (!player.ok) return undefined;
  const { pack, state, kycLevel } = player.value;
  return checkPlay(pack, state, kycLevel, nowMs)?.failure;
}
