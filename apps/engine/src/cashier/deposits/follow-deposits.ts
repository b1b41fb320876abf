/**
 * Asks about deposits of which nothing was heard: those whose request was cut off, whose provider did not answer, whose
 * webhook never came, and those that are to be given up. Nothing is given up on our word alone: a payment expires once
 * its provider has said that there is none, or has cancelled it.
 */
import {
  claimDueDeposits,
  type DepositRecord,
  findDeposit,
  moveDeposit,
  setDepositFollowUp,
} from "@pitboss/db/cashier/deposit-store";
import { depositMachine, isOpen } from "@pitboss/domain/cashier/deposit-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Cashier } from "../cashier.ts";
import type { Asked, Psp, Told } from "../psp/psp.ts";
import { followChainDeposit } from "../custody/apply-transfer.ts";
import { applyReport } from "./apply-report.ts";
import { orderOf } from "./order-of.ts";
import { startDeposit } from "./start-deposit.ts";
import { tellDeposit } from "./tell-deposit.ts";

const atOnce = 20;
/** How long one engine has to do what it took; then another may, ms. */
const leaseMs = 60_000;
const backoffMs = { first: 10_000, most: 300_000 };

/** True where there may be more to do at once. */
export async function followDeposits(cashier: Cashier): Promise<boolean> {
  const { db, clock, log } = cashier;
  const now = clock.now();
  const due = await claimDueDeposits(db, { now: new Date(now), until: new Date(now + leaseMs), limit: atOnce });
  const done = await Promise.allSettled(due.map((id) => follow(cashier, id)));
  for (const [index, result] of done.entries()) {
    if (result.status === "fulfilled") continue;
    log.warn(
      { err: result.reason as unknown, deposit: formatId("deposit", due[index] ?? 0n) },
      "a deposit has to wait",
    );
  }
  return due.length === atOnce;
}

async function follow(cashier: Cashier, id: bigint): Promise<void> {
  const { db, clock, psps } = cashier;
  const deposit = await findDeposit(db, id);
  if (deposit === undefined || !isOpen(deposit.state)) return;
  if (deposit.method === "CRYPTO") {
    await followChainDeposit(cashier, deposit);
    return;
  }
  if (deposit.method === "BANK_TRANSFER") {
    // The bank's entry is there already, and has a worker of its own.
    await setDepositFollowUp(db, id, { at: new Date(clock.now() + leaseMs) });
    return;
  }
  const psp = psps.get(deposit.psp);
  const expired = clock.now() >= deposit.expiresAt.getTime();
  if (psp !== undefined && deposit.pspReference === null && !expired) {
    // Nobody knows whether the order arrived. The same order again is taken once, so that asking is ordering.
    await startDeposit(cashier, id, "QUERY");
    return;
  }
  const open = psp === undefined || (await askAbout(cashier, psp, deposit, expired));
  if (open) await setDepositFollowUp(db, id, { at: nextAsk(cashier, deposit, expired) });
}

/** Answers whether it is still open. */
async function askAbout(cashier: Cashier, psp: Psp, deposit: DepositRecord, expired: boolean): Promise<boolean> {
  const order = orderOf(deposit);
  const found = await psp.findPayment({ reference: deposit.pspReference, depositId: order.depositId, order });
  if (found.kind !== "answered") return true;
  if (found.value === undefined) {
    if (expired) await expire(cashier, deposit);
    return !expired;
  }
  const waits = found.value.state === "ACTION" || found.value.state === "PROCESSING";
  const last: Asked<Told> =
    waits && expired ? await psp.cancelPayment(found.value.reference) : { kind: "answered", value: found.value };
  if (last.kind !== "answered") return true;
  const applied = await applyReport(cashier, deposit.id, { report: last.value, source: "QUERY" });
  return !applied.ok || last.value.state === "ACTION" || last.value.state === "PROCESSING";
}

async function expire({ db }: Cashier, deposit: DepositRecord): Promise<void> {
  if (!isOpen(deposit.state)) return;
  await moveDeposit(db, {
    depositId: deposit.id,
    from: deposit.state,
    to: depositMachine[deposit.state].expire,
    event: "expire",
    source: "QUERY",
    webhookId: null,
    details: { said: "UNKNOWN" },
    reference: null,
    nextAction: null,
    failure: null,
    followAt: null,
    told: { playerId: deposit.playerId, event: tellDeposit("deposit.expired", deposit) },
  });
}

/** Less and less often, but not past the moment at which it is to be given up. */
function nextAsk({ clock }: Cashier, { followed, expiresAt }: DepositRecord, expired: boolean): Date {
  const next = clock.now() + Math.min(backoffMs.first * 2 ** Math.min(followed, 10), backoffMs.most);
  return new Date(expired ? next : Math.min(next, expiresAt.getTime()));
}
