/** Judges where a player is by the pack that they are under, and keeps what was judged, whatever came of it. */
import type { Executor } from "@pitboss/db/kernel/executor";
import type { GeoOccasion } from "@pitboss/db/risk/geo-decisions.schema";
import { findDocumentCountry, insertGeoDecision } from "@pitboss/db/risk/geo-store";
import { type GeoFacts, geoRulesVersion, judgeGeo, type GeoRefusal, refusalOf } from "@pitboss/domain/risk/geo";
import type { Position } from "@pitboss/domain/risk/geo-contract";
import type { Pack } from "@pitboss/domain/risk/jurisdiction-pack";
import type { Principal } from "../../identity/authenticate.ts";
import type { GeoLocator } from "./geo-locator.ts";

export interface Place {
  readonly facts: GeoFacts;
  /** Null where an operator told a position alone. */
  readonly ip: string | null;
  readonly position?: Position | undefined;
}

/** Where whoever calls is; null for an operator, whose own address says nothing about the player. */
export async function placeOfCaller(
  geo: Pick<GeoLocator, "look">,
  principal: Principal,
  ip: string,
): Promise<Place | null> {
  return principal.kind === "machine" ? null : { ip, facts: await geo.look(ip) };
}

export interface JudgedPlace {
  readonly decisionId: bigint;
  readonly refusal: GeoRefusal | undefined;
}

export async function judgePlace(
  db: Executor,
  player: { readonly id: bigint; readonly country: string; readonly pack: Pack },
  { facts, ip, position }: Place,
  occasion: GeoOccasion,
): Promise<JudgedPlace> {
  const { id: playerId, country, pack } = player;
  const documentCountry = facts.documentCountry ?? (await findDocumentCountry(db, playerId));
  const judged = judgeGeo(pack.rules.geo, pack.countries, country, { ...facts, documentCountry });
  const decisionId = await insertGeoDecision(db, {
    playerId,
    occasion,
    verdict: judged.verdict,
    rule: judged.findings[0]?.rule ?? null,
    ruleVersion: geoRulesVersion,
    findings: judged.findings,
    inputs: judged.inputs,
    pack: pack.code,
    packVersion: pack.version,
    ip,
    latitude: position?.latitude.toFixed(1) ?? null,
    longitude: position?.longitude.toFixed(1) ?? null,
  });
  return { decisionId, refusal: refusalOf(judged) };
}
