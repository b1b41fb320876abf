/** Asks the provider for the money of a deposit that is written down. The same order again is the same payment. */
import { type DepositSource, findDeposit, setDepositFollowUp } from "@pitboss/db/cashier/deposit-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Cashier } from "../cashier.ts";
import { applyReport } from "./apply-report.ts";
import { orderOf } from "./order-of.ts";
import { refuseOrder } from "./refuse-order.ts";

/** Where the provider did not answer it is asked again after this, ms. */
const askAgainMs = 10_000;

export async function startDeposit(cashier: Cashier, id: bigint, source: DepositSource): Promise<void> {
  const { db, clock, log, psps } = cashier;
  const deposit = await findDeposit(db, id);
  const psp = deposit === undefined ? undefined : psps.get(deposit.psp);
  if (deposit === undefined || psp === undefined) return;
  const depositId = formatId("deposit", id);
  const asked = await psp.startPayment(orderOf(deposit));
  if (asked.kind === "answered") {
    const applied = await applyReport(cashier, id, { report: asked.value, source });
    if (applied.ok) return;
    log.warn({ deposit: depositId, code: applied.error.code }, "an answer could not be applied yet");
  } else if (asked.kind === "refused") {
    await refuseOrder(cashier, deposit, asked.why, source);
    return;
  } else {
    log.warn({ deposit: depositId, psp: psp.code, why: asked.why }, "whether the money was taken is not known yet");
  }
  const reference = asked.kind === "answered" ? asked.value.reference : null;
  await setDepositFollowUp(db, id, { at: new Date(clock.now() + askAgainMs), reference });
}
