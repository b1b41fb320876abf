/** A bank account that a player wants to be paid out to; not verified by that. */
import { findInstrument, type InstrumentRecord } from "@pitboss/db/cashier/instrument-store";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { compareNames } from "@pitboss/domain/cashier/bank/compare-names";
import { readIban } from "@pitboss/domain/cashier/bank/iban";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Cashier } from "../cashier.ts";

export interface AccountWish {
  readonly playerId: bigint;
  readonly iban: string;
  readonly holder: string;
}

export async function bringAccount(
  { db, bank: { banks, vault } }: Cashier,
  { playerId, iban: text, holder }: AccountWish,
): Promise<Result<InstrumentRecord>> {
  const iban = readIban(text);
  if (!iban.ok) return iban;
  if ((await findPlayerStatus(db, playerId)) === undefined) return err("PLAYER_NOT_FOUND");
  const [bank] = banks.values();
  if (bank === undefined) return err("PAYOUT_UNAVAILABLE");
  // The house's own would send the player's money in a circle.
  if (iban.value === bank.account.iban || bank.settlers.has(iban.value)) return err("IBAN_INVALID");
  const id = await db.transaction(async (tx) => {
    const nameMatch = compareNames(holder, await vault.nameOf(tx, playerId));
    return vault.keepAccount(tx, { playerId, bank: bank.code, iban: iban.value, holder, nameMatch });
  });
  const kept = await findInstrument(db, id);
  return kept === undefined ? err("INSTRUMENT_NOT_FOUND") : ok(kept);
}
