/** A message of a bank: what it says of files and payments, and what it tells of the account. */
import { findBatchByMessage } from "@pitboss/db/cashier/payout-batch-store";
import { endWebhook, type RawWebhook } from "@pitboss/db/cashier/webhook-store";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import type { Cashier } from "../cashier.ts";
import { applyFileStatus } from "./apply-file-status.ts";
import type { Bank, StatusReport } from "./bank.ts";
import { receiveMovements } from "./receive-movements.ts";

interface Ended {
  readonly outcome: string;
  readonly depositId: bigint | null;
  readonly payoutId?: bigint;
}

/** As much as a person reads of it. */
const longestOutcome = 900;

/** Why it could not be processed, where it is not for the dead letters at once. */
export async function processBankMessage(cashier: Cashier, bank: Bank, webhook: RawWebhook): Promise<Result<null>> {
  const message = bank.readMessage(webhook.body);
  if (message.kind === "unknown") {
    await endWebhook(cashier.db, webhook.id, { state: "DEAD", outcome: message.why, depositId: null });
    return ok(null);
  }
  const heard = { source: "WEBHOOK", webhookId: webhook.id } as const;
  const ended =
    message.kind === "status"
      ? await takeStatus(cashier, bank, message.report, heard)
      : await takeMovements(cashier, bank, message.reports, heard);
  if (!ended.ok) return ended;
  const outcome = ended.value.outcome.slice(0, longestOutcome);
  await endWebhook(cashier.db, webhook.id, { state: "DONE", ...ended.value, outcome });
  return ok(null);
}

type Heard = { readonly source: "WEBHOOK"; readonly webhookId: bigint };

async function takeStatus(cashier: Cashier, bank: Bank, report: StatusReport, heard: Heard): Promise<Result<Ended>> {
  const batch = await findBatchByMessage(cashier.db, report.messageId);
  const applied = await applyFileStatus(cashier, bank, batch, report, heard);
  return applied.ok
    ? ok({ outcome: applied.value.outcome, depositId: null, ...payoutOf(applied.value.payoutId) })
    : applied;
}

async function takeMovements(
  cashier: Cashier,
  bank: Bank,
  reports: Parameters<typeof receiveMovements>[2],
  heard: Heard,
): Promise<Result<Ended>> {
  const received = await receiveMovements(cashier, bank, reports, heard);
  if (!received.ok) return received;
  const { outcomes, depositId, payoutId } = received.value;
  return ok({ outcome: outcomes.join(" ") || "Nothing moved.", depositId, ...payoutOf(payoutId) });
}

function payoutOf(payoutId: bigint | null): { readonly payoutId?: bigint } {
  return payoutId === null ? {} : { payoutId };
}
