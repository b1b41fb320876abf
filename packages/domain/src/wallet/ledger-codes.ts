/**
 * The words of the ledger and the numbers that it stores for them. Numbers are written in every row and so are never
 * reused or changed; a word's meaning is the one in the field (docs/ledger.md lists each with its postings).
 */
export const transactionTypes = {
  DEPOSIT: 1,
  HOLD: 2,
  SETTLE_DEBIT: 3,
  PAYOUT: 4,
  HOLD_RELEASE: 5,
  ROLLBACK: 6,
  WITHDRAW_HOLD: 7,
  WITHDRAW_SETTLE: 8,
  WITHDRAW_RELEASE: 9,
  BONUS_GRANT: 10,
  BONUS_CONVERT: 11,
  BONUS_FORFEIT: 12,
  JACKPOT_CONTRIBUTION: 13,
  JACKPOT_WIN: 14,
  FEE: 15,
  CHARGEBACK: 16,
  CHARGEBACK_REVERSAL: 17,
  TRANSFER_OUT: 18,
  TRANSFER_IN: 19,
  CONVERSION: 20,
  ADJUSTMENT: 21,
  /** The difference between what a settled bet paid and what it should have paid. */
  CORRECTION: 22,
  /** What an affiliate earned by an approved statement becomes what the house owes. */
  AFFILIATE_COMMISSION: 40,
  /** What was owed to an affiliate left the house. */
  AFFILIATE_PAYMENT: 41,
  /** What a payment service kept beyond what it had named with each payment, by its settlement report. */
  PSP_FEE: 30,
  /** A payment service's payout to the house's bank: it leaves the service, and later arrives at the bank. */
  SETTLEMENT: 31,
  /** A rolling reserve that a payment service withholds, or lets go. */
  RESERVE: 32,
  /** A difference between two records, posted under four eyes. */
  RECONCILIATION: 33,
  /** A deposit that was credited frozen, because of where it came from, is let go. */
  DEPOSIT_RELEASE: 23,
  /** A bet was given back, and what it had put into a jackpot with it. */
  JACKPOT_CONTRIBUTION_REVERSAL: 24,
  /** A win was taken back, and what it had paid from a jackpot with it. */
  JACKPOT_WIN_REVERSAL: 25,
} as const;
export type TransactionType = keyof typeof transactionTypes;

/** What moves money between the house's own accounts alone: no player has a part in it, and no event tells it. */
export const houseTransactionTypes = [
  "AFFILIATE_COMMISSION",
  "AFFILIATE_PAYMENT",
  "PSP_FEE",
  "SETTLEMENT",
  "RESERVE",
  "RECONCILIATION",
] as const;
export type HouseTransactionType = (typeof houseTransactionTypes)[number];

export function isHouseTransaction(type: TransactionType): type is HouseTransactionType {
  return (houseTransactionTypes as readonly TransactionType[]).includes(type);
}

/** What moves the money of bets; everything else that is held is held for something else. */
export const betTransactionTypes = [
  transactionTypes.HOLD,
  transactionTypes.SETTLE_DEBIT,
  transactionTypes.PAYOUT,
  transactionTypes.HOLD_RELEASE,
  transactionTypes.ROLLBACK,
  transactionTypes.CORRECTION,
] as const;

/** What bets and wins move in jackpots' pools: beside the bet's own transactions, and never its only sign of a step. */
const jackpotTypes: ReadonlySet<TransactionType> = new Set([
  "JACKPOT_CONTRIBUTION",
  "JACKPOT_WIN",
  "JACKPOT_CONTRIBUTION_REVERSAL",
  "JACKPOT_WIN_REVERSAL",
]);

export function isJackpotTransaction(type: TransactionType): boolean {
  return jackpotTypes.has(type);
}

/** A wallet is a pair of accounts, available and held. The first four kinds are a player's, the rest the house's. */
export const walletKinds = {
  CASH: 1,
  BONUS: 2,
  /** What a player owes the house, by a provider's explicit policy; its available balance is never above zero. */
  RECEIVABLE: 3,
  /** A player's money while it lies in a provider's own wallet; still owed to the player, and spent nowhere else. */
  IN_GAME_BANK: 4,
  GAMING: 10,
  PSP_CLEARING: 11,
  BONUS_COST: 12,
  JACKPOT: 13,
  FEES: 14,
  CHARGEBACK_LOSS: 15,
  FX: 16,
  ROUNDING: 17,
  MANUAL_ADJUSTMENT: 18,
  GAME_BANK: 19,
  /** What affiliates cost the house. */
  AFFILIATE_COST: 40,
  /** What the house owes an affiliate, by the affiliate's id; below zero is what the affiliate owes the house. */
  AFFILIATE_LIABILITY: 41,
  /** The house's accounts at banks, by the bank's code; below zero is money that the house has there. */
  BANK: 30,
  /** What a payment service paid out, and no bank statement shows yet. */
  IN_TRANSIT: 31,
  /** What a payment service withholds for a time. */
  PSP_RESERVE: 32,
  /** Differences between records that two people posted. */
  DIFFERENCES: 33,
} as const;
export type WalletKind = keyof typeof walletKinds;
export const playerKinds = ["CASH", "BONUS", "RECEIVABLE", "IN_GAME_BANK"] as const satisfies readonly WalletKind[];
export type PlayerKind = (typeof playerKinds)[number];
/** What a player can bet. */
export const spendableKinds: ReadonlySet<WalletKind> = new Set(["CASH", "BONUS"]);
export type HouseKind = Exclude<WalletKind, PlayerKind>;

export const fundingPolicies = { CASH_FIRST: 1, BONUS_FIRST: 2, PRO_RATA: 3 } as const;
export type FundingPolicy = keyof typeof fundingPolicies;

export const playerStatuses = { ACTIVE: 1, BLOCKED: 2, CLOSED: 3 } as const;
export type PlayerStatus = keyof typeof playerStatuses;

export const roundStatuses = { OPEN: 1, CLOSED: 2, LATE_CREDITED: 3, STALE: 4, VOIDED: 5 } as const;
export type RoundStatus = keyof typeof roundStatuses;

export const betStatuses = { HELD: 1, SETTLED: 2, VOIDED: 3, CORRECTED: 4 } as const;
export type BetStatus = keyof typeof betStatuses;

export const betOutcomes = { WIN: 1, LOSE: 2, PUSH: 3, VOID: 4, ROLLED_BACK: 5 } as const;
export type BetOutcome = keyof typeof betOutcomes;

/** What a request id stands for once it was answered. */
export const requestKinds = { PLACED: 1, ANSWERED: 2, DENIED: 3, TOMBSTONE: 4 } as const;
export type RequestKind = keyof typeof requestKinds;

type Codes = Readonly<Record<string, number>>;

/** Turns a table above round. A number that no row has is a bug or a newer writer, never a guess. */
function codeReader<T extends Codes>(codes: T, what: string): (code: number) => keyof T & string {
  const words = new Map(Object.entries(codes).map(([word, code]) => [code, word]));
  return (code) => {
    const word = words.get(code);
    if (word === undefined) throw new Error(`no ${what} has the code ${code}`);
    return word;
  };
}

export const transactionTypeOf = codeReader(transactionTypes, "transaction type");
export const walletKindOf = codeReader(walletKinds, "wallet kind");
export const fundingPolicyOf = codeReader(fundingPolicies, "funding policy");
export const playerStatusOf = codeReader(playerStatuses, "player status");
export const roundStatusOf = codeReader(roundStatuses, "round status");
export const betStatusOf = codeReader(betStatuses, "bet status");
export const betOutcomeOf = codeReader(betOutcomes, "bet outcome");
export const requestKindOf = codeReader(requestKinds, "request kind");
