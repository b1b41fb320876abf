import { type BetRow as BetRecord, searchBets } from "@pitboss/db/gaming/search-bets";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type Currency, currencies } from "@pitboss/domain/wallet/currency";
import { type BetOutcome, betOutcomes, type BetStatus, betStatuses } from "@pitboss/domain/wallet/ledger-codes";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { firstIdAt, transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { readScanCursor, type ScannedPage, scannedPage } from "../../wallet/staff/list-transactions.ts";

const decimal = z.string().regex(/^(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/);

export const betFilters = z.object({
  playerId: idInput("player").nullish(),
  gameId: z.string().max(80).nullish(),
  provider: z.string().max(40).nullish(),
  status: z.enum(Object.keys(betStatuses) as [BetStatus, ...BetStatus[]]).nullish(),
  outcome: z.enum(Object.keys(betOutcomes) as [BetOutcome, ...BetOutcome[]]).nullish(),
  currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]).nullish(),
  /** In the currency that is filtered by. */
  minStake: decimal.nullish(),
  minPayout: decimal.nullish(),
  from: z.iso.datetime().nullish(),
  to: z.iso.datetime().nullish(),
});

export interface BetRow {
  readonly betId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly gameId: string;
  readonly gameName: string;
  readonly provider: string;
  readonly roundId: string;
  readonly currency: Currency;
  readonly stake: string;
  readonly bonusPart: string;
  readonly payout: string;
  readonly status: BetStatus;
  readonly outcome: BetOutcome | null;
  readonly placedAt: string;
}

/** Bets of all players or of one, newest first. */
export const listBets = procedure("bet.read")
  .input(betFilters.extend({ cursor: z.string().max(40).nullish(), limit: z.int().min(1).max(200).default(50) }))
  .query(async ({ ctx, input }): Promise<ScannedPage<BetRow>> => {
    const filter = readBetFilter(ctx.deps, input);
    const before = readScanCursor(input.cursor, input.to);
    const page = await searchBets(ctx.deps.db, { ...filter, before, limit: input.limit + 1 });
    return scannedPage(page, input.limit, presentBetRow);
  });

export function readBetFilter(
  { catalog }: Pick<StaffDeps, "catalog">,
  input: z.infer<typeof betFilters>,
): Omit<Parameters<typeof searchBets>[1], "limit" | "before"> {
  const amount = (text: string | null | undefined): bigint | undefined => {
    if (text == null) return undefined;
    if (input.currency == null) throwFailure({ code: "REQUEST_INVALID", detail: "An amount needs its currency." });
    return orThrow(parseAmount(text, input.currency));
  };
  const games = catalog
    .all()
    .filter(
      ({ code, providerCode }) =>
        (input.gameId == null || code === input.gameId) && (input.provider == null || providerCode === input.provider),
    );
  const named = input.gameId != null || input.provider != null;
  return {
    playerId: input.playerId ?? undefined,
    gameIds: named ? games.map(({ id }) => id) : undefined,
    status: input.status ?? undefined,
    outcome: input.outcome ?? undefined,
    currency: input.currency ?? undefined,
    minStake: amount(input.minStake),
    minPayout: amount(input.minPayout),
    from: input.from == null ? undefined : firstIdAt(Date.parse(input.from)),
  };
}

export function presentBetRow(bet: BetRecord): BetRow {
  return {
    betId: formatId("bet", bet.id),
    playerId: formatId("player", bet.playerId),
    nickname: bet.nickname,
    gameId: bet.gameCode,
    gameName: bet.gameName,
    provider: bet.providerCode,
    roundId: bet.roundRef,
    currency: bet.currency,
    stake: formatMinor(bet.stake, bet.currency),
    bonusPart: formatMinor(bet.bonusPart, bet.currency),
    payout: formatMinor(bet.payout, bet.currency),
    status: bet.status,
    outcome: bet.outcome,
    placedAt: new Date(transactionTimeMs(bet.id)).toISOString(),
  };
}

export interface GameChoice {
  readonly gameId: string;
  readonly name: string;
  readonly provider: string;
  readonly category: string;
}

/** The games, for the filters' lists. */
export const listGameChoices = procedure("bet.read").query(({ ctx }): readonly GameChoice[] =>
  ctx.deps.catalog
    .all()
    .map(({ code, name, providerCode, category }) => ({ gameId: code, name, provider: providerCode, category })),
);
