/**
 * The worker of files of payments: builds them, gives them to the bank, and finds out what became of those whose answer
 * did not come. A file is sent again only where the bank says that it has none, byte for byte and under the same id.
 */
import {
  type BatchItem,
  claimDueBatches,
  endBatchSend,
  findBatch,
  listBatchItems,
  moveBatch,
  type PayoutBatch,
  setBatchWork,
} from "@pitboss/db/cashier/payout-batch-store";
import { findPayout, movePayout } from "@pitboss/db/cashier/payout-store";
import { endPayoutSend, type SendEnd } from "@pitboss/db/cashier/payout-work-store";
import { decideUnknown } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { assert } from "@pitboss/domain/kernel/result";
import type { FilingDesk } from "../cashier.ts";
import { beginSending } from "../payouts/send-payout.ts";
import { applyFileStatus, refuseAll } from "./apply-file-status.ts";
import type { Bank, StatusReport } from "./bank.ts";
import { buildBatch, gatherBatches } from "./gather-batch.ts";

const atOnce = 4;
/** How long one engine has to do what it took; then another may, ms. */
const leaseMs = 60_000;
const backoffMs = { first: 5_000, most: 600_000 };
const told = { source: "WORKER" } as const;

/** True where there may be more to do at once. */
export async function workBatches(desk: FilingDesk): Promise<boolean> {
  const { db, clock, log } = desk;
  await gatherBatches(desk);
  const now = clock.now();
  const due = await claimDueBatches(db, { now: new Date(now), until: new Date(now + leaseMs), limit: atOnce });
  for (const id of due) {
    await workOne(desk, id).catch((error: unknown) => {
      log.warn({ err: error, batch: formatId("payoutBatch", id) }, "a file of payouts has to wait");
    });
  }
  return due.length > 0;
}

async function workOne(desk: FilingDesk, id: bigint): Promise<void> {
  const batch = await findBatch(desk.db, id);
  const bank = batch === undefined ? undefined : desk.bank.banks.get(batch.bank);
  if (batch === undefined || bank === undefined) return;
  switch (batch.state) {
    case "GATHERING":
      return buildBatch(desk, bank, batch);
    case "BUILT":
      return sendFile(desk, bank, batch, "submit");
    case "SUBMITTED":
      // Whoever sent it did not live to see the answer.
      return lose(desk, batch, "The answer was never seen.");
    case "UNKNOWN":
      return askAbout(desk, bank, batch);
    case "ACCEPTED":
      return follow(desk, bank, batch);
    case "REFUSED":
      await refuseAll(desk, bank, batch, batch.said ?? "RJCT", told);
      return setBatchWork(desk.db, batch.id, null);
    case "EMPTY":
      return setBatchWork(desk.db, batch.id, null);
  }
}

async function sendFile(desk: FilingDesk, bank: Bank, batch: PayoutBatch, event: "submit" | "resubmit"): Promise<void> {
  const { db, clock, log } = desk;
  assert(batch.sealed !== null, "what is sent was built");
  if (!(await moveBatch(db, batch, event, { workAt: new Date(clock.now() + leaseMs) }))) return;
  const file = await desk.bank.vault.openFile(batch.messageId, batch.sealed);
  const asked = await bank.submit(file);
  const now = await findBatch(db, batch.id);
  if (now?.state !== "SUBMITTED") return;
  if (asked.kind !== "answered") {
    log.warn({ batch: formatId("payoutBatch", batch.id), why: asked.why }, "whether a file was taken is not known yet");
    await lose(desk, now, asked.why);
    return;
  }
  await take(desk, bank, now, asked.value);
}

/** What the bank said of a file for the first time. */
async function take(desk: FilingDesk, bank: Bank, batch: PayoutBatch, report: StatusReport): Promise<void> {
  const refused = report.refused !== null && report.refused !== "AM05";
  const end: SendEnd = { outcome: refused ? "REFUSED" : "ACCEPTED", said: report.refused ?? report.status };
  await endSends(desk, batch, end);
  const applied = await applyFileStatus(desk, bank, batch, report, told);
  if (!applied.ok) {
    const { code, detail } = applied.error;
    desk.log.error(
      { batch: formatId("payoutBatch", batch.id), code, detail },
      "the bank's answer does not fit its file",
    );
  }
}

async function endSends({ db }: FilingDesk, batch: PayoutBatch, end: SendEnd): Promise<void> {
  for (const { payoutId } of await payoutsIn(db, batch)) await endPayoutSend(db, payoutId, end);
}

async function payoutsIn(db: FilingDesk["db"], { id }: PayoutBatch): Promise<(BatchItem & { payoutId: bigint })[]> {
  const items = await listBatchItems(db, id);
  return items.flatMap((item) =>
    item.payoutId === null || item.state === "DROPPED" ? [] : [{ ...item, payoutId: item.payoutId }],
  );
}

async function lose(desk: FilingDesk, batch: PayoutBatch, why: string): Promise<void> {
  const { db, clock } = desk;
  await endBatchSend(db, batch.id, { outcome: "UNANSWERED", said: why });
  await endSends(desk, batch, { outcome: "UNANSWERED", said: why });
  await losePayouts(desk, batch, why);
  await moveBatch(db, batch, "lose", { workAt: new Date(clock.now() + backoffMs.first) });
}

async function losePayouts({ db }: FilingDesk, batch: PayoutBatch, why: string): Promise<void> {
  for (const { payoutId } of await payoutsIn(db, batch)) {
    const payout = await findPayout(db, payoutId);
    if (payout?.state !== "SUBMITTED" || payout.pspReference !== null) continue;
    const details = { why, batch: formatId("payoutBatch", batch.id) };
    const by = { source: "WORKER", actor: "job:payouts" } as const;
    // The file's worker goes on with it, not its own.
    await movePayout(db, { payoutId, from: "SUBMITTED", event: "lose", ...by, details, change: { workAt: null } });
  }
}

async function askAbout(desk: FilingDesk, bank: Bank, batch: PayoutBatch): Promise<void> {
  const { db, clock, log } = desk;
  const asked = await bank.findFile(batch.messageId);
  if (asked.kind === "answered" && asked.value !== undefined) return take(desk, bank, batch, asked.value);
  if (asked.kind === "answered") {
    const then = decideUnknown({
      firstSentMs: (batch.firstSentAt ?? batch.createdAt).getTime(),
      lastSentMs: (batch.lastSentAt ?? batch.createdAt).getTime(),
      nowMs: clock.now(),
      quietMs: bank.quietMs,
      keyLivesMs: bank.keyLivesMs,
    });
    if (then === "RESUBMIT") {
      await resubmit(desk, bank, batch);
      return;
    }
    if (then === "ASK_A_PERSON") {
      log.error({ batch: formatId("payoutBatch", batch.id) }, "a file is too old to be sent again by itself");
    }
  }
  await setBatchWork(db, batch.id, nextTry(desk, batch));
}

async function resubmit(desk: FilingDesk, bank: Bank, batch: PayoutBatch): Promise<void> {
  for (const { payoutId } of await payoutsIn(desk.db, batch)) {
    const payout = await findPayout(desk.db, payoutId);
    if (payout?.state !== "UNKNOWN") continue;
    await beginSending(desk, payout, "resubmit", { batch: formatId("payoutBatch", batch.id) });
  }
  await sendFile(desk, bank, batch, "resubmit");
}

/** Of one that the bank has: until each of its payments is paid or not. */
async function follow(desk: FilingDesk, bank: Bank, batch: PayoutBatch): Promise<void> {
  const { db } = desk;
  const asked = await bank.findFile(batch.messageId);
  if (asked.kind === "answered" && asked.value !== undefined) {
    await applyFileStatus(desk, bank, batch, asked.value, told);
  }
  const open = (await listBatchItems(db, batch.id)).some(({ state }) => state === "SENT" || state === "PENDING");
  await setBatchWork(db, batch.id, open ? nextTry(desk, batch) : null);
}

function nextTry({ clock }: FilingDesk, { worked }: PayoutBatch): Date {
  return new Date(clock.now() + Math.min(backoffMs.first * 2 ** Math.min(worked, 10), backoffMs.most));
}
