/**
 * Pays affiliates what approved statements left owed, over the house's payout rails and by the same rules as players'
 * payouts: that it is sent is written before the rail is asked, and what is not answered is asked about before it is sent
 * again. What was paid leaves the affiliate's account in the ledger in the transaction of that step.
 */
import {
  claimDuePayments,
  findPayment,
  makeDuePayments,
  movePayment,
  movePaymentStatement,
  movePaymentValues,
  type PaymentRecord,
  type PaymentState,
} from "@pitboss/db/reporting/affiliate-payment-store";
import { decidePayoutReport, decideUnknown, type PayoutReport } from "@pitboss/domain/cashier/payout-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { randomUUID } from "node:crypto";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { PayoutDesk } from "../cashier.ts";
import type { PayoutRail } from "../psp/payout-rail.ts";

/** Longer than any answer is waited for: whoever sends it may be cut off, ms. */
const answerLeaseMs = 20_000;
/** What is on its way is asked about after half of the time that it has been on its way, within these, ms. */
const followMs = { first: 2_000, most: 60_000 };
const unknownMs = 10_000;
const atOnce = 10;
const worker = "job:affiliate-payments";

/** True where there may be more to do at once. */
export async function workAffiliatePayments(desk: PayoutDesk, currency: Currency): Promise<boolean> {
  const { db, clock, log } = desk;
  await makeDuePayments(db, currency);
  const due = await claimDuePayments(db, new Date(clock.now() + answerLeaseMs), atOnce);
  const done = await Promise.allSettled(due.map((id) => workOne(desk, id)));
  for (const [index, result] of done.entries()) {
    if (result.status === "fulfilled") continue;
    const payment = formatId("affiliatePayment", due[index] ?? 0n);
    log.warn({ err: result.reason as unknown, payment }, "a payment to an affiliate has to wait");
  }
  return due.length === atOnce;
}

async function workOne(desk: PayoutDesk, id: bigint): Promise<void> {
  const payment = await findPayment(desk.db, id);
  const rail = payment === undefined ? undefined : desk.rails.get(payment.psp);
  if (payment === undefined || rail === undefined) return;
  if (payment.state === "APPROVED") {
    if (await move(desk, payment, "SUBMITTED", "Sent", answerLeaseMs)) await send(desk, rail, payment);
    return;
  }
  if (payment.state !== "SUBMITTED" && payment.state !== "UNKNOWN") return;
  const asked = await rail.query({
    reference: payment.pspReference,
    payoutId: formatId("affiliatePayment", id),
    token: payment.token,
    amount: payment.amount,
    firstSentMs: (payment.firstSentAt ?? payment.createdAt).getTime(),
  });
  if (asked.kind === "found") return void (await take(desk, payment, asked.report));
  if (asked.kind === "unanswered") return void (await lose(desk, payment, asked.why));
  const then = decideUnknown({
    firstSentMs: (payment.firstSentAt ?? payment.createdAt).getTime(),
    lastSentMs: (payment.lastSentAt ?? payment.createdAt).getTime(),
    nowMs: desk.clock.now(),
    quietMs: rail.quietMs,
    keyLivesMs: rail.keyLivesMs,
  });
  if (then !== "RESUBMIT") return void (await lose(desk, payment, "The rail knows of no such payment yet"));
  // It goes through UNKNOWN, so that the history tells why it was sent twice.
  if (payment.state === "SUBMITTED" && !(await move(desk, payment, "UNKNOWN", "The rail has no such payment", 0)))
    return;
  const unknown = { ...payment, state: "UNKNOWN" as const };
  if (await move(desk, unknown, "SUBMITTED", "Sent again under the same key", answerLeaseMs))
    await send(desk, rail, payment);
}

async function send(desk: PayoutDesk, rail: PayoutRail, { id, ...payment }: PaymentRecord): Promise<void> {
  const said = await rail.submit({
    payoutId: formatId("affiliatePayment", id),
    idempotencyKey: payment.requestKey,
    playerId: formatId("affiliate", payment.affiliateId),
    currency: payment.currency,
    amount: payment.amount,
    token: payment.token,
  });
  const now = await findPayment(desk.db, id);
  if (now?.state !== "SUBMITTED") return;
  switch (said.kind) {
    case "accepted":
      await take(desk, now, said.report);
      return;
    case "refused":
      // The rail took no such order, and so the money never left.
      if (now.pspReference === null) await move(desk, now, "RETURNED", `${said.code}: ${said.why}`, 0);
      return;
    case "unanswered":
      await lose(desk, now, said.why);
  }
}

/** What a webhook says of a payment, which may have been paid before and come back; false where there is none. */
export async function applyPaymentReport(
  desk: PayoutDesk,
  id: bigint,
  psp: string,
  report: PayoutReport,
): Promise<boolean> {
  const payment = await findPayment(desk.db, id);
  if (payment === undefined || payment.psp !== psp || payment.state === "APPROVED") return false;
  await take(desk, payment, report);
  return true;
}

/** What the rail says becomes a step; one that says nothing new puts the next question off. */
async function take(desk: PayoutDesk, payment: PaymentRecord, report: PayoutReport): Promise<void> {
  const decided = decidePayoutReport({ ...payment, paid: null }, report);
  // An affiliate is owed all of it: a person looks at what was paid in part.
  if (!decided.ok || (decided.value.kind === "move" && decided.value.event === "payPart")) {
    const code = decided.ok ? "PAYMENT_MISMATCH" : decided.error.code;
    const paymentId = formatId("affiliatePayment", payment.id);
    desk.log.error({ payment: paymentId, code }, "a rail's word does not fit a payment");
    return;
  }
  if (decided.value.kind === "nothing") {
    if (payment.state !== "SUBMITTED") return;
    await move(desk, payment, payment.state, "On its way", follow(desk, payment), report.reference);
    return;
  }
  const to = decided.value.to as PaymentState;
  if (to === "PAID" || decided.value.event === "returnPaid") return post(desk, payment, to, report);
  const note = report.state === "FAILED" ? `${report.failureCode}: ${report.message}` : "Taken by the rail";
  await move(desk, payment, to, note, follow(desk, payment), report.reference);
}

async function post(desk: PayoutDesk, payment: PaymentRecord, to: PaymentState, report: PayoutReport): Promise<void> {
  const paymentId = formatId("affiliatePayment", payment.id);
  const [owed, clearing] = [
    { kind: "AFFILIATE_LIABILITY", qualifier: formatId("affiliate", payment.affiliateId) } as const,
    { kind: "PSP_CLEARING", qualifier: payment.psp } as const,
  ];
  const requestId = `${paymentId}:${to === "PAID" ? "pay" : "return"}`;
  const moneyKey = requestKey("cashier", requestId);
  const note = report.state === "FAILED" ? `${report.failureCode}: ${report.message}` : "Paid";
  const answer = await desk.lanes.submit({
    requestId,
    traceId: randomUUID().replaceAll("-", ""),
    actor: `psp:${payment.psp}`,
    command: {
      type: "post",
      playerId: 0n,
      requestKey: moneyKey,
      bodyHash: hash64(requestId),
      post: {
        type: "AFFILIATE_PAYMENT",
        currency: payment.currency,
        amount: payment.amount,
        ...(to === "PAID" ? { from: owed, to: clearing } : { from: clearing, to: owed }),
        reference: payment.id,
        details: { paymentId },
      },
    },
    alongside: [
      {
        statement: movePaymentStatement,
        values: movePaymentValues({
          paymentId: payment.id,
          from: payment.state,
          to,
          actor: `psp:${payment.psp}`,
          note,
          reference: report.reference,
          moneyKey,
        }),
      },
    ],
  });
  // Whoever was first has moved it; what else went wrong is tried again when it is looked at next.
  if (answer.kind === "failed")
    desk.log.debug({ payment: paymentId, code: answer.failure.code }, "a payment was not posted now");
}

function follow({ clock }: PayoutDesk, { firstSentAt }: PaymentRecord): number {
  const sent = clock.now() - (firstSentAt?.getTime() ?? clock.now());
  return Math.min(Math.max(Math.round(sent / 2), followMs.first), followMs.most);
}

async function lose(desk: PayoutDesk, payment: PaymentRecord, why: string): Promise<void> {
  if (payment.state === "SUBMITTED" && payment.pspReference !== null) {
    await move(desk, payment, "SUBMITTED", why, follow(desk, payment), payment.pspReference);
    return;
  }
  await move(desk, payment, "UNKNOWN", why, unknownMs);
}

function move(
  { db }: Pick<PayoutDesk, "db">,
  { id, state }: Pick<PaymentRecord, "id" | "state">,
  to: PaymentState,
  note: string,
  waitMs: number,
  reference: string | null = null,
): Promise<boolean> {
  return movePayment(db, { paymentId: id, from: state, to, actor: worker, note, waitMs, reference });
}
