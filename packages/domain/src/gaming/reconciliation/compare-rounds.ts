/** A provider's rounds of a day beside the house's own: what agrees, and what is told differently. */
import type { Currency } from "../../wallet/currency.ts";
import type { BetStatus } from "../../wallet/ledger-codes.ts";
import type { ToldRound, ToldStatus } from "./read-round-file.ts";

/** A bet as it stands; one that was given back, whenever, counts for nothing. */
export interface OwnBet {
  readonly betId: bigint;
  readonly stake: bigint;
  /** Paid so far, gross. */
  readonly paid: bigint;
  readonly status: BetStatus;
  readonly givenBack: boolean;
}

export interface OwnRound {
  readonly roundRef: string;
  readonly playerId: bigint;
  readonly currency: Currency;
  /** Oldest first. */
  readonly bets: readonly OwnBet[];
  /** Won in the round without a bet, as of free rounds: paid by the house. */
  readonly houseWins: bigint;
  /** When it began, ms. */
  readonly startedAtMs: number;
}

export interface RoundSums {
  readonly bets: bigint;
  readonly wins: bigint;
  readonly status: ToldStatus;
}

export const roundBreakTypes = [
  "ROUND_MISSING_HERE",
  "ROUND_MISSING_THERE",
  "ROUND_AMOUNT_DIFFERS",
  "ROUND_STATUS_DIFFERS",
  "ROUND_CURRENCY_DIFFERS",
  "ROUND_DUPLICATED",
] as const;
export type RoundBreakType = (typeof roundBreakTypes)[number];

export interface RoundBreak {
  readonly type: RoundBreakType;
  /** Null where the house has none. */
  readonly own: OwnRound | null;
  /** Null where the provider has none. */
  readonly told: ToldRound | null;
}

export interface Comparison {
  readonly matched: number;
  readonly breaks: readonly RoundBreak[];
  /** Begun so late in the day that the next file may have it. */
  readonly waiting: number;
}

/** What the house's own round comes to, in the words of the file. */
export function sumOwnRound({ bets, houseWins }: OwnRound): RoundSums {
  const standing = bets.filter(({ givenBack }) => !givenBack);
  const sum = (read: (bet: OwnBet) => bigint): bigint => standing.reduce((total, bet) => total + read(bet), 0n);
  const held = standing.some(({ status }) => status === "HELD");
  const nothing = standing.length === 0 && houseWins === 0n && bets.length > 0;
  return {
    bets: sum(({ stake }) => stake),
    wins: sum(({ paid }) => paid) + houseWins,
    status: held ? "OPEN" : nothing ? "ROLLED_BACK" : "CLOSED",
  };
}

/** Undefined where both tell the same. */
function judgeRound(own: OwnRound, told: ToldRound): RoundBreakType | undefined {
  const sums = sumOwnRound(own);
  if (own.currency !== told.currency) return "ROUND_CURRENCY_DIFFERS";
  if (sums.status !== told.status) return "ROUND_STATUS_DIFFERS";
  // What was rolled back came to nothing, whatever the file's amounts once were.
  if (told.status === "ROLLED_BACK") return undefined;
  if (sums.bets !== told.bets) return "ROUND_AMOUNT_DIFFERS";
  // What an open round has won so far is told by some providers only when it ends.
  return told.status === "CLOSED" && sums.wins !== told.wins ? "ROUND_AMOUNT_DIFFERS" : undefined;
}

export function nameOfRound({ player, roundRef }: { readonly player: string; readonly roundRef: string }): string {
  return `${player}|${roundRef}`;
}

export interface ComparedDay {
  readonly told: readonly ToldRound[];
  /** Rounds that the file names, and all that began on the day; by `nameOfRound`. */
  readonly own: ReadonlyMap<string, OwnRound>;
  /** Rounds that began on the day and that the file does not name are missed only where this is false. */
  readonly isElsewhere: (name: string) => boolean;
  /** Rounds that began from here on may stand in the next file, ms; infinite where that was compared too. */
  readonly lateFromMs: number;
  readonly dayMs: { readonly from: number; readonly to: number };
}

export function compareRounds({ told, own, isElsewhere, lateFromMs, dayMs }: ComparedDay): Comparison {
  const breaks: RoundBreak[] = [];
  const seen = new Set<string>();
  let matched = 0;
  for (const row of told) {
    const name = nameOfRound(row);
    const found = own.get(name) ?? null;
    if (seen.has(name)) {
      breaks.push({ type: "ROUND_DUPLICATED", own: found, told: row });
      continue;
    }
    seen.add(name);
    const type = found === null ? missingHere(row) : judgeRound(found, row);
    if (type === undefined) matched += 1;
    else breaks.push({ type, own: found, told: row });
  }
  let waiting = 0;
  for (const [name, round] of own) {
    const began = round.startedAtMs >= dayMs.from && round.startedAtMs < dayMs.to;
    if (seen.has(name) || !began || isElsewhere(name)) continue;
    // What came to nothing here may be left out there.
    if (sumOwnRound(round).status === "ROLLED_BACK") continue;
    if (round.startedAtMs >= lateFromMs) waiting += 1;
    else breaks.push({ type: "ROUND_MISSING_THERE", own: round, told: null });
  }
  return { matched, breaks, waiting };
}

/** A round that was rolled back before anything of it came here is no difference. */
function missingHere({ status }: ToldRound): RoundBreakType | undefined {
  return status === "ROLLED_BACK" ? undefined : "ROUND_MISSING_HERE";
}
