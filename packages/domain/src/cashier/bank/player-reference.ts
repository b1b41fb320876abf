/** The reference of a player: ISO 11649 over digits that say nothing, so that nobody guesses another one's. */
import { makeCreditorReference } from "./creditor-reference.ts";

const digits = 12;
/** With `RF` and the check digits. */
export const referenceLength = digits + 4;

export function makePlayerReference(random: bigint): string {
  return makeCreditorReference((random % 10n ** BigInt(digits)).toString().padStart(digits, "0"));
}
