/** Judges where a player is before they play, and keeps a refusal among their denials, where the ledger's own are. */
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import type { Database } from "@pitboss/db/kernel/pool";
import type { GeoOccasion } from "@pitboss/db/risk/geo-decisions.schema";
import { geoRulesVersion } from "@pitboss/domain/risk/geo";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { readPacks } from "../gate-rules.ts";
import { judgePlace, type Place } from "./judge-place.ts";

export interface PlaceQuestion {
  readonly player: { readonly id: bigint; readonly country: string };
  readonly place: Place;
  readonly occasion: GeoOccasion;
  /** As the denial names it. */
  readonly command: string;
  readonly requestKey: string;
  readonly traceId: string;
  readonly atMs: number;
}

/** The number of the decision that lets them pass. */
export async function denyPlace(db: Database, question: PlaceQuestion): Promise<Result<bigint>> {
  const { player, place, occasion, command, requestKey, traceId, atMs } = question;
  const pack = (await readPacks(db)).of(player.country, atMs);
  return db.transaction(async (tx) => {
    const { decisionId, refusal } = await judgePlace(tx, { ...player, pack }, place, occasion);
    if (refusal === undefined) return ok(decisionId);
    const { rule, code, inputs } = refusal;
    await insertDenial(tx, {
      playerId: player.id,
      requestKey,
      traceId,
      command,
      code,
      rule: `risk.${rule}`,
      ruleVersion: geoRulesVersion,
      inputs: { ...inputs, jurisdiction: pack.code, packVersion: pack.version },
    });
    // How somebody was found out is for staff: whoever hides would try until nothing is.
    return err(code);
  });
}
