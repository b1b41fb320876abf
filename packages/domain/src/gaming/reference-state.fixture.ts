/** The reference model's state, and the arithmetic that its commands share. */
import type { BetName, BetResult } from "./commands.ts";

export type ModelAnswer =
  | { readonly refused: string }
  | { readonly placed: { balanceAfter: bigint; stake: bigint } }
  | { readonly settled: { payouts: readonly bigint[]; round: string; balances: Readonly<Record<string, bigint>> } }
  | { readonly undone: { released: bigint; balanceAfter: bigint | null } }
  | { readonly corrected: { before: bigint; after: bigint; balanceAfter: bigint } }
  | { readonly won: { paid: bigint; round: string | null; balanceAfter: bigint } }
  | { readonly takenBack: { effect: string; balanceAfter: bigint | null } }
  | { readonly moved: { cash: bigint } };

export interface ModelBet {
  readonly player: bigint;
  readonly currency: string;
  readonly round: string;
  readonly provider: number;
  readonly cash: bigint;
  readonly bonus: bigint;
  readonly grant: string | undefined;
  /** What it put into a pool, and what it has of pools. */
  readonly jackpot: { readonly code: string; readonly amount: bigint } | undefined;
  readonly fromPools: Map<string, bigint>;
  leftCash: bigint;
  leftBonus: bigint;
  paidCash: bigint;
  paidBonus: bigint;
  state: "held" | "settled" | "void";
  /** Its stake went back after it was settled. */
  back: boolean;
}

export interface ModelWin {
  readonly player: bigint;
  readonly currency: string;
  /** Absent where the house paid. */
  readonly bet: ModelBet | undefined;
  readonly cash: bigint;
  readonly bonus: bigint;
  readonly jackpot: { readonly code: string; readonly amount: bigint } | undefined;
}

export interface Grant {
  readonly player: bigint;
  readonly currency: string;
  readonly name: string;
  readonly policy: string;
}

export interface ModelGame {
  readonly provider: number;
  readonly open: boolean;
  readonly limits: Readonly<Record<string, readonly [min: bigint, max: bigint]>>;
}

export interface ModelRules {
  readonly players: Readonly<Record<string, string>>;
  readonly games: Readonly<Record<number, ModelGame>>;
  /** The key of the request that placed the bet of this id. */
  readonly placeKeyOf: (betId: bigint) => string | undefined;
}

export interface Model {
  readonly rules: ModelRules;
  /** `7/EUR/cash`, `7/EUR/cash/held`, `7/EUR/bonus:welcome`, …, and `house/EUR` for everything that is not a player's. */
  readonly amounts: Map<string, bigint>;
  readonly grants: Grant[];
  readonly bets: Map<string, ModelBet>;
  readonly closed: Map<string, string>;
  readonly answered: Map<string, { readonly hash: bigint; readonly answer: ModelAnswer }>;
  readonly tombstones: Set<string>;
  readonly wins: Map<string, ModelWin>;
  readonly undone: Set<string>;
  /** What payouts have on hold, by player and currency. */
  readonly withdrawing: Map<string, bigint>;
}

export const cashOf = (player: bigint, currency: string): string => `${player}/${currency}/cash`;
export const bonusOf = (player: bigint, currency: string, grant: string): string =>
  `${player}/${currency}/bonus:${grant}`;

/** Cash's share of an amount that follows two weights; a tie between the two remainders goes to cash. */
export function cashShare(amount: bigint, cash: bigint, bonus: bigint): bigint {
  return bonus === 0n ? amount : (2n * amount * cash + cash + bonus) / (2n * (cash + bonus));
}

export function amountAt(model: Model, name: string): bigint {
  return model.amounts.get(name) ?? 0n;
}

export function add(model: Model, name: string, delta: bigint): void {
  model.amounts.set(name, amountAt(model, name) + delta);
}

/** From the house into the pool, where `share` is above zero; out of it again where it is below. */
export function fillPool(model: Model, { currency, jackpot }: ModelBet, share: bigint): void {
  if (jackpot === undefined) return;
  add(model, `jackpot:${jackpot.code}/${currency}`, share);
  add(model, `house/${currency}`, -share);
}

/** The pool's part of a stake, half-even: told with thirds of nothing but whole numbers. */
export function poolShare({ jackpot, cash, bonus }: ModelBet, part: bigint): bigint {
  const [whole, total] = [(jackpot?.amount ?? 0n) * part, cash + bonus];
  const floor = whole / total;
  const rest = 2n * (whole - floor * total);
  return rest > total || (rest === total && floor % 2n === 1n) ? floor + 1n : floor;
}

export function spendable(model: Model, player: bigint, currency: string): bigint {
  const names = model.grants.filter((grant) => grant.player === player && grant.currency === currency);
  return names.reduce(
    (sum, { name }) => sum + amountAt(model, bonusOf(player, currency, name)),
    amountAt(model, cashOf(player, currency)),
  );
}

export function find(model: Model, player: bigint, name: BetName, onlyProvider?: number): ModelBet | undefined {
  const key = "betId" in name ? model.rules.placeKeyOf(name.betId) : name.placeKey;
  const bet = key === undefined ? undefined : model.bets.get(key);
  if (bet === undefined || bet.player !== player) return undefined;
  return onlyProvider === undefined || onlyProvider === bet.provider ? bet : undefined;
}

export function settleOne(model: Model, bet: ModelBet, { outcome, payout, stakePart }: BetResult): bigint {
  const part = stakePart ?? bet.leftCash + bet.leftBonus;
  const cash = cashShare(part, bet.leftCash, bet.leftBonus);
  if (outcome === "PUSH") {
    letGo(model, bet, cash, part - cash, true);
    bet.paidCash += cash;
    bet.paidBonus += part - cash;
  } else {
    letGo(model, bet, cash, part - cash, false);
    if (outcome === "WIN") pay(model, bet, cashShare(payout, bet.cash, bet.bonus), payout);
  }
  if (bet.leftCash + bet.leftBonus === 0n) bet.state = "settled";
  return outcome === "PUSH" ? part : outcome === "WIN" ? payout : 0n;
}

/** Takes from the hold: back to the purses, or to the house. */
export function letGo(model: Model, bet: ModelBet, cash: bigint, bonus: bigint, back: boolean): void {
  bet.leftCash -= cash;
  bet.leftBonus -= bonus;
  const [cashPurse, bonusPurse] = pursesOf(bet);
  add(model, `${cashPurse}/held`, -cash);
  if (bonusPurse !== undefined) add(model, `${bonusPurse}/held`, -bonus);
  if (!back) add(model, `house/${bet.currency}`, cash + bonus);
  else {
    add(model, cashPurse, cash);
    if (bonusPurse !== undefined) add(model, bonusPurse, bonus);
  }
}

export function pay(model: Model, bet: ModelBet, cash: bigint, total: bigint): void {
  const [cashPurse, bonusPurse] = pursesOf(bet);
  add(model, cashPurse, cash);
  if (bonusPurse !== undefined) add(model, bonusPurse, total - cash);
  add(model, `house/${bet.currency}`, -total);
  bet.paidCash += cash;
  bet.paidBonus += total - cash;
}

export function pursesOf({ player, currency, grant }: ModelBet): [cash: string, bonus: string | undefined] {
  return [cashOf(player, currency), grant === undefined ? undefined : bonusOf(player, currency, grant)];
}
