/** What staff see of a player's limits, exclusions and clock, and of all players that are kept from play. */
import { type ExclusionRecord, searchExclusions, listExclusions } from "@pitboss/db/compliance/exclusion-store";
import { type InteractionRecord, listInteractions as listRecords } from "@pitboss/db/compliance/interaction-store";
import { type LimitRecord, listLimitHistory } from "@pitboss/db/compliance/limit-store";
import { listRegisterChecks, type RegisterCheck } from "@pitboss/db/compliance/register-store";
import { exclusionKinds, exclusionStates } from "@pitboss/domain/compliance/exclusion";
import { formatLimit } from "@pitboss/domain/compliance/player-limit";
import type { ExclusionsAnswer, LimitsAnswer, SessionClockAnswer } from "@pitboss/domain/compliance/rg-contract";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../../edge/trpc/page.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";
import { findRgPlayer } from "../rg-player.ts";
import { showSessionClock } from "../session-clock.ts";
import { presentExclusion } from "../show-exclusions.ts";
import { showLimits } from "../show-limits.ts";

export type ExclusionRow = ExclusionsAnswer["exclusions"][number] & {
  readonly playerId: string;
  readonly requestedBy: string;
  readonly reason: string | null;
  /** The exclusion of another account of the same person that brought this one. */
  readonly cameFrom: string | null;
  readonly askedAt: string | null;
  readonly askedReason: string | null;
};

export interface InteractionRow {
  readonly interactionId: string;
  readonly playerId: string;
  readonly at: string;
  readonly kind: string;
  readonly actor: string;
  readonly note: string | null;
  readonly details: JsonObject;
}

export interface LimitHistoryRow {
  readonly limitId: string;
  readonly kind: LimitRecord["kind"];
  readonly period: LimitRecord["period"];
  readonly currency: LimitRecord["currency"];
  readonly amount: string | null;
  readonly state: LimitRecord["state"];
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly readyAt: string | null;
  readonly decidedAt: string | null;
}

export interface PlayerRg {
  readonly playerId: string;
  readonly country: string;
  readonly kycLevel: number;
  readonly profile: string;
  readonly jurisdiction: { readonly code: string; readonly version: number };
  readonly block: { readonly kind: string; readonly until: string | null } | null;
  readonly limits: LimitsAnswer;
  readonly history: readonly LimitHistoryRow[];
  readonly exclusions: readonly ExclusionRow[];
  readonly clock: SessionClockAnswer;
  /** What registers of self-excluded people said of the player, newest first. */
  readonly registerChecks: readonly (Pick<
    RegisterCheck,
    "register" | "occasion" | "outcome" | "allowed" | "reference"
  > & {
    readonly at: string;
  })[];
}

const mostHistory = 50;
const mostChecks = 20;

export const showRg = procedure("rg.read")
  .input(z.object({ playerId: idInput("player") }))
  .query(async ({ ctx, input }): Promise<PlayerRg> => {
    const { deps } = ctx;
    const nowMs = deps.clock.now();
    const player = orThrow(await findRgPlayer(deps.db, input.playerId, nowMs));
    const { block } = player.state;
    const blocks = block !== null && (block.untilMs === null || block.untilMs > nowMs);
    return {
      playerId: formatId("player", input.playerId),
      country: player.country,
      kycLevel: player.kycLevel,
      profile: player.state.profile,
      jurisdiction: { code: player.pack.code, version: player.pack.version },
      block: blocks
        ? { kind: block.kind, until: block.untilMs === null ? null : new Date(block.untilMs).toISOString() }
        : null,
      limits: orThrow(await showLimits(deps, input.playerId)),
      history: (await listLimitHistory(deps.db, input.playerId, mostHistory)).map(presentHistory),
      exclusions: (await listExclusions(deps.db, input.playerId)).map((one) => presentRow(one, nowMs)),
      clock: orThrow(await showSessionClock(deps, input.playerId)),
      registerChecks: (await listRegisterChecks(deps.db, input.playerId, mostChecks)).map(
        ({ register, occasion, outcome, allowed, reference, at }) => {
          return { register, occasion, outcome, allowed, reference, at: at.toISOString() };
        },
      ),
    };
  });

export const listAllExclusions = procedure("rg.read")
  .input(z.object({ state: z.enum(exclusionStates).nullish(), kind: z.enum(exclusionKinds).nullish(), ...pageInput }))
  .query(async ({ ctx, input }): Promise<Page<ExclusionRow>> => {
    const nowMs = ctx.deps.clock.now();
    const rows = await searchExclusions(ctx.deps.db, {
      state: input.state ?? undefined,
      kind: input.kind ?? undefined,
      before: readCursor("exclusion", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(
      rows,
      input.limit,
      (row) => presentRow(row, nowMs),
      ({ id }) => formatId("exclusion", id),
    );
  });

export const listInteractions = procedure("rg.read")
  .input(z.object({ playerId: idInput("player").nullish(), ...pageInput }))
  .query(async ({ ctx, input }): Promise<Page<InteractionRow>> => {
    const rows = await listRecords(ctx.deps.db, {
      playerId: input.playerId ?? undefined,
      before: readCursor("interaction", input.cursor),
      limit: input.limit + 1,
    });
    return pageOf(rows, input.limit, presentInteraction, ({ id }) => formatId("interaction", id));
  });

function presentRow(exclusion: ExclusionRecord, nowMs: number): ExclusionRow {
  return {
    ...presentExclusion(exclusion, nowMs),
    playerId: formatId("player", exclusion.playerId),
    requestedBy: exclusion.requestedBy,
    reason: exclusion.reason,
    cameFrom: exclusion.cameFrom === null ? null : formatId("exclusion", exclusion.cameFrom),
    askedAt: exclusion.reactivationAskedAt?.toISOString() ?? null,
    askedReason: exclusion.reactivationReason,
  };
}

function presentHistory(limit: LimitRecord): LimitHistoryRow {
  const { kind, period, currency, amount, state, requestedBy } = limit;
  return {
    limitId: formatId("limit", limit.id),
    kind,
    period,
    currency,
    amount: amount === null ? null : formatLimit(amount, currency),
    state,
    requestedBy,
    requestedAt: limit.requestedAt.toISOString(),
    readyAt: limit.readyAt?.toISOString() ?? null,
    decidedAt: limit.decidedAt?.toISOString() ?? null,
  };
}

function presentInteraction({ id, playerId, at, ...rest }: InteractionRecord): InteractionRow {
  return {
    interactionId: formatId("interaction", id),
    playerId: formatId("player", playerId),
    at: at.toISOString(),
    ...rest,
  };
}
