/**
 * Asks the provider for the money of a deposit that is written down. The same order again is the same payment. Where the
 * provider surely has no payment of it, as when nothing reached it, the next provider of the deposit is asked; where that
 * is not sure, nobody else is, however long it takes to find out.
 */
import { giveToNext, noteSending } from "@pitboss/db/cashier/deposit-attempt-store";
import {
  type DepositRecord,
  type DepositSource,
  findDeposit,
  setDepositFollowUp,
} from "@pitboss/db/cashier/deposit-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Cashier } from "../cashier.ts";
import { findOpenPsps } from "../psp/open-psps.ts";
import type { Asked, Psp, Told } from "../psp/psp.ts";
import { applyReport } from "./apply-report.ts";
import { orderOf } from "./order-of.ts";
import { refuseOrder } from "./refuse-order.ts";

/** Where the provider did not answer it is asked again after this, ms. */
const askAgainMs = 10_000;
/** A deposit has fewer providers than this. */
const mostPsps = 8;

export async function startDeposit(cashier: Cashier, id: bigint, source: DepositSource): Promise<void> {
  for (let tries = 0; tries < mostPsps; tries += 1) {
    const deposit = await findDeposit(cashier.db, id);
    const psp = deposit === undefined ? undefined : cashier.psps.get(deposit.psp);
    if (deposit === undefined || psp === undefined) return;
    if (!(await askOnce(cashier, deposit, psp, source))) return;
  }
}

/** True where the deposit went to another provider, which is to be asked now. */
async function askOnce(cashier: Cashier, deposit: DepositRecord, psp: Psp, source: DepositSource): Promise<boolean> {
  const { db, clock, log } = cashier;
  const depositId = formatId("deposit", deposit.id);
  const sends = await noteSending(db, deposit.id, psp.code);
  // Somebody else gave it to another provider meanwhile, and asks there.
  if (sends === undefined) return false;
  const asked = await psp.startPayment(orderOf(deposit));
  if (asked.kind === "answered") {
    const applied = await applyReport(cashier, deposit.id, { report: asked.value, source });
    if (applied.ok) return false;
    log.warn({ deposit: depositId, code: applied.error.code }, "an answer could not be applied yet");
  } else if (asked.kind === "unanswered") {
    log.warn({ deposit: depositId, psp: psp.code, why: asked.why }, "whether the money was taken is not known yet");
  } else {
    if (sends === 1 && (await goOn(cashier, deposit, asked, source))) return true;
    if (asked.kind === "refused") {
      await refuseOrder(cashier, deposit, asked.why, source);
      return false;
    }
  }
  const reference = asked.kind === "answered" ? asked.value.reference : null;
  await setDepositFollowUp(db, deposit.id, { at: new Date(clock.now() + askAgainMs), reference });
  return false;
}

type NotTaken = Extract<Asked<Told>, { readonly kind: "unsent" | "refused" }>;

async function goOn(
  cashier: Cashier,
  { id, psp }: DepositRecord,
  { kind, why }: NotTaken,
  source: DepositSource,
): Promise<boolean> {
  const { db, log } = cashier;
  const open = (await findOpenPsps(cashier)).filter((code) => code !== psp);
  const outcome = kind === "unsent" ? "UNSENT" : "REFUSED";
  const next = await db.transaction((tx) => giveToNext(tx, { depositId: id, psp, outcome, why }, open, source));
  if (next === undefined) return false;
  log.warn({ deposit: formatId("deposit", id), from: psp, to: next, why }, "a deposit went to the next provider");
  return true;
}
