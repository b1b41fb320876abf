/** The event of a transaction that is not about a bet; one builder a type, as there is one constructor a type. */
import { assert } from "../kernel/result.ts";
import type { JsonValue } from "../kernel/json.ts";
import { formatId } from "../kernel/public-id.ts";
import type { EventStamp } from "../ops/build-events.ts";
import type { CommittedLeg, CommittedTransaction, EventFacts } from "../ops/committed-batch.ts";
import type { DomainEvent } from "../ops/events.ts";
import { formatMinor } from "./money.ts";
import type { HouseTransactionType, TransactionType, WalletKind } from "./ledger-codes.ts";

type BetType = "HOLD" | "SETTLE_DEBIT" | "PAYOUT" | "HOLD_RELEASE" | "ROLLBACK" | "CORRECTION";
type MoneyType = Exclude<TransactionType, BetType | HouseTransactionType>;
export type MoneyTransaction = CommittedTransaction & { readonly type: MoneyType };

/** The legs of one transaction by the kind of their wallet. */
interface Legs {
  /** The leg of that kind. A movement of nothing leaves no leg, so that it may be absent. */
  find(kind: WalletKind): CommittedLeg | undefined;
  readonly all: readonly CommittedLeg[];
}

type Common = EventStamp & {
  readonly version: 1;
  readonly subject: string;
  readonly transactionId: string;
  readonly reference: string | null;
  readonly actor: string | null;
  readonly details: JsonValue;
  readonly requestId: string | null;
};

type Build = (common: Common, legs: Legs, transaction: MoneyTransaction) => DomainEvent;

const builders: { readonly [T in MoneyType]: Build } = {
  DEPOSIT: (common, legs) => ({
    event: "deposit.credited",
    ...common,
    ...over(legs, "CASH"),
    psp: qualifier(legs, "PSP_CLEARING"),
    ...(legs.find("FEES") === undefined ? {} : { pspFee: moved(legs, "FEES") }),
    ...cashAfter(legs),
  }),
  DEPOSIT_RELEASE: (common, legs) => ({
    event: "deposit.released",
    ...common,
    ...over(legs, "CASH"),
    ...cashAfter(legs),
  }),
  WITHDRAW_HOLD: (common, legs) => ({ event: "payout.held", ...common, ...over(legs, "CASH"), ...cashAfter(legs) }),
  WITHDRAW_SETTLE: (common, legs) => ({
    event: "payout.settled",
    ...common,
    ...over(legs, "PSP_CLEARING"),
    psp: qualifier(legs, "PSP_CLEARING"),
  }),
  WITHDRAW_RELEASE: (common, legs) => ({
    event: "payout.released",
    ...common,
    ...over(legs, "CASH"),
    ...cashAfter(legs),
  }),
  BONUS_GRANT: (common, legs) => ({
    event: "bonus.issued",
    ...common,
    ...over(legs, "BONUS"),
    grant: qualifier(legs, "BONUS"),
  }),
  BONUS_CONVERT: (common, legs) => ({
    event: "bonus.converted",
    ...common,
    ...over(legs, "BONUS"),
    grant: qualifier(legs, "BONUS"),
    converted: moved(legs, "CASH"),
    returned: moved(legs, "BONUS_COST"),
    balanceAfter: afterIfMoved(legs),
  }),
  BONUS_FORFEIT: (common, legs) => ({
    event: "bonus.forfeited",
    ...common,
    ...over(legs, "BONUS"),
    grant: qualifier(legs, "BONUS"),
  }),
  JACKPOT_CONTRIBUTION: (common, legs) => ({
    event: "jackpot.contributed",
    ...common,
    ...over(legs, "JACKPOT"),
    jackpot: qualifier(legs, "JACKPOT"),
  }),
  JACKPOT_WIN: (common, legs) => ({
    event: "jackpot.won",
    ...common,
    ...over(legs, "JACKPOT"),
    jackpot: qualifier(legs, "JACKPOT"),
    ...cashAfter(legs),
  }),
  JACKPOT_CONTRIBUTION_REVERSAL: (common, legs) => ({
    event: "jackpot.contribution_reversed",
    ...common,
    ...over(legs, "JACKPOT"),
    jackpot: qualifier(legs, "JACKPOT"),
  }),
  JACKPOT_WIN_REVERSAL: (common, legs) => ({
    event: "jackpot.win_reversed",
    ...common,
    ...over(legs, "JACKPOT"),
    jackpot: qualifier(legs, "JACKPOT"),
    owed: moved(legs, "RECEIVABLE"),
    balanceAfter: afterIfMoved(legs),
  }),
  FEE: (common, legs) => ({ event: "fee.charged", ...common, ...over(legs, "CASH"), ...cashAfter(legs) }),
  CHARGEBACK: (common, legs) => ({
    event: "chargeback.booked",
    ...common,
    ...over(legs, "PSP_CLEARING"),
    psp: qualifier(legs, "PSP_CLEARING"),
    covered: moved(legs, "CASH"),
    loss: moved(legs, "CHARGEBACK_LOSS"),
    balanceAfter: afterIfMoved(legs),
  }),
  CHARGEBACK_REVERSAL: (common, legs) => ({
    event: "chargeback.reversed",
    ...common,
    ...over(legs, "PSP_CLEARING"),
    psp: qualifier(legs, "PSP_CLEARING"),
    fromLoss: moved(legs, "CHARGEBACK_LOSS"),
    returned: moved(legs, "CASH"),
    balanceAfter: afterIfMoved(legs),
  }),
  TRANSFER_OUT: (common, legs) => ({
    event: "transfer.out",
    ...common,
    ...over(legs, "CASH"),
    provider: qualifier(legs, "IN_GAME_BANK"),
    ...cashAfter(legs),
  }),
  TRANSFER_IN: (common, legs) => ({
    event: "transfer.in",
    ...common,
    ...backFromBank(legs),
    balanceAfter: afterIfMoved(legs),
  }),
  CONVERSION: conversion,
  ADJUSTMENT: (common, legs, { details }) => ({
    event: "wallet.adjusted",
    ...common,
    ...over(legs, "CASH"),
    direction: (legs.find("CASH")?.available ?? 0n) > 0n ? "INTO_PLAYER" : "FROM_PLAYER",
    category: detail(details, "category"),
    reason: detail(details, "reason"),
    ...cashAfter(legs),
  }),
};

export function isMoneyTransaction(transaction: CommittedTransaction): transaction is MoneyTransaction {
  return Object.hasOwn(builders, transaction.type);
}

export function buildMoneyEvent(transaction: MoneyTransaction, stamp: EventStamp, facts: EventFacts): DomainEvent {
  const all = facts.legs.get(transaction.id) ?? [];
  assert(all.length > 0, `the transaction ${transaction.id} has postings`);
  const transactionId = formatId("transaction", transaction.id);
  const common = {
    version: 1,
    ...stamp,
    subject: transactionId,
    transactionId,
    reference: transaction.reference?.toString() ?? null,
    actor: transaction.actor,
    details: transaction.details,
    requestId: transaction.requestId,
  } as const;
  const legs = { all, find: (kind: WalletKind) => all.find((leg) => leg.kind === kind) };
  return builders[transaction.type](common, legs, transaction);
}

/** Cash of one currency goes out, cash of another comes in; the house's two sides don't concern the event. */
function conversion(common: Common, legs: Legs, { details }: MoneyTransaction): DomainEvent {
  const cash = legs.all.filter(({ kind }) => kind === "CASH");
  const from = cash.find(({ available }) => available < 0n);
  const to = cash.find(({ available }) => available > 0n);
  const target =
    to?.currency ?? legs.all.find(({ kind, currency }) => kind === "FX" && currency !== from?.currency)?.currency;
  assert(from !== undefined, "a conversion takes cash of a currency");
  const other = target ?? from.currency;
  return {
    event: "wallet.converted",
    ...common,
    currency: from.currency,
    amount: formatMinor(-from.available, from.currency),
    to: other,
    converted: formatMinor(to?.available ?? 0n, other),
    rate: detail(details, "rate"),
    rateSource: detail(details, "source"),
    rateAsOf: detail(details, "asOf"),
    balanceAfter: formatMinor(from.availableAfter, from.currency),
    convertedBalanceAfter: to === undefined ? null : formatMinor(to.availableAfter, other),
  };
}

/** A player who lost all of it gets no cash, and one who put in nothing since may only have won: each leg may be absent. */
function backFromBank(legs: Legs): { currency: string; amount: string; provider: string; won: string } {
  const house = legs.find("GAME_BANK");
  const leg = legs.find("IN_GAME_BANK") ?? house;
  assert(leg !== undefined, "a transfer moves a game bank");
  const { currency } = leg;
  return {
    currency,
    amount: moved(legs, "CASH"),
    provider: leg.qualifier,
    won: formatMinor(-(house?.available ?? 0n), currency),
  };
}

function over(legs: Legs, kind: WalletKind): { currency: string; amount: string } {
  const leg = legs.find(kind);
  assert(leg !== undefined, `the transaction moves a wallet of the kind ${kind}`);
  // A hold moves money inside the wallet, and so shows on both of its sides.
  const amount = leg.available !== 0n ? leg.available : leg.held;
  return { currency: leg.currency, amount: formatMinor(amount < 0n ? -amount : amount, leg.currency) };
}

/** How much moved on that kind of wallet, without its sign; zero where there is no such leg. */
function moved(legs: Legs, kind: WalletKind): string {
  const leg = legs.find(kind);
  const currency = leg?.currency ?? legs.all[0]?.currency;
  assert(currency !== undefined, "a transaction has legs");
  const amount = leg?.available ?? 0n;
  return formatMinor(amount < 0n ? -amount : amount, currency);
}

function cashAfter(legs: Legs): { balanceAfter: string } {
  const balanceAfter = afterIfMoved(legs);
  assert(balanceAfter !== null, "the transaction moves cash");
  return { balanceAfter };
}

function afterIfMoved(legs: Legs): string | null {
  const leg = legs.find("CASH");
  return leg === undefined ? null : formatMinor(leg.availableAfter, leg.currency);
}

function qualifier(legs: Legs, kind: WalletKind): string {
  const leg = legs.find(kind);
  assert(leg !== undefined, `the transaction moves a wallet of the kind ${kind}`);
  return leg.qualifier;
}

function detail(details: JsonValue, field: string): string {
  if (details === null || typeof details !== "object" || Array.isArray(details)) return "";
  const value = (details as Readonly<Record<string, JsonValue>>)[field];
  return typeof value === "string" ? value : "";
}
