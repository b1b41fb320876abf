/** Jurisdictions and limit profiles for staff: what holds, what comes, what a change would do, and proposing it. */
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { listPacks, listProfiles, type PackRecord, type ProfileRecord } from "@pitboss/db/risk/rules-store";
import { packContent, profileContent } from "@pitboss/domain/identity/approval-content";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err } from "@pitboss/domain/kernel/result";
import { diffRules, type PackRules } from "@pitboss/domain/risk/jurisdiction-pack";
import type { ProfileName, StoredProfileRow } from "@pitboss/domain/risk/limit-profile";
import { z } from "zod";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { describePack, packHandler } from "./change-pack.ts";
import { describeProfile, profileHandler } from "./change-profile.ts";
import { explainLimits as explain } from "./explain-limits.ts";

type Standing = "PAST" | "CURRENT" | "FUTURE";

export interface PackView {
  readonly code: string;
  readonly version: number;
  readonly standing: Standing;
  readonly effectiveFrom: string;
  readonly countries: readonly string[];
  readonly rules: PackRules;
  readonly approvalId: string | null;
  /** Against the version before. */
  readonly changes: readonly { readonly path: string; readonly before: string; readonly after: string }[];
}

export interface ProfileView {
  readonly profile: ProfileName;
  readonly version: number;
  readonly standing: Standing;
  readonly effectiveFrom: string;
  readonly rows: readonly StoredProfileRow[];
  readonly approvalId: string | null;
}

interface Versioned {
  readonly version: number;
  readonly effectiveFromMs: number;
}

/** Versions of one thing, oldest first: the newest that has begun holds. */
function standingOf(record: Versioned, all: readonly Versioned[], nowMs: number): Standing {
  if (record.effectiveFromMs > nowMs) return "FUTURE";
  const current = all.filter(({ effectiveFromMs }) => effectiveFromMs <= nowMs).sort(byForce)[0];
  return current?.version === record.version ? "CURRENT" : "PAST";
}

function byForce(a: Versioned, b: Versioned): number {
  return b.effectiveFromMs - a.effectiveFromMs || b.version - a.version;
}

export const listJurisdictions = procedure("jurisdiction.read").query(async ({ ctx }): Promise<PackView[]> => {
  const packs = await listPacks(ctx.deps.db);
  const nowMs = ctx.deps.clock.now();
  return packs.map((pack) => presentPack(pack, packs, nowMs));
});

function presentPack(pack: PackRecord, packs: readonly PackRecord[], nowMs: number): PackView {
  const same = packs.filter(({ code }) => code === pack.code);
  const before = same.find(({ version }) => version === pack.version - 1);
  return {
    code: pack.code,
    version: pack.version,
    standing: standingOf(pack, same, nowMs),
    effectiveFrom: new Date(pack.effectiveFromMs).toISOString(),
    countries: pack.countries,
    rules: pack.rules,
    approvalId: pack.approvalId === null ? null : formatId("approval", pack.approvalId),
    changes: before === undefined ? [] : diffRules(before.rules, pack.rules),
  };
}

const packInput = packContent.omit({ basedOn: true, changes: true, players: true });

/** What a new version would change, and how many players it reaches; nothing is kept. */
export const diffJurisdiction = procedure("jurisdiction.read")
  .input(packInput.omit({ reason: true }))
  .query(async ({ ctx, input }) => {
    const found = orThrow(await describePack(ctx.deps.db, { ...input, reason: "" }, ctx.deps.clock.now()));
    return { basedOn: found.basedOn, changes: found.changes, players: found.players };
  });

export const proposeJurisdiction = staffProcedure("jurisdiction.propose")
  .input(packInput)
  .mutation(async ({ ctx, input }) => {
    const described = orThrow(await packHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "jurisdiction.pack", described, input.reason);
  });

export const listLimitProfiles = procedure("jurisdiction.read").query(async ({ ctx }): Promise<ProfileView[]> => {
  const records = await listProfiles(ctx.deps.db);
  const nowMs = ctx.deps.clock.now();
  return records.map((record) => presentProfile(record, records, nowMs));
});

function presentProfile(record: ProfileRecord, records: readonly ProfileRecord[], nowMs: number): ProfileView {
  const same = records.filter(({ profile }) => profile === record.profile);
  return {
    profile: record.profile,
    version: record.version,
    standing: standingOf(record, same, nowMs),
    effectiveFrom: new Date(record.effectiveFromMs).toISOString(),
    rows: record.rows,
    approvalId: record.approvalId === null ? null : formatId("approval", record.approvalId),
  };
}

const profileInput = profileContent.omit({ basedOn: true, changes: true, players: true });

export const diffProfile = procedure("jurisdiction.read")
  .input(profileInput.omit({ reason: true }))
  .query(async ({ ctx, input }) => {
    const { db, catalog, clock } = ctx.deps;
    const found = orThrow(await describeProfile(db, { ...input, reason: "" }, catalog, clock.now()));
    return { basedOn: found.basedOn, changes: found.changes, players: found.players };
  });

export const proposeProfile = staffProcedure("profile.propose")
  .input(profileInput)
  .mutation(async ({ ctx, input }) => {
    const described = orThrow(await profileHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "limit.profile", described, input.reason);
  });

/** Every bound that stands between a player and a bet on a game, strictest first, with where it comes from. */
export const explainLimits = procedure("rg.read")
  .input(z.object({ playerId: idInput("player"), game: z.string().max(80), currency: z.string().max(4) }))
  .query(async ({ ctx, input }) => {
    if ((await findPlayerStatus(ctx.deps.db, input.playerId)) === undefined) orThrow(err("PLAYER_NOT_FOUND"));
    return orThrow(await explain(ctx.deps, input));
  });
