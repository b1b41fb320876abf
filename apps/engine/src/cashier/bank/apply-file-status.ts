/**
 * What the bank says of a file, or of some of its payments. A file that it refuses whole was never paid, so that all that
 * stands in it is given back; one that it took is its own, and each payment goes its own way.
 */
import { endBatchSend, listBatchItems, moveBatch, type PayoutBatch } from "@pitboss/db/cashier/payout-batch-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Teller } from "../cashier.ts";
import { type AppliedPayment, applyPaymentStatus, type ToldPayment } from "./apply-payment-status.ts";
import type { Bank, StatusReport } from "./bank.ts";

/** How often the bank is asked about a file whose payments are not all over, ms. */
const followMs = 60_000;

export async function applyFileStatus(
  teller: Teller,
  bank: Bank,
  batch: PayoutBatch | undefined,
  report: StatusReport,
  told: ToldPayment,
): Promise<Result<AppliedPayment>> {
  if (batch?.bank !== bank.code) return err("PAYOUT_BATCH_NOT_FOUND", `The house sent no file ${report.messageId}.`);
  // Another file under the same id: ours was taken, or will be found not to have been, when the bank is asked about it.
  if (report.refused === "AM05") return ok({ outcome: "The bank knows another file under this id.", payoutId: null });
  const taken = await takeFile(teller, batch, report);
  if (report.refused !== null) return taken ? refuseAll(teller, bank, batch, report.refused, told) : ok(known);
  let payoutId: bigint | null = null;
  const outcomes: string[] = [];
  for (const payment of report.payments) {
    const applied = await applyPaymentStatus(teller, bank, payment, told);
    if (!applied.ok) return applied;
    outcomes.push(applied.value.outcome);
    payoutId = applied.value.payoutId ?? payoutId;
  }
  return ok({ outcome: outcomes.join(" ") || `It is ${report.status}.`, payoutId });
}

const known: AppliedPayment = { outcome: "It is known.", payoutId: null };

/** True where it is the file's first word, or the file was refused before. */
async function takeFile(
  { db, clock }: Teller,
  batch: PayoutBatch,
  { refused, status }: StatusReport,
): Promise<boolean> {
  if (batch.state !== "SUBMITTED" && batch.state !== "UNKNOWN") return batch.state === "REFUSED";
  const said = refused ?? status;
  await endBatchSend(db, batch.id, { outcome: refused === null ? "ACCEPTED" : "REFUSED", said });
  const workAt = new Date(clock.now() + (refused === null ? followMs : 0));
  return moveBatch(db, batch, refused === null ? "accept" : "refuse", { workAt, said });
}

/** Goes on where it was cut off: what was given back already is known. */
export async function refuseAll(
  teller: Teller,
  bank: Bank,
  batch: PayoutBatch,
  reason: string,
  told: ToldPayment,
): Promise<Result<AppliedPayment>> {
  const items = await listBatchItems(teller.db, batch.id);
  let payoutId: bigint | null = null;
  for (const item of items.filter(({ state }) => state === "SENT" || state === "PENDING")) {
    const endToEndId =
      item.payoutId === null ? formatId("bankCredit", item.creditId ?? 0n) : formatId("payout", item.payoutId);
    const status = { endToEndId, state: "FAILED", status: "RJCT", reason, reference: null, settled: null } as const;
    const applied = await applyPaymentStatus(teller, bank, status, told);
    if (!applied.ok) return applied;
    payoutId = applied.value.payoutId ?? payoutId;
  }
  return ok({ outcome: `The bank refused the file: ${reason}.`, payoutId });
}
