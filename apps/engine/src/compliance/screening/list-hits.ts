/** Hits for those who decide them. The player's side is masked; it is seen in clear with a reason, which is written down. */
import {
  countOpenHits,
  type CheckRecord,
  listChecks,
  listHits as listRecords,
  listHitSteps,
  type NamedHit,
} from "@pitboss/db/compliance/screening-hit-store";
import { findEntry } from "@pitboss/db/compliance/screening-list-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import { type HitState, hitStates } from "@pitboss/domain/compliance/screening/hit-machine";
import {
  type ListEntry,
  type ListSource,
  listSources,
  type Topic,
} from "@pitboss/domain/compliance/screening/list-entry";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { findHitOrThrow } from "./decide-hit.ts";
import { type HitDetails, maskHitDetails, openHitDetails } from "./hit-details.ts";
import { screenPlayer } from "./screen-player.ts";

export interface HitRow {
  readonly hitId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly source: ListSource;
  readonly ref: string;
  readonly topic: Topic;
  /** 0 to 1000. */
  readonly score: number;
  readonly state: HitState;
  readonly foundAt: string;
  readonly updatedAt: string;
  readonly expiresAt: string | null;
}

export const listHits = procedure("screening.read")
  .input(
    z.object({
      state: z.enum(hitStates as [HitState, ...HitState[]]).nullish(),
      source: z.enum(listSources).nullish(),
      topic: z.enum(["SANCTION", "PEP"]).nullish(),
      playerId: idInput("player").nullish(),
      minScore: z.coerce.number().int().min(0).max(1_000).nullish(),
      ...pageInput,
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<HitRow> & { readonly open: number }> => {
    const { db } = ctx.deps;
    const rows = await listRecords(db, {
      states: input.state == null ? undefined : [input.state],
      source: input.source ?? undefined,
      topic: input.topic ?? undefined,
      playerId: input.playerId ?? undefined,
      minScore: input.minScore ?? undefined,
      before: readCursor("screeningHit", input.cursor),
      limit: input.limit + 1,
    });
    const page = pageOf(rows, input.limit, presentRow, ({ id }) => formatId("screeningHit", id));
    return { ...page, open: await countOpenHits(db) };
  });

export interface HitDetail extends HitRow {
  /** The entry as it was when the hit was found. */
  readonly entry: ListEntry;
  readonly ruleVersion: number;
  readonly algorithm: number;
  /** What the score was made of, the player's side masked; null once the player is erased. */
  readonly details: HitDetails | null;
  readonly decision: { readonly by: string; readonly at: string; readonly reason: string } | null;
  readonly steps: readonly {
    readonly number: number;
    readonly at: string;
    readonly event: string;
    readonly to: HitState;
    readonly score: number;
    readonly by: string;
    readonly reason: string | null;
  }[];
  /** The same player's other hits. */
  readonly others: readonly HitRow[];
  readonly checks: readonly {
    readonly at: string;
    readonly trigger: CheckRecord["trigger"];
    readonly outcome: CheckRecord["outcome"];
    readonly matches: number;
  }[];
}

const mostOthers = 20;

export const showHit = procedure("screening.read")
  .input(z.object({ hitId: idInput("screeningHit") }))
  .query(async ({ ctx, input }): Promise<HitDetail> => {
    const { db, players } = ctx.deps;
    const hit = await findHitOrThrow(db, input.hitId);
    const stored = await findEntry(db, hit.entryId);
    const details = await openHitDetails(players, db, hit);
    const steps = await listHitSteps(db, hit.id);
    const nameOf = await namesOf(ctx.deps, [...steps.map(({ by }) => by), hit.decidedBy ?? ""]);
    const others = await listRecords(db, { playerId: hit.playerId, limit: mostOthers + 1 });
    const checks = await listChecks(db, hit.playerId, mostOthers);
    if (stored === undefined) throw new Error("a hit's entry is kept for ever");
    const { decidedAt, decidedBy, reason } = hit;
    return {
      ...presentRow(hit),
      entry: stored.entry,
      ruleVersion: Number(hit.ruleVersion),
      algorithm: hit.algorithm,
      details: details === undefined ? null : maskHitDetails(details),
      decision:
        decidedAt === null || decidedBy === null
          ? null
          : { by: nameOf(decidedBy), at: decidedAt.toISOString(), reason: reason ?? "" },
      steps: steps.map(({ number, at, event, toState, score, by, reason: why }) => {
        return { number, at: at.toISOString(), event, to: toState, score, by: nameOf(by), reason: why };
      }),
      others: others.filter(({ id }) => id !== hit.id).map(presentRow),
      checks: checks.map(({ at, trigger, outcome, matches }) => ({ at: at.toISOString(), trigger, outcome, matches })),
    };
  });

/** The player's side in clear, side by side with the list's. */
export const revealHit = staffProcedure("player.reveal")
  .input(z.object({ hitId: idInput("screeningHit"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<HitDetails> => {
    const { deps, acting } = ctx;
    const hit = await findHitOrThrow(deps.db, input.hitId);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const details = await openHitDetails(deps.players, tx, hit);
        if (details === undefined) return err("PLAYER_ERASED");
        note({
          action: "screening.reveal",
          subject: { kind: "screening", id: formatId("screeningHit", hit.id) },
          reason: input.reason,
          after: { fields: ["name", "birthDate"] },
        });
        return ok(details);
      }),
    );
  });

/** Screens one player now. */
export const screenNow = staffProcedure("screening.decide")
  .input(z.object({ playerId: idInput("player") }))
  .mutation(async ({ ctx, input }) => {
    const screened = orThrow(await screenPlayer(ctx.deps, ctx.acting, input.playerId, "MANUAL"));
    return { playerId: formatId("player", input.playerId), ...screened };
  });

async function namesOf({ db }: StaffDeps, actors: readonly string[]): Promise<(actor: string) => string> {
  const idOf = (actor: string): bigint | undefined =>
    actor.startsWith("staff:") ? parseId("staff", actor.slice("staff:".length)) : undefined;
  const names = await listStaffNames(
    db,
    actors.flatMap((actor) => idOf(actor) ?? []),
  );
  return (actor) => names.get(idOf(actor) ?? 0n) ?? actor;
}

function presentRow(hit: NamedHit): HitRow {
  return {
    hitId: formatId("screeningHit", hit.id),
    playerId: formatId("player", hit.playerId),
    nickname: hit.nickname,
    source: hit.source,
    ref: hit.ref,
    topic: hit.topic,
    score: hit.score,
    state: hit.state,
    foundAt: hit.foundAt.toISOString(),
    updatedAt: hit.updatedAt.toISOString(),
    expiresAt: hit.expiresAt?.toISOString() ?? null,
  };
}
