/**
 * A day's facts against the same day of the ledger, to the last minor unit, line by line and currency by currency. The
 * ledger's side is read from postings and knows nothing of events; the facts' side knows nothing of postings.
 */
import type { Currency } from "../wallet/currency.ts";
import type { TransactionType, WalletKind } from "../wallet/ledger-codes.ts";
import type { FactKind } from "./facts.ts";

/** What the transactions of a type moved on wallets of a kind, available and held together. */
export interface LedgerSum {
  readonly type: TransactionType;
  readonly wallet: WalletKind;
  readonly currency: Currency;
  readonly sum: bigint;
}

/** What the facts of a kind add up to. */
export interface FactSum {
  readonly kind: FactKind;
  readonly currency: Currency;
  readonly stakeCash: bigint;
  readonly stakeBonus: bigint;
  readonly winCash: bigint;
  readonly winBonus: bigint;
  readonly amount: bigint;
}

interface LineRule {
  /** Types, wallets, and 1 where the posting's sign is the line's. */
  readonly ledger: readonly (readonly [
    types: readonly TransactionType[],
    wallets: readonly WalletKind[],
    sign: 1n | -1n,
  ])[];
  readonly facts: (fact: FactSum) => bigint;
}

const amountOf =
  (kind: FactKind) =>
  (fact: FactSum): bigint =>
    fact.kind === kind ? fact.amount : 0n;

const paid = ["PAYOUT", "CORRECTION"] as const;

export const tieLines = {
  stakesCash: { ledger: [[["SETTLE_DEBIT"], ["CASH"], -1n]], facts: ({ stakeCash }) => stakeCash },
  stakesBonus: { ledger: [[["SETTLE_DEBIT"], ["BONUS"], -1n]], facts: ({ stakeBonus }) => stakeBonus },
  winsCash: {
    ledger: [
      [paid, ["CASH", "RECEIVABLE"], 1n],
      [["TRANSFER_IN"], ["GAME_BANK"], -1n],
    ],
    facts: ({ winCash }) => winCash,
  },
  winsBonus: { ledger: [[paid, ["BONUS"], 1n]], facts: ({ winBonus }) => winBonus },
  // Stakes less wins as the house's own account has them: the two sides of the lines above, once more.
  ggr: {
    ledger: [
      [["SETTLE_DEBIT", ...paid], ["GAMING"], 1n],
      [["TRANSFER_IN"], ["GAME_BANK"], 1n],
    ],
    facts: ({ stakeCash, stakeBonus, winCash, winBonus }) => stakeCash + stakeBonus - winCash - winBonus,
  },
  deposits: { ledger: [[["DEPOSIT"], ["CASH"], 1n]], facts: amountOf("DEPOSIT") },
  withdrawals: { ledger: [[["WITHDRAW_SETTLE"], ["PSP_CLEARING"], 1n]], facts: amountOf("WITHDRAWAL") },
  bonusGranted: { ledger: [[["BONUS_GRANT"], ["BONUS"], 1n]], facts: amountOf("BONUS_GRANTED") },
  bonusConverted: { ledger: [[["BONUS_CONVERT"], ["CASH"], 1n]], facts: amountOf("BONUS_CONVERTED") },
  bonusReturned: { ledger: [[["BONUS_CONVERT"], ["BONUS_COST"], 1n]], facts: amountOf("BONUS_RETURNED") },
  bonusForfeited: { ledger: [[["BONUS_FORFEIT"], ["BONUS_COST"], 1n]], facts: amountOf("BONUS_FORFEITED") },
  jackpotContributed: {
    ledger: [[["JACKPOT_CONTRIBUTION", "JACKPOT_CONTRIBUTION_REVERSAL"], ["JACKPOT"], 1n]],
    facts: amountOf("JACKPOT_CONTRIBUTED"),
  },
  jackpotWon: {
    ledger: [[["JACKPOT_WIN", "JACKPOT_WIN_REVERSAL"], ["CASH", "RECEIVABLE"], 1n]],
    facts: amountOf("JACKPOT_WON"),
  },
  fees: { ledger: [[["FEE"], ["FEES"], 1n]], facts: amountOf("FEE") },
  pspFees: { ledger: [[["DEPOSIT"], ["FEES"], -1n]], facts: amountOf("PSP_FEE") },
  chargebacks: { ledger: [[["CHARGEBACK"], ["PSP_CLEARING"], 1n]], facts: amountOf("CHARGEBACK") },
  chargebackLoss: { ledger: [[["CHARGEBACK"], ["CHARGEBACK_LOSS"], -1n]], facts: amountOf("CHARGEBACK_LOSS") },
  chargebackReversed: {
    ledger: [[["CHARGEBACK_REVERSAL"], ["PSP_CLEARING"], -1n]],
    facts: amountOf("CHARGEBACK_REVERSED"),
  },
  chargebackRecovered: {
    ledger: [[["CHARGEBACK_REVERSAL"], ["CHARGEBACK_LOSS"], 1n]],
    facts: amountOf("CHARGEBACK_RECOVERED"),
  },
  transferredOut: { ledger: [[["TRANSFER_OUT"], ["CASH"], -1n]], facts: amountOf("TRANSFER_OUT") },
  transferredIn: { ledger: [[["TRANSFER_IN"], ["CASH"], 1n]], facts: amountOf("TRANSFER_IN") },
  converted: {
    ledger: [[["CONVERSION"], ["CASH"], 1n]],
    facts: (fact) => amountOf("CONVERTED_TO")(fact) - amountOf("CONVERTED_FROM")(fact),
  },
  adjustments: { ledger: [[["ADJUSTMENT"], ["CASH"], 1n]], facts: amountOf("ADJUSTMENT") },
} as const satisfies Record<string, LineRule>;
export type TieLine = keyof typeof tieLines;

export interface TiedLine {
  readonly line: TieLine;
  readonly currency: Currency;
  readonly ledger: bigint;
  readonly facts: bigint;
}

/** Every line and currency in which either side has something. */
export function tieOut(ledger: readonly LedgerSum[], facts: readonly FactSum[]): TiedLine[] {
  const currencies = [...new Set([...ledger, ...facts].map(({ currency }) => currency))].sort();
  return currencies.flatMap((currency) =>
    (Object.entries(tieLines) as [TieLine, LineRule][])
      .map(([line, rule]) => ({
        line,
        currency,
        ledger: sumLedger(ledger, rule, currency),
        facts: facts.reduce((sum, fact) => (fact.currency === currency ? sum + rule.facts(fact) : sum), 0n),
      }))
      .filter((tied) => tied.ledger !== 0n || tied.facts !== 0n),
  );
}

export function isTied(lines: readonly TiedLine[]): boolean {
  return lines.every(({ ledger, facts }) => ledger === facts);
}

function sumLedger(sums: readonly LedgerSum[], { ledger }: LineRule, currency: Currency): bigint {
  let total = 0n;
  for (const one of sums) {
    if (one.currency !== currency) continue;
    for (const [types, wallets, sign] of ledger) {
      if (types.includes(one.type) && wallets.includes(one.wallet)) total += sign * one.sum;
    }
  }
  return total;
}
