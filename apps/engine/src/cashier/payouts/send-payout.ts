/**
 * Sends an approved payout to its provider, and finds out what became of one that was sent. That it is sent is written
 * before the provider is asked; what is not answered is unknown, and is asked about before it is sent again.
 */
import { notePayoutChain } from "@pitboss/db/cashier/payout-chain-store";
import { findPolicyById } from "@pitboss/db/cashier/payout-policy-store";
import { findPayout, movePayout, type PayoutRecord, type PayoutSource } from "@pitboss/db/cashier/payout-store";
import { endPayoutSend, setPayoutWork } from "@pitboss/db/cashier/payout-work-store";
import { decideUnknown, isUnderWay, type UnknownDecision } from "@pitboss/domain/cashier/payout-machine";
import { stageMinutes } from "@pitboss/domain/cashier/payout-policy";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { CheckingDesk, PayoutDesk } from "../cashier.ts";
import type { PayoutRail, Queried } from "../psp/payout-rail.ts";
import { applyPayoutReport } from "./apply-payout-report.ts";
import { beginToInform, informReceiver } from "./inform-receiver.ts";
import { lookAtPayout } from "./look-at-payout.ts";
import { postPayout } from "./post-payout.ts";
import { recheckPayout } from "./recheck-payout.ts";
import { tellPayout } from "./tell-payout.ts";

/** Longer than any answer is waited for: whoever holds it may be cut off, ms. */
const answerLeaseMs = 20_000;
const minuteMs = 60_000;
const backoffMs = { first: 5_000, most: 600_000 };
const workerBy = { source: "WORKER", actor: "job:payouts" } as const;

/** Of AUTO_APPROVED and APPROVED. What was found meanwhile takes it back to review instead. */
export async function sendApproved(cashier: CheckingDesk, payout: PayoutRecord): Promise<void> {
  const rail = cashier.rails.get(payout.psp);
  if (rail === undefined) {
    await setPayoutWork(cashier.db, payout.id, nextTry(cashier, payout));
    return;
  }
  if (rail.inFiles === true) {
    // Whoever gathers the next file looks at it again, and takes it along.
    await setPayoutWork(cashier.db, payout.id, new Date(cashier.clock.now() + minuteMs));
    return;
  }
  const overChain = payout.method === "CRYPTO";
  // The address may have got a past since the yes, and the hot wallet may have been emptied.
  if (overChain && !(await lookAtPayout(cashier, payout))) return;
  if ((await recheckPayout(cashier, payout, { source: "RULE", actor: "job:payouts" })).changed) return;
  if (overChain) await beginToInform(cashier, payout);
  else if (await begin(cashier, payout, "submit")) await send(cashier, rail, payout.id);
}

/** Of TRAVEL_RULE: it leaves once whoever has to be told was told. */
export async function sendInformed(cashier: CheckingDesk, payout: PayoutRecord): Promise<void> {
  const rail = cashier.rails.get(payout.psp);
  if (rail === undefined) {
    await setPayoutWork(cashier.db, payout.id, nextTry(cashier, payout));
    return;
  }
  if (!(await informReceiver(cashier, payout))) return;
  if (await begin(cashier, payout, "submit")) await send(cashier, rail, payout.id);
}

/** False where somebody else was first. */
function begin(
  cashier: PayoutDesk,
  payout: PayoutRecord,
  event: "submit" | "resubmit",
  actor?: string,
): Promise<boolean> {
  const workAt = new Date(cashier.clock.now() + answerLeaseMs);
  return beginSending(cashier, payout, event, {}, { workAt, ...(actor === undefined ? {} : { actor }) });
}

/**
 * Writes down that it is sent. What goes in a file has a worker of the file's, and none of its own until the bank has
 * acknowledged it.
 */
export async function beginSending(
  { db, clock }: Pick<PayoutDesk, "db" | "clock">,
  payout: PayoutRecord,
  event: "submit" | "resubmit",
  where: JsonObject,
  { workAt = null, actor }: { readonly workAt?: Date | null; readonly actor?: string } = {},
): Promise<boolean> {
  const policy = await findPolicyById(db, payout.policyId);
  const minutes = policy === undefined ? undefined : stageMinutes(policy, "SUBMITTED");
  const from = (payout.sentAt ?? new Date(clock.now())).getTime();
  return movePayout(db, {
    payoutId: payout.id,
    from: payout.state,
    event,
    ...(actor === undefined ? workerBy : { source: "STAFF", actor }),
    details: { idempotencyKey: payout.requestKey, psp: payout.psp, ...where },
    change: {
      workAt,
      ...(minutes === undefined ? {} : { dueAt: new Date(from + minutes * minuteMs) }),
    },
    ...(event === "submit" ? { told: tellPayout("payout.submitted", payout, {}) } : {}),
  });
}

async function send(cashier: PayoutDesk, rail: PayoutRail, id: bigint): Promise<void> {
  const { db, log } = cashier;
  const payout = await findPayout(db, id);
  if (payout?.state !== "SUBMITTED") return;
  const payoutId = formatId("payout", id);
  const said = await rail.submit({
    payoutId,
    idempotencyKey: payout.requestKey,
    playerId: formatId("player", payout.playerId),
    currency: payout.currency,
    amount: payout.amount,
    token: payout.instrument.token,
  });
  switch (said.kind) {
    case "accepted": {
      await endPayoutSend(db, id, { outcome: "ACCEPTED", said: said.report.reference });
      const applied = await applyPayoutReport(cashier, id, { report: said.report, source: "WORKER" });
      if (!applied.ok) log.error({ payout: payoutId, code: applied.error.code }, "a payout's answer does not fit it");
      return;
    }
    case "refused":
      await endPayoutSend(db, id, { outcome: "REFUSED", said: said.why });
      await giveBack(cashier, id, said);
      return;
    case "unanswered":
      await endPayoutSend(db, id, { outcome: "UNANSWERED", said: said.why });
      log.warn({ payout: payoutId, why: said.why }, "whether a payout was taken is not known yet");
      await lose(cashier, id, said.why);
  }
}

/** The provider takes no such order, and so has none: the money never left. A webhook may have come first. */
async function giveBack(cashier: PayoutDesk, id: bigint, { code, why }: { code: string; why: string }): Promise<void> {
  const payout = await findPayout(cashier.db, id);
  if (payout?.state !== "SUBMITTED" || payout.pspReference !== null) return;
  await postPayout(cashier, payout, {
    event: "return",
    posting: "release",
    source: "WORKER",
    actor: `psp:${payout.psp}`,
    details: { said: "REFUSED", code, why },
    change: { dueAt: null, failure: { code, message: why } },
    told: tellPayout("payout.returned", payout, { code, afterPaid: false }),
  });
}

async function lose(cashier: PayoutDesk, id: bigint, why: string): Promise<void> {
  const payout = await findPayout(cashier.db, id);
  if (payout?.state !== "SUBMITTED" || payout.pspReference !== null) return;
  await movePayout(cashier.db, {
    payoutId: id,
    from: "SUBMITTED",
    event: "lose",
    ...workerBy,
    details: { why },
    change: { workAt: new Date(cashier.clock.now() + backoffMs.first) },
  });
}

export interface AskedAbout {
  /** What was found, in words of the house; for whoever asked. */
  readonly found: "APPLIED" | "NOT_FOUND" | "UNANSWERED" | "UNAVAILABLE";
  readonly said: string;
  /** What is to be done where the provider knows nothing of it. */
  readonly then?: UnknownDecision;
}

/** Of what is under way: asks the provider what became of it, and applies what it says. */
export async function askAboutPayout(
  cashier: PayoutDesk,
  id: bigint,
  source: PayoutSource = "QUERY",
): Promise<AskedAbout> {
  const payout = await findPayout(cashier.db, id);
  const rail = payout === undefined ? undefined : cashier.rails.get(payout.psp);
  if (payout === undefined || rail === undefined) {
    return { found: "UNAVAILABLE", said: "This provider is not set up here." };
  }
  const asked = await rail.query({
    reference: payout.pspReference,
    payoutId: formatId("payout", id),
    token: payout.instrument.token,
    amount: payout.amount,
    firstSentMs: (payout.sentAt ?? payout.createdAt).getTime(),
  });
  return meet(cashier, rail, payout, asked, source);
}

async function meet(
  cashier: PayoutDesk,
  rail: PayoutRail,
  payout: PayoutRecord,
  asked: Queried,
  source: PayoutSource,
): Promise<AskedAbout> {
  switch (asked.kind) {
    case "found": {
      if (asked.report.chain !== undefined) await notePayoutChain(cashier.db, payout.id, asked.report.chain);
      const applied = await applyPayoutReport(cashier, payout.id, { report: asked.report, source });
      return applied.ok
        ? { found: "APPLIED", said: applied.value }
        : { found: "UNANSWERED", said: applied.error.detail ?? applied.error.code };
    }
    case "unanswered":
      return { found: "UNANSWERED", said: asked.why };
    case "not-found": {
      const then = decideUnknown({
        firstSentMs: (payout.sentAt ?? payout.createdAt).getTime(),
        lastSentMs: (payout.lastSentAt ?? payout.createdAt).getTime(),
        nowMs: cashier.clock.now(),
        quietMs: rail.quietMs,
        keyLivesMs: rail.keyLivesMs,
      });
      return { found: "NOT_FOUND", said: "The provider has no such payout.", then };
    }
  }
}

/** What the worker does about a payout that was sent: one whose answer never came, and one that is on its way. */
export async function followSent(cashier: PayoutDesk, payout: PayoutRecord): Promise<void> {
  if (payout.state === "SUBMITTED" && payout.pspReference === null) {
    // Whoever sent it did not live to see the answer.
    await endPayoutSend(cashier.db, payout.id, { outcome: "UNANSWERED", said: "The answer was never seen." });
    await lose(cashier, payout.id, "The answer was never seen.");
  }
  const asked = await askAboutPayout(cashier, payout.id);
  if (asked.then === "RESUBMIT") {
    await resubmit(cashier, payout.id);
    return;
  }
  const now = await findPayout(cashier.db, payout.id);
  if (now !== undefined && isUnderWay(now.state)) {
    await setPayoutWork(cashier.db, payout.id, nextTry(cashier, now));
  }
}

/** Sends the same order again, under the same key. False where it is not one whose fate is unknown. */
export async function resubmit(cashier: PayoutDesk, id: bigint, actor?: string): Promise<boolean> {
  const payout = await findPayout(cashier.db, id);
  const rail = payout === undefined ? undefined : cashier.rails.get(payout.psp);
  // What went out in a file is sent again with it, by the file's worker.
  if (payout?.state !== "UNKNOWN" || rail === undefined || rail.inFiles === true) return false;
  if (!(await begin(cashier, payout, "resubmit", actor))) return false;
  await send(cashier, rail, id);
  return true;
}

function nextTry({ clock }: PayoutDesk, { worked }: PayoutRecord): Date {
  return new Date(clock.now() + Math.min(backoffMs.first * 2 ** Math.min(worked, 10), backoffMs.most));
}
