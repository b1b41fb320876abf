/**
 * What reports are made of: each event of money as one fact or a few, a pure function of the event, so that facts which
 * are made again from the ledger or from the archive are the same to the last digit. Amounts are minor units of the
 * fact's currency; the day of a fact is the day of its event, UTC.
 */
import { parseId } from "../kernel/public-id.ts";
import { assert } from "../kernel/result.ts";
import type { DomainEvent, EventName, EventOf } from "../ops/events.ts";
import { type Currency, isCurrency } from "../wallet/currency.ts";
import { parseAmount } from "../wallet/money.ts";

/** Numbers are stored and so never reused. */
export const factKinds = {
  /** A stake, or a part of one, went to the house, and what was won came back. */
  SETTLED: 1,
  /**
   * What a settled bet paid was changed, or the house paid a win without a bet; `win` is the difference, which may be
   * below zero.
   */
  CORRECTED: 2,
  /** Stakes that came back: no turnover. */
  PUSHED: 3,
  VOIDED: 4,
  ROLLED_BACK: 5,
  /** A stake was held; less what came of it, it is what is open. No turnover by itself. */
  PLACED: 6,
  DEPOSIT: 10,
  WITHDRAWAL: 11,
  PAYOUT_HELD: 12,
  PAYOUT_RELEASED: 13,
  BONUS_GRANTED: 20,
  /** Bonus money that became cash. */
  BONUS_CONVERTED: 21,
  /** What lay above a conversion's cap and went back to the house. */
  BONUS_RETURNED: 22,
  BONUS_FORFEITED: 23,
  /** Below zero where it came back with its bet, or was taken back with its win. */
  JACKPOT_CONTRIBUTED: 30,
  JACKPOT_WON: 31,
  FEE: 40,
  CHARGEBACK: 41,
  /** The part of a chargeback that the player's cash did not cover. */
  CHARGEBACK_LOSS: 42,
  CHARGEBACK_REVERSED: 43,
  CHARGEBACK_RECOVERED: 44,
  /** What the payment service kept of a deposit, and the house bears. */
  PSP_FEE: 45,
  TRANSFER_OUT: 50,
  TRANSFER_IN: 51,
  CONVERTED_FROM: 52,
  CONVERTED_TO: 53,
  /** Into the player where it is above zero. */
  ADJUSTMENT: 54,
} as const;
export type FactKind = keyof typeof factKinds;

export interface Fact {
  /** The number behind the event's id: its first transaction. With `line` it names the fact for ever. */
  readonly event: bigint;
  readonly line: number;
  /** The event's time, ISO 8601 in UTC, to the millisecond. */
  readonly ts: string;
  readonly kind: FactKind;
  readonly playerId: bigint;
  readonly currency: Currency;
  /** Empty where it is about no game. */
  readonly provider: string;
  readonly game: string;
  /** 0 where it is about no bet. */
  readonly betId: bigint;
  /** The payment service, the grant, the jackpot, the game bank or the category of an adjustment. */
  readonly channel: string;
  readonly stakeCash: bigint;
  readonly stakeBonus: bigint;
  readonly winCash: bigint;
  readonly winBonus: bigint;
  /** What a fact that is no result of a bet is over. */
  readonly amount: bigint;
}

type Line = Partial<Omit<Fact, "event" | "line" | "ts" | "playerId" | "currency" | "kind">> & {
  readonly kind: FactKind;
  readonly currency?: Currency;
};

type Makers = { readonly [N in EventName]?: (event: EventOf<N>, money: (text: string) => bigint) => readonly Line[] };

const makers: Makers = {
  "bet.placed": (event, money) => [
    { kind: "PLACED", ...gameOf(event), betId: numberOf("bet", event.betId), amount: money(event.stake) },
  ],
  "round.settled": settledLines,
  "bet.corrected": correctedLines,
  // The house paid without a stake: a win as any other, of no bet.
  "round.credited": (event, money) => [
    {
      kind: "CORRECTED",
      provider: event.provider,
      game: event.gameId ?? "",
      channel: event.source,
      winCash: event.direction === "PAID" ? money(event.amount) : -money(event.amount),
    },
  ],
  "bet.voided": (event, money) => [
    { kind: "VOIDED", ...gameOf(event), betId: numberOf("bet", event.betId), amount: money(event.released) },
  ],
  "bet.rolled_back": (event, money) => [
    { kind: "ROLLED_BACK", ...gameOf(event), betId: numberOf("bet", event.betId), amount: money(event.released) },
  ],
  "deposit.credited": (event, money) => [
    { kind: "DEPOSIT", channel: event.psp, amount: money(event.amount) },
    { kind: "PSP_FEE", channel: event.psp, amount: money(event.pspFee ?? "0") },
  ],
  "payout.held": (event, money) => [{ kind: "PAYOUT_HELD", amount: money(event.amount) }],
  "payout.settled": (event, money) => [{ kind: "WITHDRAWAL", channel: event.psp, amount: money(event.amount) }],
  "payout.released": (event, money) => [{ kind: "PAYOUT_RELEASED", amount: money(event.amount) }],
  "bonus.issued": (event, money) => [{ kind: "BONUS_GRANTED", channel: event.grant, amount: money(event.amount) }],
  "bonus.converted": (event, money) => [
    { kind: "BONUS_CONVERTED", channel: event.grant, amount: money(event.converted) },
    { kind: "BONUS_RETURNED", channel: event.grant, amount: money(event.returned) },
  ],
  "bonus.forfeited": (event, money) => [{ kind: "BONUS_FORFEITED", channel: event.grant, amount: money(event.amount) }],
  "jackpot.contributed": (event, money) => [
    { kind: "JACKPOT_CONTRIBUTED", channel: event.jackpot, amount: money(event.amount) },
  ],
  "jackpot.won": (event, money) => [{ kind: "JACKPOT_WON", channel: event.jackpot, amount: money(event.amount) }],
  "jackpot.contribution_reversed": (event, money) => [
    { kind: "JACKPOT_CONTRIBUTED", channel: event.jackpot, amount: -money(event.amount) },
  ],
  "jackpot.win_reversed": (event, money) => [
    { kind: "JACKPOT_WON", channel: event.jackpot, amount: -money(event.amount) },
  ],
  "fee.charged": (event, money) => [{ kind: "FEE", amount: money(event.amount) }],
  "chargeback.booked": (event, money) => [
    { kind: "CHARGEBACK", channel: event.psp, amount: money(event.amount) },
    { kind: "CHARGEBACK_LOSS", channel: event.psp, amount: money(event.loss) },
  ],
  "chargeback.reversed": (event, money) => [
    { kind: "CHARGEBACK_REVERSED", channel: event.psp, amount: money(event.amount) },
    { kind: "CHARGEBACK_RECOVERED", channel: event.psp, amount: money(event.fromLoss) },
  ],
  "transfer.out": (event, money) => [{ kind: "TRANSFER_OUT", channel: event.provider, amount: money(event.amount) }],
  "transfer.in": (event, money) => [
    { kind: "TRANSFER_IN", channel: event.provider, amount: money(event.amount) },
    // What play in the game bank came to. Its bets are the provider's: of the house's facts it is a win without a stake.
    { kind: "CORRECTED", provider: event.provider, channel: "game-bank", winCash: money(event.won) },
  ],
  "wallet.converted": (event, money) => [
    { kind: "CONVERTED_FROM", amount: money(event.amount) },
    { kind: "CONVERTED_TO", currency: currencyOf(event.to), amount: minorOf(event.converted, currencyOf(event.to)) },
  ],
  "wallet.adjusted": (event, money) => [
    {
      kind: "ADJUSTMENT",
      channel: event.category,
      amount: event.direction === "INTO_PLAYER" ? money(event.amount) : -money(event.amount),
    },
  ],
};

/** The facts of an event, in a fixed order. An event that moves no money has none. */
export function factsOf(event: DomainEvent): Fact[] {
  const make = makers[event.event] as
    | ((event: DomainEvent, money: (text: string) => bigint) => readonly Line[])
    | undefined;
  // A batch's notes have ids with a second number: they tell of what moved no money.
  if (make === undefined || event.eventId.includes(".") || !("currency" in event) || event.currency === null) return [];
  const currency = currencyOf(event.currency);
  const base = {
    event: numberOf("event", event.eventId),
    ts: event.ts,
    playerId: numberOf("player", event.playerId),
    provider: "",
    game: "",
    betId: 0n,
    channel: "",
    stakeCash: 0n,
    stakeBonus: 0n,
    winCash: 0n,
    winBonus: 0n,
    amount: 0n,
  };
  return make(event, (text) => minorOf(text, currency))
    .map((line, index) => ({ ...base, currency, ...line, line: index }))
    .filter(movesSomething);
}

function settledLines(event: EventOf<"round.settled">, money: (text: string) => bigint): Line[] {
  return event.bets.map(({ betId, outcome, stake, payout }) => {
    const bonus = event.bonus?.find((part) => part.betId === betId);
    const [stakeBonus, winBonus] = [money(bonus?.stake ?? "0"), money(bonus?.payout ?? "0")];
    const common = { ...gameOf(event), betId: numberOf("bet", betId), channel: bonus?.grant ?? "" };
    // A push gives the stake back: nothing was staked in the end, and nothing won.
    if (outcome === "PUSH") return { kind: "PUSHED", ...common, amount: money(stake) };
    return {
      kind: "SETTLED",
      ...common,
      stakeCash: money(stake) - stakeBonus,
      stakeBonus,
      winCash: money(payout) - winBonus,
      winBonus,
    };
  });
}

function correctedLines(event: EventOf<"bet.corrected">, money: (text: string) => bigint): Line[] {
  const { bonus } = event;
  const winBonus = bonus === null ? 0n : money(bonus.payout) - money(bonus.payoutBefore);
  const winCash = money(event.payout) - money(event.payoutBefore) - winBonus;
  const common = { ...gameOf(event), betId: numberOf("bet", event.betId), channel: bonus?.grant ?? "" };
  return [{ kind: "CORRECTED", ...common, winCash, winBonus }];
}

function movesSomething(fact: Fact): boolean {
  return [fact.stakeCash, fact.stakeBonus, fact.winCash, fact.winBonus, fact.amount].some((part) => part !== 0n);
}

function gameOf({ provider, gameId }: { readonly provider: string; readonly gameId: string }) {
  return { provider, game: gameId };
}

function numberOf(kind: "bet" | "event" | "player", text: string): bigint {
  const id = parseId(kind, text);
  assert(id !== undefined, `"${text}" is the id of a ${kind}`);
  return id;
}

function currencyOf(text: string): Currency {
  assert(isCurrency(text), `"${text}" is a currency`);
  return text;
}

function minorOf(text: string, currency: Currency): bigint {
  const parsed = parseAmount(text, currency);
  assert(parsed.ok, `"${text}" is an amount of ${currency}`);
  return parsed.value;
}
