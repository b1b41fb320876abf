/** Answers as they go over the wire. Placed bets are spelled out by hand: on this path a serialiser is a cost. */
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import type { PlacedFacts } from "@pitboss/db/wallet/first-answer";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Answers } from "@pitboss/domain/gaming/decide";
import { assert } from "@pitboss/domain/kernel/result";
import type { Accepted } from "@pitboss/domain/wallet/book";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";

export function presentPlaced({ betId, stake, balanceAfter, maxBet, currency }: PlacedFacts): string {
  return `{"status":"ACCEPTED","betId":"${formatId("bet", betId)}","balanceAfter":"${formatMinor(balanceAfter, currency)}","hold":"${formatMinor(stake, currency)}","limits":{"maxBet":"${formatMinor(maxBet, currency)}"}}`;
}

export function placedFacts(decision: Accepted): PlacedFacts | undefined {
  const { placed } = decision;
  if (placed === undefined) return undefined;
  const { bet, balanceAfter, maxBet } = placed;
  return { betId: bet.id, stake: bet.stake, currency: bet.currency, balanceAfter, maxBet };
}

/** The answer that is stored with the request; null for a placed bet, which its own row answers for. */
export function answerText(envelope: Envelope, decision: Accepted): string | null {
  if (decision.placed !== undefined) return null;
  const { command } = envelope;
  switch (command.type) {
    case "place":
      return null;
    case "settle":
      return JSON.stringify(presentSettled(envelope.round?.ref ?? "", decision.answer as Answers["settle"]));
    case "void":
      return JSON.stringify(presentUndone("VOIDED", decision.answer as Answers["void"]));
    case "rollback":
      return JSON.stringify(presentUndone("ROLLED_BACK", decision.answer as Answers["rollback"]));
    case "correct":
      return JSON.stringify(presentCorrected(decision.answer as Answers["correct"]));
    case "win":
      return JSON.stringify(presentWin(decision.answer as Answers["win"]));
    case "undo":
      return JSON.stringify(presentTakenBack(decision.answer as Answers["undo"]));
    case "move": {
      if (command.move.type === "CONVERSION") return presentConverted(command.move, decision);
      const answer = decision.answer as Answers["move"];
      return JSON.stringify({
        status: "POSTED",
        transactionId: formatId("transaction", answer.transactionId),
        balanceAfter: formatMinor(answer.availableAfter, command.move.currency),
        currency: command.move.currency,
      });
    }
    case "post": {
      const answer = decision.answer as Answers["post"];
      return JSON.stringify({ status: "POSTED", transactionId: formatId("transaction", answer.transactionId) });
    }
  }
}

function presentConverted(
  { amount, currency, to, quote }: Extract<MoneyMove, { type: "CONVERSION" }>,
  { transactions }: Accepted,
): string {
  const [transaction] = transactions;
  assert(transaction !== undefined && quote.ok, "a conversion that was accepted has a transaction and a rate");
  const cash = transaction.legs.filter(({ wallet }) => wallet.kind === "CASH");
  const { converted, rate, source, asOf } = quote.value;
  return JSON.stringify({
    status: "CONVERTED",
    transactionId: formatId("transaction", transaction.id),
    from: { amount: formatMinor(amount, currency), currency },
    to: { amount: formatMinor(converted, to), currency: to },
    rate,
    source,
    asOf,
    balances: Object.fromEntries(
      cash.map(({ wallet, availableAfter }) => [wallet.currency, formatMinor(availableAfter, wallet.currency)]),
    ),
  });
}

function presentSettled(roundId: string, answer: Answers["settle"]): object {
  return {
    status: "SETTLED",
    roundId,
    roundStatus: answer.roundStatus,
    bets: answer.bets.map(({ betId, outcome, stake, payout, currency, late }) => ({
      betId: formatId("bet", betId),
      outcome,
      stake: formatMinor(stake, currency),
      payout: formatMinor(payout, currency),
      currency,
      late,
    })),
    balances: Object.fromEntries(
      [...answer.balances].map(([currency, balance]) => [currency, formatMinor(balance, currency)]),
    ),
  };
}

function presentUndone(status: "VOIDED" | "ROLLED_BACK", answer: Answers["void"]): object {
  const { betId, currency, released, balanceAfter } = answer;
  return {
    status: betId === null ? "TOMBSTONED" : status,
    betId: betId === null ? null : formatId("bet", betId),
    released: currency === null ? null : formatMinor(released, currency),
    currency,
    balanceAfter: currency === null || balanceAfter === null ? null : formatMinor(balanceAfter, currency),
  };
}

function presentWin(answer: Answers["win"]): object {
  const { transactionId, betId, amount, currency, balanceAfter, roundStatus, late } = answer;
  return {
    status: "CREDITED",
    transactionId: transactionId === null ? null : formatId("transaction", transactionId),
    betId: betId === null ? null : formatId("bet", betId),
    amount: formatMinor(amount, currency),
    currency,
    balanceAfter: formatMinor(balanceAfter, currency),
    roundStatus,
    late,
  };
}

function presentTakenBack({ effect, transactionId, currency, balanceAfter }: Answers["undo"]): object {
  return {
    status: effect,
    transactionId: transactionId === null ? null : formatId("transaction", transactionId),
    currency,
    balanceAfter: currency === null || balanceAfter === null ? null : formatMinor(balanceAfter, currency),
  };
}

function presentCorrected(answer: Answers["correct"]): object {
  const { betId, currency, payoutBefore, payout, balanceAfter } = answer;
  return {
    status: "CORRECTED",
    betId: formatId("bet", betId),
    currency,
    payoutBefore: formatMinor(payoutBefore, currency),
    payout: formatMinor(payout, currency),
    balanceAfter: formatMinor(balanceAfter, currency),
  };
}
