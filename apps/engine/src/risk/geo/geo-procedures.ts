/** Where players were, for staff: what was found, and what would be made of an address, a position and a document. */
import { findCountry } from "@pitboss/db/identity/find-country";
import type { GeoOccasion } from "@pitboss/db/risk/geo-decisions.schema";
import {
  findDocumentCountry,
  findGeoDecision,
  type GeoDecision,
  listGeoDecisions as listRecords,
} from "@pitboss/db/risk/geo-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err } from "@pitboss/domain/kernel/result";
import { positionField } from "@pitboss/domain/risk/geo-contract";
import {
  type GeoFacts,
  type GeoFinding,
  type GeoFindingRule,
  geoFindingRules,
  type GeoVerdict,
  geoVerdicts,
  judgeGeo,
} from "@pitboss/domain/risk/geo";
import { type Pack, packCode } from "@pitboss/domain/risk/jurisdiction-pack";
import { z } from "zod";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { readPacks } from "../gate-rules.ts";

export interface GeoDecisionRow {
  readonly decisionId: string;
  readonly playerId: string;
  readonly at: string;
  readonly occasion: GeoOccasion;
  readonly verdict: GeoVerdict;
  readonly rule: GeoFindingRule | null;
  readonly ruleVersion: number;
  readonly findings: readonly GeoFinding[];
  readonly inputs: Readonly<Record<string, string | boolean | null>>;
  readonly jurisdiction: string;
  readonly packVersion: number;
  readonly ip: string | null;
  /** Degrees, to a tenth. */
  readonly position: { readonly latitude: string; readonly longitude: string } | null;
}

/** What was found, newest first; with a verdict also those of which nothing was. */
export const listGeoDecisions = procedure("geo.read")
  .input(
    z.object({
      playerId: idInput("player").nullish(),
      verdict: z.enum(geoVerdicts).nullish(),
      rule: z.enum(geoFindingRules).nullish(),
      jurisdiction: packCode.nullish(),
      ...pageInput,
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<GeoDecisionRow>> => {
    const rows = await listRecords(ctx.deps.db, {
      playerId: input.playerId ?? undefined,
      verdict: input.verdict ?? undefined,
      rule: input.rule ?? undefined,
      pack: input.jurisdiction ?? undefined,
      before: readCursor("geoDecision", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentGeoDecision, ({ id }) => formatId("geoDecision", id));
  });

export const showGeoDecision = procedure("geo.read")
  .input(z.object({ decisionId: idInput("geoDecision") }))
  .query(async ({ ctx, input }): Promise<GeoDecisionRow> => {
    const found = await findGeoDecision(ctx.deps.db, input.decisionId);
    return found === undefined ? throwFailure({ code: "RECORD_NOT_FOUND" }) : presentGeoDecision(found);
  });

function presentGeoDecision(decision: GeoDecision): GeoDecisionRow {
  const { id, playerId, at, pack, latitude, longitude, ...rest } = decision;
  const { occasion, verdict, rule, ruleVersion, findings, inputs, packVersion, ip } = rest;
  return {
    decisionId: formatId("geoDecision", id),
    playerId: formatId("player", playerId),
    at: at.toISOString(),
    jurisdiction: pack,
    position: latitude === null || longitude === null ? null : { latitude, longitude },
    ...{ occasion, verdict, rule, ruleVersion, findings, inputs, packVersion, ip },
  };
}

const country = z.string().regex(/^[A-Z]{2}$/);

const explainInput = z.object({
  ip: z.union([z.ipv4(), z.ipv6()]).nullish(),
  position: positionField.nullish(),
  /** Where a device tells its country and no position. */
  deviceCountry: country.nullish(),
  documentCountry: country.nullish(),
  /** Whose account and document count, and whose pack alone is looked at. */
  playerId: idInput("player").nullish(),
});

export interface ExplainedPlace extends GeoFacts {
  /** The vendor that was asked about the address; null where the house has none, or no address was given. */
  readonly vendor: string | null;
  readonly packs: readonly {
    readonly code: string;
    readonly version: number;
    /** Of whose account it was looked at. */
    readonly accountCountry: string;
    readonly verdict: GeoVerdict;
    readonly findings: readonly GeoFinding[];
  }[];
}

/** What the rules that hold now make of a place. Nothing is kept; the vendor is asked where it has not told lately. */
export const explainGeo = procedure("geo.read")
  .input(explainInput)
  .query(async ({ ctx, input }): Promise<ExplainedPlace> => {
    const { db, clock, geo } = ctx.deps;
    const { ip, playerId } = input;
    if (ip == null && input.position == null && input.deviceCountry == null && input.documentCountry == null) {
      throwFailure({ code: "REQUEST_INVALID", detail: "An address, a position or a country is needed." });
    }
    const account = playerId == null ? undefined : await findCountry(db, playerId);
    if (playerId != null && account === undefined) orThrow(err("PLAYER_NOT_FOUND"));
    const documentCountry =
      input.documentCountry ?? (playerId == null ? null : await findDocumentCountry(db, playerId));
    const told = { position: input.position ?? undefined, country: input.deviceCountry ?? undefined, documentCountry };
    const facts = await geo.look(ip ?? null, told);
    const packs = await readPacks(db);
    const nowMs = clock.now();
    const current = [...new Set(packs.all.map(({ code }) => code))].sort();
    const looked: { pack: Pack; accountCountry: string }[] =
      account === undefined
        ? current
            .map((code) => ofCode(packs.all, code, nowMs))
            .map((pack) => ({ pack, accountCountry: pack.countries[0] ?? "" }))
        : [{ pack: packs.of(account, nowMs), accountCountry: account }];
    return {
      ...facts,
      vendor: ip == null ? null : geo.vendor,
      packs: looked.map(({ pack, accountCountry }) => {
        const { verdict, findings } = judgeGeo(pack.rules.geo, pack.countries, accountCountry, facts);
        return { code: pack.code, version: pack.version, accountCountry, verdict, findings };
      }),
    };
  });

/** Newest first, so that the first that has begun is in force; of a code of which none has, the one that comes. */
function ofCode(all: readonly Pack[], code: string, nowMs: number): Pack {
  const versions = all.filter((pack) => pack.code === code);
  const [first] = versions;
  if (first === undefined) throw new Error("a code was taken from the packs themselves");
  return versions.find(({ effectiveFromMs }) => effectiveFromMs <= nowMs) ?? first;
}
