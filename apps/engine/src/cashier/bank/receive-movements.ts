/**
 * What moved on an account of the house, whoever told it: each of the bank's entries is kept once, and made something of.
 * A notification and the statement tell the same entries, so that what one lost the other brings.
 */
import { insertBankCredit } from "@pitboss/db/cashier/bank-credit-store";
import type { DepositSource } from "@pitboss/db/cashier/deposit-store";
import { findCreditorReference, readCreditorReference } from "@pitboss/domain/cashier/bank/creditor-reference";
import { referenceLength } from "@pitboss/domain/cashier/bank/player-reference";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Cashier } from "../cashier.ts";
import { applyPaymentStatus } from "./apply-payment-status.ts";
import type { Bank, Movement, MovementReport } from "./bank.ts";
import { processCredit } from "./process-credit.ts";

export interface Heard {
  readonly source: DepositSource;
  readonly webhookId?: bigint;
}

export interface Received {
  readonly outcomes: readonly string[];
  /** The last deposit and payout that something came of. */
  readonly depositId: bigint | null;
  readonly payoutId: bigint | null;
  /** How many entries were new. */
  readonly fresh: number;
}

/** After this the worker takes over what was cut off, ms. */
const orphanMs = 10_000;

export async function receiveMovements(
  cashier: Cashier,
  bank: Bank,
  reports: readonly MovementReport[],
  heard: Heard,
): Promise<Result<Received>> {
  const stranger = reports.find(({ iban }) => iban !== bank.account.iban);
  if (stranger !== undefined) return err("PAYMENT_MISMATCH", "It tells of an account that is not the house's.");
  const outcomes: string[] = [];
  let [depositId, payoutId]: (bigint | null)[] = [null, null];
  let fresh = 0;
  for (const { id, movements } of reports) {
    for (const movement of movements) {
      const done = await receiveOne(cashier, bank, id, movement, heard);
      if (!done.ok) return done;
      outcomes.push(done.value.outcome);
      depositId = done.value.depositId ?? depositId;
      payoutId = done.value.payoutId ?? payoutId;
      if (done.value.isNew) fresh += 1;
    }
  }
  return ok({ outcomes, depositId: depositId ?? null, payoutId: payoutId ?? null, fresh });
}

interface One {
  readonly outcome: string;
  readonly depositId?: bigint | null;
  readonly payoutId?: bigint | null;
  readonly isNew: boolean;
}

async function receiveOne(
  cashier: Cashier,
  bank: Bank,
  toldBy: string,
  movement: Movement,
  heard: Heard,
): Promise<Result<One>> {
  if (movement.amount === 0n) return ok({ outcome: "Nothing moved.", isNew: false });
  if (movement.amount < 0n) return receiveDebit(cashier, bank, movement, heard);
  const { db, clock } = cashier;
  const { vault } = cashier.bank;
  const { name, iban, remittance, reference: entryReference } = movement;
  const entry = { bank: bank.code, entryReference };
  const id = await insertBankCredit(db, {
    ...entry,
    currency: movement.currency,
    amount: movement.amount,
    bookedOn: movement.bookedOn,
    toldBy,
    reference: referenceIn(movement),
    endToEndId: movement.endToEndId,
    returnReason: movement.returnReason,
    sealed: await vault.sealPayer(entry, { name, iban, remittance }),
    payerIndex: iban === null ? null : await vault.indexIban(iban),
    workAt: new Date(clock.now() + orphanMs),
  });
  if (id === undefined) return ok({ outcome: `${entryReference} was told before.`, isNew: false });
  const processed = await processCredit(cashier, id, heard, movement.order);
  return ok({ ...processed, outcome: `${entryReference}: ${processed.outcome}`, isNew: true });
}

/** Where the payer put one it is that one; else it is looked for among their words. */
function referenceIn({ creditorReference, remittance }: Movement): string | null {
  const structured = creditorReference === null ? undefined : readCreditorReference(creditorReference);
  return structured ?? (remittance === null ? undefined : findCreditorReference(remittance, referenceLength)) ?? null;
}

/** An order of ours was booked, with what it came to. */
async function receiveDebit(
  cashier: Cashier,
  bank: Bank,
  { reference, amount, endToEndId, order }: Movement,
  { source, webhookId }: Heard,
): Promise<Result<One>> {
  if (endToEndId === null) return ok({ outcome: `${reference}: no order of ours.`, isNew: false });
  const status = {
    endToEndId,
    state: "PAID",
    status: "BOOK",
    reason: null,
    reference: order,
    settled: -amount,
  } as const;
  const applied = await applyPaymentStatus(cashier, bank, status, {
    source: source === "WEBHOOK" ? source : "QUERY",
    ...(webhookId === undefined ? {} : { webhookId }),
  });
  if (!applied.ok) return applied;
  return ok({ outcome: `${reference}: ${applied.value.outcome}`, payoutId: applied.value.payoutId, isNew: false });
}
