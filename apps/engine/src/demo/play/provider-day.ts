/**
 * A game provider's day as the provider itself plans and remembers it: rounds by their number, the calls of each in the
 * order in which they go out, and the row that each leaves in the daily file. The same seed is the same day, so that a
 * provider that was cut off goes on with the very calls that it had begun.
 */
import { createHash } from "node:crypto";
import { callsOf, type Disorder, disorders } from "@pitboss/wires/traffic/round-calls";
import type { Call } from "@pitboss/wires/wire-model";

export interface PlannedRound {
  readonly round: string;
  readonly disorder: Disorder | null;
  readonly calls: readonly Call[];
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
  const named = (what: string): string => uuidOf(`${seed}|${index}|${what}`);
  const round = named("round");
  const stake = BigInt(10 + draw(0, 490));
  const win = draw(1, 100) < 45 ? stake * 2n : 0n;
  const disorder = draw(2, 100) < disorderPercent ? (disorders[draw(3, disorders.length)] ?? null) : null;
  const planned = { round, disorder, calls: callsOf(disorder, { round, named, stake, win }) };
  if (disorder === "ROLLBACK_FIRST" || disorder === "ROLLED_BACK") {
    return { ...planned, bets: 0n, wins: 0n, status: "ROLLED_BACK" };
  }
  return { ...planned, bets: stake, wins: disorder === "LATE_WIN" ? win + stake : win, status: "CLOSED" };
}

function uuidOf(text: string): string {
  const hex = createHash("sha256").update(text).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
