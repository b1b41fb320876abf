/**
 * A custodian's webhook is a hint: what it is about is read from the custodian as it stands now, and that is what moves a
 * deposit or a payout on. Mixed-up, repeated and late ones therefore all end where the newest would have.
 */
import { notePayoutChain } from "@pitboss/db/cashier/payout-chain-store";
import { findPayout } from "@pitboss/db/cashier/payout-store";
import { endWebhook, type RawWebhook } from "@pitboss/db/cashier/webhook-store";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Cashier } from "../cashier.ts";
import { applyPayoutReport } from "../payouts/apply-payout-report.ts";
import { applyTransfer } from "./apply-transfer.ts";
import type { ChainTransfer, Custodian } from "./custodian.ts";
import { reportOf } from "./custodian-rail.ts";

interface Ended {
  readonly outcome: string;
  readonly depositId: bigint | null;
  readonly payoutId?: bigint;
}

/** Why it could not be processed, where it is not for the dead letters at once. */
export async function processChainEvent(
  cashier: Cashier,
  custodian: Custodian,
  webhook: RawWebhook,
): Promise<Result<null>> {
  const { db } = cashier;
  const event = custodian.readEvent(webhook.body);
  if (event.kind !== "transfer") {
    const state = event.kind === "unknown" ? "DEAD" : "DONE";
    await endWebhook(db, webhook.id, { state, outcome: event.why, depositId: null });
    return ok(null);
  }
  const asked = await custodian.findTransfer(event.id);
  if (asked.kind !== "answered") return err("PSP_UNAVAILABLE", asked.why);
  if (asked.value === undefined) {
    const outcome = `The custodian has no transaction ${event.id} in an asset of ours.`;
    await endWebhook(db, webhook.id, { state: "DEAD", outcome, depositId: null });
    return ok(null);
  }
  const ended = await apply(cashier, custodian, asked.value, webhook.id);
  if (!ended.ok) return ended;
  await endWebhook(db, webhook.id, { state: "DONE", ...ended.value });
  return ok(null);
}

async function apply(
  cashier: Cashier,
  custodian: Custodian,
  transfer: ChainTransfer,
  webhookId: bigint,
): Promise<Result<Ended>> {
  if (transfer.vault !== null) {
    const applied = await applyTransfer(cashier, custodian.code, transfer, { source: "WEBHOOK", webhookId });
    return applied.ok ? ok(applied.value) : applied;
  }
  const id = transfer.externalId === null ? undefined : parseId("payout", transfer.externalId);
  const payout = id === undefined ? undefined : await findPayout(cashier.db, id);
  if (payout === undefined || payout.psp !== custodian.code) {
    // The house's own moves between its accounts are nobody's payout.
    return ok({
      outcome: `It is no payout of ours: ${transfer.externalId ?? "it has no id of ours"}.`,
      depositId: null,
    });
  }
  const report = reportOf(transfer);
  if (report === undefined) return err("PAYMENT_MISMATCH", `The amount ${transfer.amount} can't be read.`);
  if (report.chain !== undefined) await notePayoutChain(cashier.db, payout.id, report.chain);
  const applied = await applyPayoutReport(cashier, payout.id, { report, source: "WEBHOOK", webhookId });
  return applied.ok ? ok({ outcome: applied.value, depositId: null, payoutId: payout.id }) : applied;
}
