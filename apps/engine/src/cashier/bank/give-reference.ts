/** Where a player sends a transfer, and what they write on it: the same for ever, given to whoever may deposit now. */
import { randomBytes } from "node:crypto";
import { findReferenceOf, insertReference } from "@pitboss/db/cashier/bank-account-store";
import { makePlayerReference } from "@pitboss/domain/cashier/bank/player-reference";
import type { DepositRule } from "@pitboss/domain/cashier/deposit-checks";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Place } from "../../risk/geo/judge-place.ts";
import type { Cashier } from "../cashier.ts";
import { checkBeforeGiving } from "../deposits/check-before-giving.ts";
import type { Bank } from "./bank.ts";

export interface ReferenceWish {
  readonly playerId: bigint;
  readonly traceId: string;
  readonly place: Place | null;
}

export interface GivenReference {
  readonly bank: Bank;
  readonly reference: string;
  readonly rule: DepositRule;
}

/** Somebody else may have the number, or the player may be given one at the same moment. */
const mostTries = 5;

export async function giveReference(cashier: Cashier, wish: ReferenceWish): Promise<Result<GivenReference>> {
  const { db } = cashier;
  const [bank] = cashier.bank.banks.values();
  if (bank === undefined) return err("METHOD_UNAVAILABLE");
  const { currency } = bank.account;
  const allowed = await checkBeforeGiving(cashier, { ...wish, method: "BANK_TRANSFER", currency });
  if (!allowed.ok) return allowed;
  const { playerId } = wish;
  for (let tries = 0; tries < mostTries; tries += 1) {
    const reference = await findReferenceOf(db, playerId, bank.code);
    if (reference !== undefined) return ok({ bank, reference, rule: allowed.value });
    const made = makePlayerReference(randomBytes(8).readBigUInt64BE());
    await insertReference(db, { playerId, bank: bank.code, reference: made });
  }
  return err("OVERLOADED");
}
