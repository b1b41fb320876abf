/** Free spins that were issued with providers, as staff see them. */
import {
  findFreeSpins,
  type FreeSpinsRecord,
  listFreeSpins as readFreeSpins,
  listFreeSpinsSteps,
} from "@pitboss/db/gaming/free-spin-store";
import { findProviderId } from "@pitboss/db/gaming/provider-store";
import { type FreeSpinsState, freeSpinsStates } from "@pitboss/domain/gaming/free-spins/free-spins-machine";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import { procedure } from "../../../edge/trpc/procedure.ts";

export interface FreeSpinsRow {
  readonly freeSpinsId: string;
  readonly provider: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly state: FreeSpinsState;
  readonly games: readonly string[];
  readonly spins: number;
  readonly betLevel: number | null;
  readonly currency: Currency;
  /** What was won in all; null until the provider has said. */
  readonly won: string | null;
  readonly validUntil: string;
  readonly issuedAt: string;
  readonly actor: string;
  /** When the provider is asked or told next. */
  readonly nextAt: string | null;
  /** Why the provider did not do what it was asked for. */
  readonly failure: { readonly reason: string; readonly code: string; readonly message: string } | null;
}

const input = z.object({
  provider: z.string().min(1).max(80).nullish(),
  playerId: idInput("player").nullish(),
  states: z.array(z.enum(freeSpinsStates)).max(20).nullish(),
  cursor: z.string().max(40).nullish(),
  limit: z.int().min(1).max(200).default(50),
});

/** Newest first. */
export const listFreeSpins = procedure("provider.read")
  .input(input)
  .query(async ({ ctx, input: { provider, playerId, states, cursor, limit } }) => {
    const { db } = ctx.deps;
    const before = cursor == null ? undefined : parseId("freeSpins", cursor);
    if (cursor != null && before === undefined) throwFailure({ code: "CURSOR_INVALID" });
    const providerId = provider == null ? undefined : await findProviderId(db, provider);
    if (provider != null && providerId === undefined) throwFailure({ code: "PROVIDER_NOT_FOUND" });
    const found = await readFreeSpins(db, {
      limit: limit + 1,
      ...(providerId === undefined ? {} : { providerId }),
      ...(playerId == null ? {} : { playerId }),
      ...(states == null || states.length === 0 ? {} : { states }),
      ...(before === undefined ? {} : { before }),
    });
    const rows = found.slice(0, limit).map(presentFreeSpins);
    return { rows, next: found.length > limit ? (rows.at(-1)?.freeSpinsId ?? null) : null };
  });

/** One issue with every step that it took. */
export const showFreeSpins = procedure("provider.read")
  .input(z.object({ freeSpinsId: idInput("freeSpins") }))
  .query(async ({ ctx, input: { freeSpinsId } }) => {
    const { db } = ctx.deps;
    const issue = (await findFreeSpins(db, freeSpinsId)) ?? throwFailure({ code: "FREE_SPINS_NOT_FOUND" });
    const steps = await listFreeSpinsSteps(db, freeSpinsId);
    return {
      ...presentFreeSpins(issue),
      requestId: issue.requestId,
      reason: issue.reason,
      sends: issue.sends,
      steps: steps.map(({ at, ...step }) => ({ ...step, at: at.toISOString() })),
    };
  });

function presentFreeSpins(issue: FreeSpinsRecord): FreeSpinsRow {
  const { id, provider, playerId, nickname, state, games, spins, betLevel, currency, won, actor, failure } = issue;
  return {
    freeSpinsId: formatId("freeSpins", id),
    provider,
    playerId: formatId("player", playerId),
    nickname,
    state,
    games,
    spins,
    betLevel,
    currency,
    won: won === null ? null : formatMinor(won, currency),
    validUntil: issue.validUntil.toISOString(),
    issuedAt: issue.createdAt.toISOString(),
    actor,
    nextAt: issue.workAt?.toISOString() ?? null,
    failure,
  };
}
