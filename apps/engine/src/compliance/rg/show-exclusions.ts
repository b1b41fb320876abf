import { type ExclusionRecord, listExclusions } from "@pitboss/db/compliance/exclusion-store";
import { exclusionStateAt } from "@pitboss/domain/compliance/exclusion";
import type { ExclusionsAnswer } from "@pitboss/domain/compliance/rg-contract";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import { exclusionRulesOf } from "@pitboss/domain/risk/jurisdiction-pack";
import { findRgPlayer, type RgDeps } from "./rg-player.ts";

/** What keeps the player from play, and what did before. */
export async function showExclusions({ db, clock }: RgDeps, playerId: bigint): Promise<Result<ExclusionsAnswer>> {
  const nowMs = clock.now();
  const player = await findRgPlayer(db, playerId, nowMs);
  if (!player.ok) return player;
  const exclusions = (await listExclusions(db, playerId)).map((one) => presentExclusion(one, nowMs));
  const { minDays, timeOutMinHours, timeOutMaxDays, panicHours } = exclusionRulesOf(player.value.pack);
  return ok({
    excluded: exclusions.some(({ status }) => status !== "LIFTED"),
    exclusions,
    rules: { minDays, timeOutMinHours, timeOutMaxDays, panicHours },
  });
}

export function presentExclusion(exclusion: ExclusionRecord, nowMs: number): ExclusionsAnswer["exclusions"][number] {
  const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());
  return {
    exclusionId: formatId("exclusion", exclusion.id),
    kind: exclusion.kind,
    status: exclusionStateAt(exclusion, nowMs),
    startsAt: new Date(exclusion.startsAtMs).toISOString(),
    endsAt: iso(exclusion.endsAtMs),
    liftsAt: iso(exclusion.liftsAtMs),
  };
}
