/** What the bank says of one payment that the house ordered: a payout, or money that is sent back to whoever sent it. */
import { findBankCredit, moveBankCredit } from "@pitboss/db/cashier/bank-credit-store";
import { noteItemStatus } from "@pitboss/db/cashier/payout-batch-store";
import { findPayout, type PayoutSource } from "@pitboss/db/cashier/payout-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Teller } from "../cashier.ts";
import { applyPayoutReport } from "../payouts/apply-payout-report.ts";
import type { Bank, PaymentStatus } from "./bank.ts";
import { reportOfPayment } from "./bank-rail.ts";

export interface ToldPayment {
  readonly source: PayoutSource;
  readonly webhookId?: bigint;
}

export interface AppliedPayment {
  readonly outcome: string;
  readonly payoutId: bigint | null;
}

export async function applyPaymentStatus(
  teller: Teller,
  bank: Bank,
  payment: PaymentStatus,
  told: ToldPayment,
): Promise<Result<AppliedPayment>> {
  const { db } = teller;
  const { endToEndId, state, status, reason, reference } = payment;
  const said = { state, status, reason, bankReference: reference };
  const creditId = parseId("bankCredit", endToEndId);
  if (creditId !== undefined) {
    await noteItemStatus(db, { creditId }, said);
    return ok({ outcome: await followReturn(teller, creditId, payment), payoutId: null });
  }
  const payoutId = parseId("payout", endToEndId);
  const payout = payoutId === undefined ? undefined : await findPayout(db, payoutId);
  if (payout?.psp !== bank.code) return err("PAYOUT_NOT_FOUND", `The house ordered no ${endToEndId} there.`);
  await noteItemStatus(db, { payoutId: payout.id }, said);
  const applied = await applyPayoutReport(teller, payout.id, { report: reportOfPayment(payment, payout), ...told });
  return applied.ok ? ok({ outcome: `${endToEndId}: ${applied.value}`, payoutId: payout.id }) : applied;
}

async function followReturn({ db }: Teller, id: bigint, { state, status, reason }: PaymentStatus): Promise<string> {
  const credit = await findBankCredit(db, id);
  if (credit?.state !== "RETURNING" || state === "PENDING") return "It is known.";
  const paid = state === "PAID";
  await moveBankCredit(db, {
    id,
    from: "RETURNING",
    event: paid ? "arrive" : "fail",
    actor: null,
    details: { status, reason },
    ...(paid ? {} : { why: "RETURN_FAILED" }),
  });
  return paid ? "It was sent back." : "It could not be sent back.";
}
