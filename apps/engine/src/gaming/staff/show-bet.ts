import { findBetById, type BetRecord } from "@pitboss/db/gaming/find-bet-by-id";
import { findRoundBets } from "@pitboss/db/gaming/find-round-bets";
import { findPlayer } from "@pitboss/db/identity/player-directory";
import { findRound } from "@pitboss/db/gaming/find-round";
import { listBetTransactions } from "@pitboss/db/wallet/search-transactions";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import type { BetOutcome, BetStatus, RoundStatus, TransactionType } from "@pitboss/domain/wallet/ledger-codes";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { nameRound } from "../read-command.ts";

export interface BetDetail {
  readonly betId: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly gameId: string;
  readonly gameName: string;
  readonly provider: string;
  readonly roundId: string;
  readonly currency: Currency;
  readonly stake: string;
  /** How the stake was funded; winnings return in the same ratio. */
  readonly funding: { readonly cash: string; readonly bonus: string };
  readonly status: BetStatus;
  readonly outcome: BetOutcome | null;
  readonly payout: string;
  readonly placedAt: string;
  readonly selection: unknown;
  readonly history: readonly {
    readonly status: BetStatus;
    readonly outcome: BetOutcome | null;
    readonly settled: string;
    /** In all, after this step. */
    readonly payout: string;
    readonly late: boolean;
    readonly transactionId: string;
    readonly at: string;
  }[];
  readonly transactions: readonly {
    readonly transactionId: string;
    readonly type: TransactionType;
    readonly at: string;
  }[];
}

export const showBet = procedure("bet.read")
  .input(z.object({ betId: idInput("bet") }))
  .query(async ({ ctx, input }): Promise<BetDetail> => {
    const bet = (await findBetById(ctx.deps.db, input.betId)) ?? throwFailure({ code: "BET_NOT_FOUND" });
    return presentBetDetail(ctx.deps, bet);
  });

export interface RoundDetail {
  readonly roundId: string;
  readonly provider: string;
  readonly playerId: string;
  readonly nickname: string;
  readonly status: RoundStatus;
  readonly closedBy: string | null;
  readonly bets: readonly BetDetail[];
}

/** A player's round with its bets. A round is named by its provider; the name is opaque. */
export const showRound = procedure("bet.read")
  .input(z.object({ playerId: idInput("player"), provider: z.string().max(40), roundId: z.string().min(1).max(128) }))
  .query(async ({ ctx, input }): Promise<RoundDetail> => {
    const { db, catalog } = ctx.deps;
    const game = catalog.all().find(({ providerCode }) => providerCode === input.provider);
    if (game === undefined) throwFailure({ code: "ROUND_NOT_FOUND" });
    const { hash } = nameRound(game.providerId, input.playerId, input.roundId);
    const ids = await findRoundBets(db, hash, input.playerId, input.roundId);
    const round = await findRound(db, {
      hash,
      playerId: input.playerId,
      providerId: game.providerId,
      ref: input.roundId,
    });
    if (ids.length === 0 && round === undefined) throwFailure({ code: "ROUND_NOT_FOUND" });
    const records = await Promise.all(ids.map((id) => findBetById(db, id)));
    const ofProvider = records.filter((bet) => bet?.providerId === game.providerId);
    const player = await findPlayer(db, input.playerId);
    return {
      roundId: input.roundId,
      provider: input.provider,
      playerId: formatId("player", input.playerId),
      nickname: player?.nickname ?? "",
      status: round?.status ?? "OPEN",
      closedBy: round === undefined || round.closedBy === 0n ? null : formatId("transaction", round.closedBy),
      bets: await Promise.all(
        ofProvider.flatMap((bet) => (bet === undefined ? [] : [presentBetDetail(ctx.deps, bet)])),
      ),
    };
  });

async function presentBetDetail({ db, catalog }: StaffDeps, bet: BetRecord): Promise<BetDetail> {
  const money = (minor: bigint): string => formatMinor(minor, bet.currency);
  const at = (id: bigint): string => new Date(transactionTimeMs(id)).toISOString();
  const game = catalog.byCode(bet.gameCode);
  const player = await findPlayer(db, bet.playerId);
  const ids = bet.transitions.map(({ transactionId }) => transactionId);
  const transactions = await listBetTransactions(db, bet.id, ids);
  const last = bet.transitions.at(-1);
  return {
    betId: formatId("bet", bet.id),
    playerId: formatId("player", bet.playerId),
    nickname: player?.nickname ?? "",
    gameId: bet.gameCode,
    gameName: game?.name ?? bet.gameCode,
    provider: game?.providerCode ?? "",
    roundId: bet.roundRef,
    currency: bet.currency,
    stake: money(bet.stake),
    funding: { cash: money(bet.stake - bet.bonusPart), bonus: money(bet.bonusPart) },
    status: last?.status ?? "HELD",
    outcome: last?.outcome ?? null,
    payout: money((last?.paidCash ?? 0n) + (last?.paidBonus ?? 0n)),
    placedAt: at(bet.id),
    selection: bet.selection,
    history: bet.transitions.map((step) => ({
      status: step.status,
      outcome: step.outcome,
      settled: money(step.settledCash + step.settledBonus),
      payout: money(step.paidCash + step.paidBonus),
      late: step.late,
      transactionId: formatId("transaction", step.transactionId),
      at: at(step.transactionId),
    })),
    transactions: transactions.map(({ id, type }) => ({
      transactionId: formatId("transaction", id),
      type,
      at: at(id),
    })),
  };
}
