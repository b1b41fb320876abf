/** Why a player may open no game now, before any bet is asked about: an exclusion, too low a level, or where they are. */
import type { Executor } from "@pitboss/db/kernel/executor";
import type { Failure } from "@pitboss/domain/kernel/result";
import { checkPlay } from "@pitboss/domain/risk/gate";
import { checkGeo, type GeoFacts } from "@pitboss/domain/risk/geo";
import { findRgPlayer } from "./rg-player.ts";

export async function barredFromPlay(
  db: Executor,
  playerId: bigint,
  nowMs: number,
  geo: GeoFacts | null,
): Promise<Failure | undefined> {
  const player = await findRgPlayer(db, playerId, nowMs);
  // Whoever asks finds out by themselves that there is no such player.
  if (!player.ok) return undefined;
  const { pack, state, kycLevel, country } = player.value;
  const barred = checkPlay(pack, state, kycLevel, nowMs)?.failure;
  if (barred !== undefined || geo === null) return barred;
  const elsewhere = checkGeo(pack.rules.geo, pack.countries, country, geo);
  return elsewhere && { code: elsewhere.code, data: elsewhere.inputs };
}
