/**
 * Makes something of stored webhooks, each once, in any order. One that can't be understood, or does not fit what is
 * known, goes to the dead letters, where a person looks at it; one that only can't be done now is tried again.
 */
import { type DepositRecord, findDeposit, findDepositByReference } from "@pitboss/db/cashier/deposit-store";
import { claimWebhooks, endWebhook, postponeWebhook, type RawWebhook } from "@pitboss/db/cashier/webhook-store";
import { isOpen } from "@pitboss/domain/cashier/deposit-machine";
import { errorRow } from "@pitboss/domain/kernel/errors";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import type { Failure, Result } from "@pitboss/domain/kernel/result";
import type { Cashier } from "../cashier.ts";
import { processBankMessage } from "../bank/process-bank-message.ts";
import { applyDispute } from "../chargebacks/apply-dispute.ts";
import { processChainEvent } from "../custody/process-chain-event.ts";
import { applyReport } from "../deposits/apply-report.ts";
import { orderOf } from "../deposits/order-of.ts";
import type { Psp, Told } from "../psp/psp.ts";
import { processPayoutEvent } from "./process-payout-event.ts";

const atOnce = 50;
/** How long one engine has to do what it took; then another may, ms. */
const leaseMs = 60_000;
const backoffMs = { first: 500, most: 300_000 };
/** About an hour of tries; after that a person has to look. */
const mostAttempts = 16;

/** True where there may be more to do at once. */
export async function processWebhooks(cashier: Cashier): Promise<boolean> {
  const { db, clock } = cashier;
  const now = clock.now();
  const due = await claimWebhooks(db, { now: new Date(now), until: new Date(now + leaseMs), limit: atOnce });
  await Promise.all(due.map((webhook) => processOne(cashier, webhook)));
  return due.length === atOnce;
}

async function processOne(cashier: Cashier, webhook: RawWebhook): Promise<void> {
  try {
    await understand(cashier, webhook);
  } catch (error) {
    cashier.log.warn({ err: error, webhook: formatId("webhook", webhook.id) }, "a webhook could not be processed");
    await meetFailure(cashier, webhook, { code: "INTERNAL" }, null);
  }
}

async function understand(cashier: Cashier, webhook: RawWebhook): Promise<void> {
  const { db, psps } = cashier;
  const custodian = cashier.chain.custodians.get(webhook.psp);
  if (custodian !== undefined) {
    const processed = await processChainEvent(cashier, custodian, webhook);
    if (!processed.ok) await meetFailure(cashier, webhook, processed.error, null);
    return;
  }
  const bank = cashier.bank.banks.get(webhook.psp);
  if (bank !== undefined) {
    const processed = await processBankMessage(cashier, bank, webhook);
    if (!processed.ok) await meetFailure(cashier, webhook, processed.error, null);
    return;
  }
  const psp = psps.get(webhook.psp);
  if (psp === undefined) {
    await meetFailure(cashier, webhook, { code: "PSP_UNAVAILABLE", detail: "This provider is not set up here." }, null);
    return;
  }
  const payout = cashier.rails.get(psp.code)?.readPayoutEvent(webhook.body) ?? { kind: "other" };
  if (payout.kind !== "other") {
    const failed = await processPayoutEvent(cashier, webhook, payout);
    if (failed !== undefined) await meetFailure(cashier, webhook, failed.failure, null, failed.payoutId);
    return;
  }
  const meaning = psp.readEvent(webhook.body);
  if (meaning.kind === "unknown") {
    await endWebhook(db, webhook.id, { state: "DEAD", outcome: meaning.why, depositId: null });
    return;
  }
  if (meaning.kind === "nothing") {
    await endWebhook(db, webhook.id, { state: "DONE", outcome: meaning.why, depositId: null });
    return;
  }
  const id = meaning.depositId === null ? undefined : parseId("deposit", meaning.depositId);
  const payment = meaning.kind === "dispute" ? meaning.report.payment : undefined;
  // A dispute may name the provider's payment alone.
  const deposit =
    id !== undefined
      ? await findDeposit(db, id)
      : payment === undefined
        ? undefined
        : await findDepositByReference(db, psp.code, payment);
  if (deposit === undefined || deposit.psp !== psp.code) {
    const outcome = `There is no deposit ${meaning.depositId ?? "named"} with this provider.`;
    await endWebhook(db, webhook.id, { state: "DEAD", outcome, depositId: null });
    return;
  }
  if (meaning.kind === "dispute") {
    await settle(cashier, webhook, deposit.id, await applyDispute(cashier, deposit.id, meaning.report, webhook.id));
    return;
  }
  const report = await withFee(psp, meaning.report, deposit);
  const applied = await applyReport(cashier, deposit.id, { report, source: "WEBHOOK", webhookId: webhook.id });
  if (!applied.ok) {
    await meetFailure(cashier, webhook, applied.error, deposit.id);
    return;
  }
  // What was given up meanwhile is not asked for.
  const wanted = isOpen((await findDeposit(db, deposit.id))?.state ?? deposit.state);
  if (meaning.capture !== undefined && wanted) {
    const captured = await psp.capturePayment?.(meaning.capture);
    if (captured !== undefined && captured.kind !== "answered") {
      await meetFailure(cashier, webhook, { code: "PSP_UNAVAILABLE", detail: captured.why }, deposit.id);
      return;
    }
  }
  await endWebhook(db, webhook.id, { state: "DONE", outcome: applied.value, depositId: deposit.id });
}

async function settle(
  cashier: Cashier,
  webhook: RawWebhook,
  depositId: bigint,
  applied: Result<string>,
): Promise<void> {
  if (applied.ok) await endWebhook(cashier.db, webhook.id, { state: "DONE", outcome: applied.value, depositId });
  else await meetFailure(cashier, webhook, applied.error, depositId);
}

/** The player does not wait for a fee: where the provider does not tell it now, it is left to the reconciliation. */
async function withFee(psp: Psp, told: Told, deposit: DepositRecord): Promise<Told> {
  if (told.state !== "TAKEN" || told.feeKnown || !psp.tellsFees) return told;
  const order = orderOf(deposit);
  const found = await psp.findPayment({ reference: told.reference, depositId: order.depositId, order });
  return found.kind === "answered" && found.value?.state === "TAKEN" ? found.value : told;
}

async function meetFailure(
  { db, clock }: Cashier,
  { id, attempts }: RawWebhook,
  { code, detail }: Failure,
  depositId: bigint | null,
  payoutId?: bigint,
): Promise<void> {
  const outcome = `${code}: ${detail ?? errorRow(code).sentence}`;
  if (!errorRow(code).retry || attempts >= mostAttempts) {
    await endWebhook(db, id, { state: "DEAD", outcome, depositId, ...(payoutId === undefined ? {} : { payoutId }) });
    return;
  }
  const wait = Math.min(backoffMs.first * 2 ** attempts, backoffMs.most);
  await postponeWebhook(db, id, new Date(clock.now() + wait), outcome);
}
