import type { BetRecord } from "@pitboss/db/gaming/find-bet-by-id";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { transactionTimeMs } from "@pitboss/domain/wallet/transaction-id";

/** A bet as the public API shows it: how it was funded, where it stands, and each step with its transaction. */
export function presentBet(bet: BetRecord): object {
  const money = (minor: bigint): string => formatMinor(minor, bet.currency);
  const last = bet.transitions.at(-1);
  return {
    betId: formatId("bet", bet.id),
    playerId: formatId("player", bet.playerId),
    roundId: bet.roundRef,
    gameId: bet.gameCode,
    status: last?.status ?? "HELD",
    outcome: last?.outcome ?? null,
    stake: { amount: money(bet.stake), currency: bet.currency },
    payout: money((last?.paidCash ?? 0n) + (last?.paidBonus ?? 0n)),
    funding: { cash: money(bet.stake - bet.bonusPart), bonus: money(bet.bonusPart) },
    selection: bet.selection,
    placedAt: new Date(transactionTimeMs(bet.id)).toISOString(),
    history: bet.transitions.map((transition) => ({
      status: transition.status,
      outcome: transition.outcome,
      settled: money(transition.settledCash + transition.settledBonus),
      payout: money(transition.paidCash + transition.paidBonus),
      late: transition.late,
      transactionId: formatId("transaction", transition.transactionId),
      at: new Date(transactionTimeMs(transition.transactionId)).toISOString(),
    })),
  };
}
