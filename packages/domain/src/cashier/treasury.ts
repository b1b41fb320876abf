/** How the house's money is judged: against what others say of it, and against what is owed to players. */

/** `UNTOLD` where nobody else has said anything of it. */
export type PlaceVerdict = "EQUAL" | "DIFFERS" | "UNTOLD";

export function judgePlace(ledger: bigint, told: bigint | null): PlaceVerdict {
  if (told === null) return "UNTOLD";
  return told === ledger ? "EQUAL" : "DIFFERS";
}

/**
 * How much of what is owed to players the house has, in hundredths of a per cent, rounded down so that 100 % is never
 * shown where a cent is missing. Undefined where nothing is owed.
 */
export function coverageOf(held: bigint, owed: bigint): bigint | undefined {
  if (owed <= 0n) return undefined;
  return held <= 0n ? 0n : (held * 10_000n) / owed;
}
