/**
 * A transfer becomes a deposit: written down with its checks, tied to the bank's entry, and credited through the ledger's
 * door. Each step is written before the next, so that whoever finds it half done goes on with the same deposit.
 */
import { keepBankInstrument } from "@pitboss/db/cashier/bank-account-store";
import { type BankCredit, findBankCredit, linkDeposit, moveBankCredit } from "@pitboss/db/cashier/bank-credit-store";
import { listDepositRules } from "@pitboss/db/cashier/deposit-rule-store";
import {
  announceDeposit,
  countDepositsSince,
  findDepositByRequest,
  findPlayerForDeposit,
  insertDeposit,
  lockForDeposit,
} from "@pitboss/db/cashier/deposit-store";
import { countOtherOwners } from "@pitboss/db/cashier/instrument-store";
import { insertDenial } from "@pitboss/db/gaming/insert-denial";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { checkDeposit, type DepositCheck } from "@pitboss/domain/cashier/deposit-checks";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { randomUUID } from "node:crypto";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Cashier, Teller } from "../cashier.ts";
import { applyReport } from "../deposits/apply-report.ts";
import { readDepositGate } from "../deposits/read-deposit-gate.ts";
import { tellDeposit } from "../deposits/tell-deposit.ts";
import { type BankVault, fingerprintOf, type NewAccount } from "./bank-vault.ts";
import type { BankDesk } from "./bank-desk.ts";
import type { Heard } from "./receive-movements.ts";

const hourMs = 3_600_000;
const minuteMs = 60_000;
/** When the job looks whether it was credited, ms. */
const followMs = 60_000;

/** Refused with the code of the check that stands against it; then nothing was written but that. */
export function creditTransfer(cashier: Cashier, credit: BankCredit, account: NewAccount): Promise<Result<null>> {
  const { db, clock } = cashier;
  const { playerId, bank } = account;
  const currency = currencyOfNumber(credit.currency);
  const now = clock.now();
  return db.transaction(async (tx) => {
    const fingerprint = fingerprintOf(await cashier.bank.vault.indexIban(account.iban));
    await lockForDeposit(tx, { playerId, psp: bank, fingerprint });
    if ((await findBankCredit(tx, credit.id))?.depositId !== null) return ok(null);
    const rule = (await listDepositRules(tx, "BANK_TRANSFER", new Date(now))).get(currency);
    const player = await findPlayerForDeposit(tx, playerId);
    if (rule === undefined || player === undefined) return err("METHOD_UNAVAILABLE");
    const { checks, refusal } = checkDeposit({
      playerStatus: player.status,
      currency,
      amount: credit.amount,
      rule,
      triedThisHour: await countDepositsSince(tx, playerId, new Date(now - hourMs)),
      otherOwners: await countOtherOwners(tx, { psp: bank, fingerprint, playerId }),
      ...(await readDepositGate(cashier, tx, { playerId, currency, amount: credit.amount, place: null }, now)),
    });
    if (refusal !== undefined) {
      await insertDenial(tx, {
        playerId,
        requestKey: keyOf(credit),
        traceId: randomUUID(),
        command: "deposit",
        code: refusal.failure.code,
        rule: `deposit.${refusal.check.name}`,
        ruleVersion: refusal.check.version,
        inputs: Object.assign({}, ...checks.map(({ inputs }) => inputs)) as Record<string, unknown>,
      });
      return { ok: false, error: refusal.failure };
    }
    await writeTransfer(cashier, tx, credit, account, checks);
    return ok(null);
  });
}

/** Of a payer whose account the bank does not tell: then nothing can be paid back to it. */
export type PayingAccount = Omit<NewAccount, "iban"> & { readonly iban: string | null };

function keepPayer(vault: BankVault, tx: Transaction, credit: BankCredit, account: PayingAccount): Promise<bigint> {
  const { playerId, bank, iban } = account;
  if (iban !== null) return vault.keepAccount(tx, { ...account, iban });
  const fingerprint = `entry:${credit.entryReference}`;
  return keepBankInstrument(tx, { playerId, bank, fingerprint, last4: "0000", country: null });
}

/** In a transaction under `lockForDeposit`. */
export async function writeTransfer(
  { clock, bank: { vault } }: Pick<Teller, "clock"> & { readonly bank: BankDesk },
  tx: Transaction,
  credit: BankCredit,
  account: PayingAccount,
  checks: readonly DepositCheck[],
): Promise<void> {
  const { playerId, bank } = account;
  const key = keyOf(credit);
  const earlier = await findDepositByRequest(tx, key);
  if (earlier !== undefined) {
    await linkDeposit(tx, credit.id, { playerId: earlier.playerId, depositId: earlier.id });
    return;
  }
  const now = clock.now();
  const currency = currencyOfNumber(credit.currency);
  const rule = (await listDepositRules(tx, "BANK_TRANSFER", new Date(now))).get(currency);
  const deposit = {
    playerId,
    instrumentId: await keepPayer(vault, tx, credit, account),
    requestKey: key,
    bodyHash: hash64(`transfer|${credit.entryReference}|${credit.amount}`),
    requestId: `transfer:${credit.entryReference}`,
    traceId: randomUUID(),
    psp: bank,
    method: "BANK_TRANSFER",
    currency,
    amount: credit.amount,
    returnUrl: null,
    checks,
    expiresAt: new Date(now + (rule?.openMinutes ?? 0) * minuteMs),
    followAt: new Date(now + followMs),
  } as const;
  const depositId = await insertDeposit(tx, deposit);
  await announceDeposit(tx, playerId, tellDeposit("deposit.initiated", { ...deposit, id: depositId }));
  await linkDeposit(tx, credit.id, { playerId, depositId });
}

/** Credits the deposit that it is tied to, and says so of the transfer. */
export async function finishCredit(
  teller: Teller,
  credit: BankCredit,
  heard: Heard,
  approved?: { readonly actor: string },
): Promise<Result<null>> {
  const { depositId } = credit;
  if (depositId === null) return err("DEPOSIT_NOT_FOUND");
  const report = {
    reference: credit.entryReference,
    currency: currencyOfNumber(credit.currency),
    state: "TAKEN",
    amount: credit.amount,
    fee: 0n,
    feeKnown: true,
  } as const;
  const applied = await applyReport(teller, depositId, { report, ...heard });
  if (!applied.ok) return applied;
  await moveBankCredit(teller.db, {
    id: credit.id,
    from: credit.state,
    event: "credit",
    actor: approved?.actor ?? null,
    details: { deposit: applied.value },
  });
  return ok(null);
}

function keyOf({ bank, entryReference }: BankCredit): string {
  return requestKey(`bank|${bank}`, entryReference);
}
