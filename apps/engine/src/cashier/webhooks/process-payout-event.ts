/** A webhook about a payout: what it says becomes a step of that payout, or it is for a person to look at. */
import { findPayout } from "@pitboss/db/cashier/payout-store";
import { endWebhook, type RawWebhook } from "@pitboss/db/cashier/webhook-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { Failure } from "@pitboss/domain/kernel/result";
import { applyPaymentReport } from "../affiliates/work-affiliate-payments.ts";
import type { Cashier } from "../cashier.ts";
import { applyPayoutReport } from "../payouts/apply-payout-report.ts";
import type { PayoutEventMeaning } from "../psp/payout-rail.ts";

/** Why it could not be processed, where it is not for the dead letters at once. */
export async function processPayoutEvent(
  cashier: Cashier,
  webhook: RawWebhook,
  meaning: Exclude<PayoutEventMeaning, { kind: "other" }>,
): Promise<{ readonly failure: Failure; readonly payoutId: bigint } | undefined> {
  const { db } = cashier;
  if (meaning.kind === "unknown") {
    await endWebhook(db, webhook.id, { state: "DEAD", outcome: meaning.why, depositId: null });
    return undefined;
  }
  const affiliatePayment = meaning.payoutId === null ? undefined : parseId("affiliatePayment", meaning.payoutId);
  if (affiliatePayment !== undefined) {
    const known = await applyPaymentReport(cashier, affiliatePayment, webhook.psp, meaning.report);
    const outcome = known
      ? "A payment to an affiliate."
      : `There is no payment ${meaning.payoutId} with this provider.`;
    await endWebhook(db, webhook.id, { state: known ? "DONE" : "DEAD", outcome, depositId: null });
    return undefined;
  }
  const id = meaning.payoutId === null ? undefined : parseId("payout", meaning.payoutId);
  const payout = id === undefined ? undefined : await findPayout(db, id);
  if (payout === undefined || payout.psp !== webhook.psp) {
    const outcome = `There is no payout ${meaning.payoutId ?? "named"} with this provider.`;
    await endWebhook(db, webhook.id, { state: "DEAD", outcome, depositId: null });
    return undefined;
  }
  const { report } = meaning;
  const applied = await applyPayoutReport(cashier, payout.id, { report, source: "WEBHOOK", webhookId: webhook.id });
  if (!applied.ok) return { failure: applied.error, payoutId: payout.id };
  await endWebhook(db, webhook.id, { state: "DONE", outcome: applied.value, depositId: null, payoutId: payout.id });
  return undefined;
}
