/**
 * What a regulator is told of closed days: for each game, provider and currency what was staked, won and left open by the
 * players of one jurisdiction. All jurisdictions together are the day as it was tied out, to the last minor unit.
 */
import { z } from "zod";
import type { Currency } from "../wallet/currency.ts";

/** Whom a report is for. A player's jurisdiction is the country of the account; `OTHER` has all countries without a code. */
export const jurisdictions = ["GB", "MT", "DE", "OTHER"] as const;
export type Jurisdiction = (typeof jurisdictions)[number];

/** A file of more days is of no use to anybody, and is asked for quarter by quarter. */
export const regulatorDaysMost = 93;

const day = z.iso.date();

/** Days of UTC, both ends included: no other days are tied out. */
export const regulatorInput = z
  .object({ from: day, to: day, jurisdiction: z.enum(jurisdictions) })
  .strict()
  .refine(({ from, to }) => from <= to && daysOf(from, to).length <= regulatorDaysMost, {
    message: `A file has at least one day and at most ${regulatorDaysMost}.`,
  });
export type RegulatorInput = z.infer<typeof regulatorInput>;

export function daysOf(from: string, to: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(from); at <= Date.parse(to) && days.length <= regulatorDaysMost; at += 86_400_000) {
    days.push(new Date(at).toISOString().slice(0, 10));
  }
  return days;
}

/** Minor units of the currency. Bonus parts are parts of the amounts beside them. */
export interface PlayAmounts {
  readonly stakes: bigint;
  readonly stakesBonus: bigint;
  readonly wins: bigint;
  readonly winsBonus: bigint;
}

export interface JurisdictionAmounts extends PlayAmounts {
  readonly jurisdiction: Jurisdiction;
  readonly currency: Currency;
}

/** A line of a day's tie-out. */
export interface TiedFigure {
  readonly line: string;
  readonly currency: string;
  readonly ledger: bigint;
}

export interface Reconciled {
  readonly currency: Currency;
  /** The house's day as the ledger has it. */
  readonly ledger: PlayAmounts;
  readonly reported: PlayAmounts;
  /** Of players of all other jurisdictions. */
  readonly elsewhere: PlayAmounts;
  /** False where reported and elsewhere are not the ledger's. */
  readonly tied: boolean;
}

const none: PlayAmounts = { stakes: 0n, stakesBonus: 0n, wins: 0n, winsBonus: 0n };

/** Stakes less wins, cash and bonus alike. */
export function grossRevenue({ stakes, wins }: PlayAmounts): bigint {
  return stakes - wins;
}

function addPlay(left: PlayAmounts, right: PlayAmounts): PlayAmounts {
  return {
    stakes: left.stakes + right.stakes,
    stakesBonus: left.stakesBonus + right.stakesBonus,
    wins: left.wins + right.wins,
    winsBonus: left.winsBonus + right.winsBonus,
  };
}

/** A day's amounts of one jurisdiction against the day's tie-out, currency by currency. */
export function reconcileDay(
  jurisdiction: Jurisdiction,
  amounts: readonly JurisdictionAmounts[],
  tied: readonly TiedFigure[],
): Reconciled[] {
  const lines = tied.filter(({ line }) => line in partOf);
  const currencies = [...new Set([...amounts, ...lines].map(({ currency }) => currency))].sort() as Currency[];
  return currencies.map((currency) => {
    const of = amounts.filter((one) => one.currency === currency);
    const reported = of.filter((one) => one.jurisdiction === jurisdiction).reduce<PlayAmounts>(addPlay, none);
    const elsewhere = of.filter((one) => one.jurisdiction !== jurisdiction).reduce<PlayAmounts>(addPlay, none);
    const ledger = lines
      .filter((line) => line.currency === currency)
      .reduce<PlayAmounts>((sum, line) => addPlay(sum, partOf[line.line as keyof typeof partOf](line.ledger)), none);
    return { currency, ledger, reported, elsewhere, tied: same(addPlay(reported, elsewhere), ledger) };
  });
}

const partOf = {
  stakesCash: (sum: bigint): PlayAmounts => ({ ...none, stakes: sum }),
  stakesBonus: (sum: bigint): PlayAmounts => ({ ...none, stakes: sum, stakesBonus: sum }),
  winsCash: (sum: bigint): PlayAmounts => ({ ...none, wins: sum }),
  winsBonus: (sum: bigint): PlayAmounts => ({ ...none, wins: sum, winsBonus: sum }),
} as const;

function same(left: PlayAmounts, right: PlayAmounts): boolean {
  return (Object.keys(none) as (keyof PlayAmounts)[]).every((name) => left[name] === right[name]);
}
