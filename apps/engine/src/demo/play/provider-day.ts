/**
 * A game provider's day as the provider itself plans and remembers it: rounds by their number, the calls of each in the
 * order in which they go out, and the row that each leaves in the daily file. The same seed is the same day, so that a
 * provider that was cut off goes on with the very calls that it had begun.
 */
import { createHash } from "node:crypto";
import type { ProviderCall } from "./dialect-wires.ts";

export const disorders = ["REPEATED", "WIN_FIRST", "ROLLBACK_FIRST", "ROLLED_BACK", "LATE_WIN"] as const;
export type Disorder = (typeof disorders)[number];

export interface PlannedRound {
  readonly round: string;
  readonly disorder: Disorder | null;
  readonly calls: readonly ProviderCall[];
  /** What the provider's file says of it, minor units. */
  readonly bets: bigint;
  readonly wins: bigint;
  readonly status: "CLOSED" | "ROLLED_BACK";
}

export interface DaySettings {
  readonly seed: string;
  /** Of a hundred rounds so many go out of order. */
  readonly disorderPercent: number;
}

export function planRound({ seed, disorderPercent }: DaySettings, index: number): PlannedRound {
  const bytes = createHash("sha256").update(`${seed}|${index}`).digest();
  const draw = (at: number, below: number): number => bytes.readUInt32BE(at * 4) % below;
  const name = (what: string): string => uuidOf(`${seed}|${index}|${what}`);
  const round = name("round");
  const stake = BigInt(10 + draw(0, 490));
  const win = draw(1, 100) < 45 ? stake * 2n : 0n;
  const disorder = draw(2, 100) < disorderPercent ? (disorders[draw(3, disorders.length)] ?? null) : null;
  const bet: ProviderCall = { kind: "bet", id: name("bet"), bet: name("bet"), amount: stake, close: false };
  const won: ProviderCall = { kind: "win", id: name("win"), bet: bet.id, amount: win, close: true };
  const back: ProviderCall = { kind: "rollback", id: name("back"), bet: bet.id, amount: stake, close: false };
  const late: ProviderCall = { kind: "win", id: name("late"), bet: bet.id, amount: stake, close: false };
  const closed = { round, disorder, bets: stake, wins: win, status: "CLOSED" } as const;
  const rolledBack = { round, disorder, bets: 0n, wins: 0n, status: "ROLLED_BACK" } as const;
  switch (disorder) {
    case "REPEATED":
      return { ...closed, calls: [bet, bet, won, bet, won] };
    case "WIN_FIRST":
      return { ...closed, calls: [won, bet, won] };
    case "ROLLBACK_FIRST":
      return { ...rolledBack, calls: [back, bet, back] };
    case "ROLLED_BACK":
      return { ...rolledBack, calls: [bet, back, back] };
    case "LATE_WIN":
      return { ...closed, wins: win + stake, calls: [bet, won, late, late] };
    default:
      return { ...closed, calls: [bet, won] };
  }
}

function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
