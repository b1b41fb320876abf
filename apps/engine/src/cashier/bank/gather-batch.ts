/**
 * Gathers approved payouts, and money that is sent back, into files for the banks. What stands in a file is written down
 * first; each payout is looked at once more and moved to SUBMITTED by itself, and only what got there is in the file.
 */
import { createHash, randomBytes } from "node:crypto";
import { findBankCredit, listCreditsToReturn } from "@pitboss/db/cashier/bank-credit-store";
import {
  type BatchItem,
  findLastBatchTime,
  insertBatch,
  insertBatchItems,
  listBatchItems,
  listPayoutsToGather,
  lockGathering,
  moveBatch,
  moveBatchItem,
  type NewBatchItem,
  type PayoutBatch,
} from "@pitboss/db/cashier/payout-batch-store";
import { findPayout, type PayoutRecord } from "@pitboss/db/cashier/payout-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { readIban } from "@pitboss/domain/cashier/bank/iban";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import { currencies } from "@pitboss/domain/wallet/currency";
import type { FilingDesk } from "../cashier.ts";
import { recheckPayout } from "../payouts/recheck-payout.ts";
import { beginSending } from "../payouts/send-payout.ts";
import type { Bank, PaymentFile } from "./bank.ts";

/** Banks take files of thousands; of fewer each is built and answered within seconds. */
const mostItems = 500;

/** Begins a file for each bank whose time has come and that has something to pay. */
export async function gatherBatches(desk: FilingDesk): Promise<void> {
  for (const bank of desk.bank.banks.values()) await gather(desk, bank);
}

async function gather(desk: FilingDesk, bank: Bank): Promise<void> {
  // Most of the time there is nothing to gather; that takes no lock to see.
  if ((await readGathered(desk, desk.db, bank)) === undefined) return;
  await desk.db.transaction(async (tx) => {
    await lockGathering(tx, bank.code);
    const items = await readGathered(desk, tx, bank);
    if (items === undefined) return;
    const now = desk.clock.now();
    const day = new Date(now).toISOString().slice(0, 10).replaceAll("-", "");
    const batchId = await insertBatch(tx, {
      bank: bank.code,
      currency: currencies[bank.account.currency].number,
      messageId: `PB${day}-${randomBytes(8).toString("hex").toUpperCase()}`,
      workAt: new Date(now),
    });
    await insertBatchItems(tx, batchId, items);
  });
}

/** What a file begun now would hold; undefined where it is not time for one, or there is nothing. */
async function readGathered({ clock }: FilingDesk, db: Executor, bank: Bank): Promise<NewBatchItem[] | undefined> {
  const last = await findLastBatchTime(db, bank.code);
  if (last !== null && clock.now() - last.getTime() < bank.batchMs) return undefined;
  const payouts = await listPayoutsToGather(db, bank.code, mostItems);
  const returns = await listCreditsToReturn(db, bank.code, mostItems - payouts.length);
  const items = [
    ...payouts.map(({ id, amount }) => ({ payoutId: id, creditId: null, amount })),
    ...returns.map(({ id, amount }) => ({ payoutId: null, creditId: id, amount })),
  ];
  return items.length === 0 ? undefined : items;
}

type Payment = PaymentFile["payments"][number];

/** Of GATHERING: settles what is in it, and makes the file. Whoever finds it half done goes on with it. */
export async function buildBatch(desk: FilingDesk, bank: Bank, batch: PayoutBatch): Promise<void> {
  const { db } = desk;
  const items = (await listBatchItems(db, batch.id)).filter(({ state }) => state === "GATHERED");
  const kept: { readonly item: BatchItem; readonly payment: Payment }[] = [];
  for (const item of items) {
    const payment = item.payoutId === null ? await takeReturn(desk, item) : await takePayout(desk, batch, item);
    if (payment === undefined) await moveBatchItem(db, item, { state: "DROPPED" });
    else kept.push({ item, payment });
  }
  if (kept.length === 0) {
    await moveBatch(db, batch, "drop", { workAt: null });
    return;
  }
  const payments = kept.map(({ payment }) => payment);
  const file = bank.renderFile({ messageId: batch.messageId, at: batch.createdAt, payments });
  const sealed = await desk.bank.vault.sealFile(batch.messageId, file);
  await db.transaction(async (tx) => {
    const built = await moveBatch(tx, batch, "build", {
      workAt: new Date(desk.clock.now()),
      file: {
        count: kept.length,
        controlSum: payments.reduce((sum, { amount }) => sum + amount, 0n),
        sealed,
        fileHash: createHash("sha256").update(file).digest(),
      },
    });
    if (!built) return;
    for (const { item } of kept) await moveBatchItem(tx, item, { state: "SENT" });
  });
}

/** Undefined where it is not to leave any more, or not now. */
async function takePayout(desk: FilingDesk, batch: PayoutBatch, item: BatchItem): Promise<Payment | undefined> {
  const { db, log } = desk;
  const id = item.payoutId ?? 0n;
  const payout = await findPayout(db, id);
  if (payout === undefined) return undefined;
  const payoutId = formatId("payout", id);
  const account = await desk.bank.vault.openAccount(db, payout.instrument.id);
  if (account === undefined) {
    log.error({ payout: payoutId }, "the account that a payout goes to is not known any more");
    return undefined;
  }
  const moved = isApproved(payout) ? await submit(desk, batch, payout) : isInHere(payout);
  if (!moved) return undefined;
  return {
    endToEndId: payoutId,
    amount: payout.amount,
    name: account.holder,
    iban: account.iban,
    remittance: `Withdrawal ${payoutId}`,
  };
}

function isApproved({ state }: PayoutRecord): boolean {
  return state === "AUTO_APPROVED" || state === "APPROVED";
}

/** Moved for this very file before whoever did it was cut off: a payout is in one file at most. */
function isInHere({ state, pspReference }: PayoutRecord): boolean {
  return state === "SUBMITTED" && pspReference === null;
}

async function submit(desk: FilingDesk, batch: PayoutBatch, payout: PayoutRecord): Promise<boolean> {
  if ((await recheckPayout(desk, payout, { source: "RULE", actor: "job:payouts" })).changed) return false;
  if (await beginSending(desk, payout, "submit", { batch: formatId("payoutBatch", batch.id) })) return true;
  const now = await findPayout(desk.db, payout.id);
  return now !== undefined && isInHere(now);
}

async function takeReturn({ db, bank: { vault } }: FilingDesk, item: BatchItem): Promise<Payment | undefined> {
  const credit = await findBankCredit(db, item.creditId ?? 0n);
  if (credit?.state !== "RETURNING") return undefined;
  const payer = await vault.openPayer(credit);
  const iban = payer.iban === null ? undefined : readIban(payer.iban);
  assert(iban?.ok === true, "what is sent back came from an account");
  return {
    endToEndId: formatId("bankCredit", credit.id),
    amount: credit.amount,
    name: payer.name ?? "NOTPROVIDED",
    iban: iban.value,
    remittance: `Returned: your transfer of ${credit.bookedOn}`,
  };
}
