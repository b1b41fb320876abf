/**
 * What the ledger has to do so that a player has what the round came to at the provider. Only what is certain is planned:
 * a player is never charged for a bet that the house did not take, and where the stakes differ people have to ask.
 */
import { z } from "zod";
import { formatId, parseId } from "../../kernel/public-id.ts";
import { err, type Failure, ok, type Result } from "../../kernel/result.ts";
import { currencies, type Currency } from "../../wallet/currency.ts";
import type { ProposedMoney } from "../../identity/approval-policy.ts";
import { formatMinor, parseAmount } from "../../wallet/money.ts";
import { type OwnBet, type OwnRound, type RoundBreak, sumOwnRound } from "./compare-rounds.ts";

const betId = z.string().refine((text) => parseId("bet", text) !== undefined, "a bet's id");
const amount = z.string().regex(/^(0|[1-9][0-9]{0,18})(\.[0-9]{1,18})?$/);
const common = {
  playerId: z.string().refine((text) => parseId("player", text) !== undefined, "a player's id"),
  currency: z.enum(Object.keys(currencies) as [Currency, ...Currency[]]),
};

/** One command for the ledger's door. Amounts are decimals in the currency's own digits. */
export const roundCorrection = z.discriminatedUnion("do", [
  /** Gives back what is held of a bet. */
  z.strictObject({ do: z.literal("VOID"), ...common, betId, held: amount }),
  /** Pays a settled bet what it should have paid; VOID is its stake. */
  z.strictObject({
    do: z.literal("CORRECT"),
    ...common,
    betId,
    outcome: z.enum(["WIN", "LOSE", "VOID"]),
    payout: amount,
  }),
  /** Pays a win, on a bet or by the house; with `close` what is still held in the round is lost. */
  z.strictObject({
    do: z.literal("CREDIT"),
    ...common,
    betId: betId.nullable(),
    roundRef: z.string().max(200).nullable(),
    amount,
    close: z.boolean(),
  }),
]);
export type RoundCorrection = z.infer<typeof roundCorrection>;

/** In one line, for whoever approves it. */
export function sayCorrection(correction: RoundCorrection): string {
  const { currency, playerId } = correction;
  if (correction.do === "VOID") return `void ${correction.betId}, ${correction.held} ${currency} back to ${playerId}`;
  if (correction.do === "CORRECT") {
    return `correct ${correction.betId} of ${playerId} to ${correction.outcome}, paid ${correction.payout} ${currency}`;
  }
  return `credit ${correction.amount} ${currency} to ${playerId}${correction.betId === null ? "" : ` on ${correction.betId}`}`;
}

/** What they move at the most, by currency: who may approve them goes by it. */
export function sumCorrections(corrections: readonly RoundCorrection[]): readonly ProposedMoney[] {
  const sums = new Map<Currency, bigint>();
  for (const correction of corrections) {
    const { currency } = correction;
    const text =
      correction.do === "VOID" ? correction.held : correction.do === "CREDIT" ? correction.amount : correction.payout;
    const moved = parseAmount(text, currency);
    if (moved.ok) sums.set(currency, (sums.get(currency) ?? 0n) + moved.value);
  }
  return [...sums].map(([currency, amount]) => ({ currency, amount }));
}

type Planned = Result<readonly RoundCorrection[], Failure<"RESOLUTION_INVALID">>;

const unfit = (why: string): Planned => err("RESOLUTION_INVALID", why);

/** At most so many bets of one round are taken back by one proposal. */
const mostCorrections = 50;

export function planCorrections({ type, own, told }: RoundBreak): Planned {
  if (type === "ROUND_DUPLICATED") return unfit("The provider has the round twice; the house has nothing to correct.");
  if (type === "ROUND_CURRENCY_DIFFERS") return unfit("The sides are in different currencies; somebody has to ask.");
  if (own === null) return told === null ? unfit("There is no round.") : creditNet(told);
  if (told === null || told.status === "ROLLED_BACK") return takeBack(own);
  const sums = sumOwnRound(own);
  if (sums.status === "ROLLED_BACK") return creditNet(told);
  if (told.status === "OPEN") return unfit("The provider has it open; its next file tells what it came to.");
  if (sums.bets !== told.bets) return unfit("The stakes differ; somebody has to ask the provider for its bets.");
  return payDifference(own, told.wins - sums.wins, sums.status === "OPEN");
}

/** The player's gain from a round of which the house took no stake. */
function creditNet({ playerId, bets, wins, currency, status }: NonNullable<RoundBreak["told"]>): Planned {
  if (playerId === null) return unfit("The file names nobody of the house.");
  if (status === "OPEN") return unfit("The provider has it open; its next file tells what it came to.");
  const net = wins - bets;
  if (net <= 0n) return unfit("The player has won nothing beyond a stake that the house did not take.");
  return ok([
    {
      do: "CREDIT",
      playerId: formatId("player", playerId),
      currency,
      betId: null,
      // It belongs to no round of the house, which took no bet in it.
      roundRef: null,
      amount: formatMinor(net, currency),
      close: false,
    },
  ]);
}

/** Gives back every bet of the round: stakes that are held, and what settled ones moved. */
function takeBack(own: OwnRound): Planned {
  const standing = own.bets.filter(({ givenBack }) => !givenBack);
  if (own.houseWins > 0n) return unfit("A part of it was won without a bet; that part can't be taken back here.");
  if (standing.length === 0) return unfit("Nothing of it stands.");
  if (standing.length > mostCorrections) return unfit(`It has more than ${mostCorrections} bets.`);
  const { playerId, currency } = own;
  const base = { playerId: formatId("player", playerId), currency };
  return ok(
    standing.map((bet): RoundCorrection => {
      const id = formatId("bet", bet.betId);
      return bet.status === "HELD"
        ? { do: "VOID", ...base, betId: id, held: formatMinor(bet.stake, currency) }
        : { do: "CORRECT", ...base, betId: id, outcome: "VOID", payout: formatMinor(bet.stake, currency) };
    }),
  );
}

function payDifference(own: OwnRound, difference: bigint, close: boolean): Planned {
  const { playerId, currency, roundRef } = own;
  const base = { playerId: formatId("player", playerId), currency };
  const standing = own.bets.filter(({ givenBack }) => !givenBack);
  if (difference >= 0n) {
    const paid = standing.find(({ status }) => status === "HELD") ?? standing.at(-1);
    if (difference === 0n && !close) return unfit("The two sides do not differ by any amount.");
    return ok([
      {
        do: "CREDIT",
        ...base,
        betId: paid === undefined ? null : formatId("bet", paid.betId),
        roundRef,
        amount: formatMinor(difference, currency),
        close,
      },
    ]);
  }
  if (close) return unfit("More was paid already than the round has won; somebody has to look at its bets.");
  const lowered = standing.findLast((bet) => bet.status !== "HELD" && bet.paid >= -difference);
  if (lowered === undefined) return unfit("No single bet was paid that much; somebody has to look at its bets.");
  return ok([lower(base, lowered, lowered.paid + difference, currency)]);
}

function lower(
  base: Pick<RoundCorrection, "playerId" | "currency">,
  bet: OwnBet,
  payout: bigint,
  currency: Currency,
): RoundCorrection {
  return {
    do: "CORRECT",
    ...base,
    betId: formatId("bet", bet.betId),
    outcome: payout > 0n ? "WIN" : "LOSE",
    payout: formatMinor(payout, currency),
  };
}
