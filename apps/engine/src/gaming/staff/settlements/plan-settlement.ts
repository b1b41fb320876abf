/** Which bets are settled by hand, and how: the outcomes that were asked for, put together by round, with what stands in the way. */
import { findProposedBets } from "@pitboss/db/identity/approval-bets-store";
import { findRoundBets } from "@pitboss/db/gaming/find-round-bets";
import { listVoidable, type VoidableBet } from "@pitboss/db/gaming/list-voidable";
import { mostSettledBets, type SettleContent } from "@pitboss/domain/identity/approval-content";
import type { ProposedMoney } from "@pitboss/domain/identity/approval-policy";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { nameRound } from "../../read-command.ts";

export const askedOutcomes = z
  .array(
    z.object({
      betId: z.string().min(1).max(40),
      outcome: z.enum(["WIN", "LOSE", "PUSH"]),
      /** Gross, in the bet's currency; of a win alone. */
      payout: z.string().max(40).nullish(),
    }),
  )
  .min(1)
  .max(mostSettledBets);
export type AskedOutcome = z.infer<typeof askedOutcomes>[number];

export interface SettledBet {
  readonly bet: VoidableBet;
  readonly outcome: "WIN" | "LOSE" | "PUSH";
  /** Gross, minor units; zero but for a win. */
  readonly payout: bigint;
}

export interface SettledRound {
  readonly provider: string;
  readonly bets: readonly SettledBet[];
  readonly close: boolean;
}

export interface PlannedSettlement {
  readonly rounds: readonly SettledRound[];
  readonly leftOut: readonly { readonly id: string; readonly failure: Failure }[];
}

export async function planRounds(deps: StaffDeps, asked: readonly AskedOutcome[]): Promise<PlannedSettlement> {
  const { db } = deps;
  const byId = new Map(asked.map((one) => [one.betId, one]));
  const numbers = [...byId.keys()].flatMap((text) => parseId("bet", text) ?? []);
  const known = await listVoidable(db, numbers);
  const found = new Map(known.map((bet) => [formatId("bet", bet.betId), bet]));
  const proposed = await findProposedBets(db, numbers);
  const bets: SettledBet[] = [];
  const leftOut: PlannedSettlement["leftOut"][number][] = [];
  for (const [id, one] of byId) {
    const bet = found.get(id);
    const settled = bet === undefined ? err("BET_NOT_FOUND") : settleOne(bet, one, proposed.get(bet.betId));
    if (settled.ok) bets.push(settled.value);
    else leftOut.push({ id, failure: settled.error });
  }
  return { rounds: await roundsOf(deps, bets), leftOut };
}

function settleOne(
  bet: VoidableBet,
  { outcome, payout }: AskedOutcome,
  proposal: bigint | undefined,
): Result<SettledBet> {
  if (bet.status === "VOIDED") return err("BET_ALREADY_VOIDED");
  if (bet.status !== "HELD") return err("BET_ALREADY_SETTLED");
  if (proposal !== undefined) {
    return err("NOTHING_CHANGES", `${formatId("approval", proposal)} proposes to void it.`);
  }
  if (outcome !== "WIN") {
    return payout == null ? ok({ bet, outcome, payout: 0n }) : err("AMOUNT_INVALID", "A payout is of a win alone.");
  }
  if (payout == null) return err("AMOUNT_INVALID", "A win needs its payout, the stake in it.");
  const amount = parseAmount(payout, bet.currency);
  if (!amount.ok) return amount;
  return amount.value > 0n
    ? ok({ bet, outcome, payout: amount.value })
    : err("AMOUNT_INVALID", "A win pays something; what pays nothing is lost.");
}

/** A round is closed where nothing of it is held afterwards. */
async function roundsOf({ db, catalog }: StaffDeps, bets: readonly SettledBet[]): Promise<SettledRound[]> {
  const providers = new Map(catalog.all().map(({ providerId, providerCode }) => [providerId, providerCode]));
  const groups = Map.groupBy(bets, ({ bet }) => nameRound(bet.providerId, bet.playerId, bet.roundRef).key);
  const rounds: SettledRound[] = [];
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { providerId, playerId, roundRef } = first.bet;
    const { hash } = nameRound(providerId, playerId, roundRef);
    const all = await listVoidable(db, await findRoundBets(db, hash, playerId, roundRef));
    const here = new Set(group.map(({ bet }) => bet.betId));
    const left = all.some((bet) => bet.providerId === providerId && bet.status === "HELD" && !here.has(bet.betId));
    rounds.push({ provider: providers.get(providerId) ?? "", bets: group, close: !left });
  }
  return rounds;
}

export function contentOf(rounds: readonly SettledRound[], reason: string): SettleContent {
  const bets = rounds.flatMap((round) => round.bets);
  return {
    rounds: rounds.map(({ provider, close, bets: settled }) => ({
      playerId: formatId("player", settled[0]?.bet.playerId ?? 0n),
      provider,
      roundId: settled[0]?.bet.roundRef ?? "",
      close,
      bets: settled.map(({ bet, outcome, payout }) => ({
        betId: formatId("bet", bet.betId),
        currency: bet.currency,
        held: formatMinor(bet.held, bet.currency),
        outcome,
        payout: outcome === "WIN" ? formatMinor(payout, bet.currency) : null,
      })),
    })),
    count: bets.length,
    players: new Set(bets.map(({ bet }) => bet.playerId)).size,
    reason,
  };
}

/** What is decided on, by currency: what a win pays, and the stake of what is lost or given back. */
export function sumSettlement(rounds: readonly SettledRound[]): ProposedMoney[] {
  const sums = new Map<Currency, bigint>();
  for (const { bet, payout } of rounds.flatMap((round) => round.bets)) {
    const money = payout > bet.held ? payout : bet.held;
    sums.set(bet.currency, (sums.get(bet.currency) ?? 0n) + money);
  }
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
