/**
 * What becomes of money that came: a payout that was sent back, a payment service's payout to the house, a deposit of the
 * player whose reference stands on it, or something that waits for people. What stands against a deposit is looked at
 * before it is credited: money that came can be sent back, and what was credited may be gone in a minute.
 */
import {
  type BankCredit,
  claimDueCredits,
  findBankCredit,
  moveBankCredit,
} from "@pitboss/db/cashier/bank-credit-store";
import { findReferenceOwner } from "@pitboss/db/cashier/bank-account-store";
import { findPayout } from "@pitboss/db/cashier/payout-store";
import { compareNames } from "@pitboss/domain/cashier/bank/compare-names";
import { readIban } from "@pitboss/domain/cashier/bank/iban";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { currencies, currencyOfNumber } from "@pitboss/domain/wallet/currency";
import type { Cashier } from "../cashier.ts";
import { applyPayoutReport } from "../payouts/apply-payout-report.ts";
import type { Bank } from "./bank.ts";
import type { PayerDetails } from "./bank-vault.ts";
import { creditTransfer, finishCredit } from "./credit-transfer.ts";
import type { Heard } from "./receive-movements.ts";
import { reportOfPayment } from "./bank-rail.ts";

export interface ProcessedCredit {
  readonly outcome: string;
  readonly depositId?: bigint | null;
  readonly payoutId?: bigint | null;
}

const atOnce = 20;
/** How long one engine has to do what it took; then another may, ms. */
const leaseMs = 60_000;

/** Goes on with what was cut off. True where there may be more to do at once. */
export async function followCredits(cashier: Cashier): Promise<boolean> {
  const { db, clock, log } = cashier;
  const now = clock.now();
  const due = await claimDueCredits(db, { now: new Date(now), until: new Date(now + leaseMs), limit: atOnce });
  for (const id of due) {
    await processCredit(cashier, id, { source: "QUERY" }, null).catch((error: unknown) => {
      log.warn({ err: error, credit: formatId("bankCredit", id) }, "a transfer has to wait");
    });
  }
  return due.length === atOnce;
}

export async function processCredit(
  cashier: Cashier,
  id: bigint,
  heard: Heard,
  order: string | null,
): Promise<ProcessedCredit> {
  const credit = await findBankCredit(cashier.db, id);
  const bank = credit === undefined ? undefined : cashier.bank.banks.get(credit.bank);
  if (credit?.state !== "RECEIVED" || bank === undefined) return { outcome: "It is dealt with already." };
  // Somebody began to credit it, and did not live to the end.
  if (credit.depositId !== null) return finish(cashier, credit, heard);
  if (credit.returnReason !== null) return takeReturn(cashier, bank, credit, heard, order);
  const payer = await cashier.bank.vault.openPayer(credit);
  if (payer.iban !== null && bank.settlers.has(payer.iban)) {
    const psp = bank.settlers.get(payer.iban) ?? "";
    await moveBankCredit(cashier.db, { id, from: "RECEIVED", event: "setAside", actor: null, details: { psp } });
    return { outcome: `${psp} paid out to the house.` };
  }
  return takeDeposit(cashier, bank, credit, payer, heard);
}

async function takeDeposit(
  cashier: Cashier,
  bank: Bank,
  credit: BankCredit,
  payer: PayerDetails,
  heard: Heard,
): Promise<ProcessedCredit> {
  const { db } = cashier;
  if (credit.currency !== currencies[bank.account.currency].number) return wait(cashier, credit, "OTHER_CURRENCY");
  if (credit.reference === null) return wait(cashier, credit, "NO_REFERENCE");
  const playerId = await findReferenceOwner(db, bank.code, credit.reference);
  if (playerId === undefined) return wait(cashier, credit, "UNKNOWN_REFERENCE");
  const iban = payer.iban === null ? undefined : readIban(payer.iban);
  if (iban?.ok !== true) return wait(cashier, credit, "PAYER_UNKNOWN", playerId);
  const holder = payer.name ?? "";
  const nameMatch = compareNames(holder, await cashier.bank.vault.nameOf(db, playerId));
  if (nameMatch === "MISMATCH") return wait(cashier, credit, "PAYER_NAME_DIFFERS", playerId);
  const account = { playerId, bank: bank.code, iban: iban.value, holder, nameMatch };
  const written = await creditTransfer(cashier, credit, account);
  if (!written.ok) return wait(cashier, credit, written.error.code, playerId);
  const linked = await findBankCredit(db, credit.id);
  return linked === undefined ? { outcome: "It is dealt with already." } : finish(cashier, linked, heard);
}

async function finish(cashier: Cashier, credit: BankCredit, heard: Heard): Promise<ProcessedCredit> {
  const done = await finishCredit(cashier, credit, heard);
  if (done.ok) return { outcome: "It is credited.", depositId: credit.depositId };
  throw new Error(`a transfer could not be credited: ${done.error.code}`);
}

/** An order of ours came back: a payout, or what had been sent back to whoever sent it. */
async function takeReturn(
  cashier: Cashier,
  bank: Bank,
  credit: BankCredit,
  { source, webhookId }: Heard,
  order: string | null,
): Promise<ProcessedCredit> {
  const { db } = cashier;
  const named = credit.endToEndId ?? "";
  const payoutId = parseId("payout", named);
  const payout = payoutId === undefined ? undefined : await findPayout(db, payoutId);
  if (payout?.psp === bank.code && payout.currency === currencyOfNumber(credit.currency)) {
    const reason = credit.returnReason;
    const status = {
      endToEndId: named,
      state: "FAILED",
      status: "RTRN",
      reason,
      reference: order,
      settled: null,
    } as const;
    const back = credit.amount === (payout.paid ?? payout.amount);
    const applied = back
      ? await applyPayoutReport(cashier, payout.id, {
          report: reportOfPayment(status, payout),
          source: source === "WEBHOOK" ? source : "QUERY",
          ...(webhookId === undefined ? {} : { webhookId }),
        })
      : undefined;
    if (applied?.ok === true) {
      const move = { id: credit.id, from: "RECEIVED", event: "matchReturn", actor: null, details: { reason } } as const;
      await moveBankCredit(db, { ...move, payoutId: payout.id, playerId: payout.playerId });
      return { outcome: `${named} came back: ${applied.value}`, payoutId: payout.id };
    }
  }
  const returnedId = parseId("bankCredit", named);
  const returned = returnedId === undefined ? undefined : await findBankCredit(db, returnedId);
  if (returned?.state === "RETURNED" && returned.amount === credit.amount) {
    const details = { reason: credit.returnReason, entry: credit.entryReference };
    const bounce = { id: returned.id, from: "RETURNED", event: "bounce", actor: null, details } as const;
    await moveBankCredit(db, { ...bounce, why: "RETURN_CAME_BACK" });
    await moveBankCredit(db, {
      id: credit.id,
      from: "RECEIVED",
      event: "matchReturn",
      actor: null,
      details: { of: named },
    });
    return { outcome: `${named} could not be sent back.` };
  }
  return wait(cashier, credit, "RETURN_NOT_OURS");
}

async function wait({ db }: Cashier, { id }: BankCredit, why: string, playerId?: bigint): Promise<ProcessedCredit> {
  const whose = playerId === undefined ? {} : { playerId };
  await moveBankCredit(db, { id, from: "RECEIVED", event: "wait", actor: null, details: { why }, why, ...whose });
  return { outcome: `It waits for people: ${why}.` };
}
