/**
 * What a provider said of a payout becomes a step of it. Whoever brings the report, and however often, the rules decide
 * on the payout as it stands; where it moved on meanwhile they decide again.
 */
import { findPayout, movePayout, type PayoutRecord, type PayoutSource } from "@pitboss/db/cashier/payout-store";
import { findPolicyById } from "@pitboss/db/cashier/payout-policy-store";
import { decidePayoutReport, type PayoutDecision, type PayoutReport } from "@pitboss/domain/cashier/payout-machine";
import { stageMinutes } from "@pitboss/domain/cashier/payout-policy";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Teller } from "../cashier.ts";
import { type PostedMove, postPayout } from "./post-payout.ts";
import { tellPayout } from "./tell-payout.ts";

export interface ReportedPayout {
  readonly report: PayoutReport;
  readonly source: PayoutSource;
  readonly webhookId?: bigint;
}

/** Two that report at the same moment meet; the one that comes second looks again. */
const mostTries = 5;
/** A payout that is on its way is asked about after this, should no webhook come, ms. */
const followMs = 60_000;
/** One on its chain is asked about more often: a block comes within minutes, ms. */
const chainFollowMs = 15_000;
const minuteMs = 60_000;

/** What came of it, in words. */
export async function applyPayoutReport(
  teller: Teller,
  payoutId: bigint,
  told: ReportedPayout,
): Promise<Result<string>> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const payout = await findPayout(teller.db, payoutId);
    if (payout === undefined) return err("PAYOUT_NOT_FOUND");
    const decided = decidePayoutReport(payout, told.report);
    if (!decided.ok) return decided;
    if (decided.value.kind === "nothing") return ok(decided.value.why);
    const moved = await take(teller, payout, decided.value, told);
    if (!moved.ok) return moved;
    if (moved.value) return ok(`${payout.state} → ${decided.value.to}`);
  }
  return err("OVERLOADED", "The payout kept changing.");
}

type Move = Extract<PayoutDecision, { kind: "move" }>;

async function take(
  teller: Teller,
  payout: PayoutRecord,
  { event }: Move,
  { report, source, webhookId }: ReportedPayout,
): Promise<Result<boolean>> {
  const base = {
    event,
    source,
    actor: `psp:${payout.psp}`,
    webhookId: webhookId ?? null,
    details: describe(report),
  };
  const pspReference = report.reference;
  if (event === "acknowledge") {
    const policy = await findPolicyById(teller.db, payout.policyId);
    const minutes = policy === undefined ? undefined : stageMinutes(policy, "SUBMITTED");
    const sentMs = (payout.sentAt ?? payout.stageAt).getTime();
    const change = {
      pspReference,
      workAt: new Date(teller.clock.now() + followMs),
      ...(minutes === undefined ? {} : { dueAt: new Date(sentMs + minutes * minuteMs) }),
    };
    return ok(await movePayout(teller.db, { ...base, payoutId: payout.id, from: payout.state, change }));
  }
  if (event === "broadcast" || event === "confirm" || event === "unconfirm") {
    const change = { pspReference, workAt: new Date(teller.clock.now() + chainFollowMs) };
    return ok(await movePayout(teller.db, { ...base, payoutId: payout.id, from: payout.state, change }));
  }
  return postPayout(teller, payout, { ...base, ...moneyStep(payout, event, report) });
}

function moneyStep(
  payout: PayoutRecord,
  event: Move["event"],
  report: PayoutReport,
): Pick<PostedMove, "posting" | "paid" | "change" | "told"> {
  const change = { pspReference: report.reference, dueAt: null };
  if (event === "pay") {
    return { posting: "settle", change, told: tellPayout("payout.paid", payout, { reference: report.reference }) };
  }
  if (event === "payPart" && report.state === "PAID" && report.paid !== undefined) {
    const paid = formatMinor(report.paid, report.currency);
    const told = tellPayout("payout.paid", payout, { reference: report.reference, paid });
    return { posting: "settle", paid: report.paid, change, told };
  }
  const [code, message] = report.state === "FAILED" ? [report.failureCode, report.message] : ["returned", ""];
  const afterPaid = event === "returnPaid";
  return {
    posting: afterPaid ? "return" : "release",
    change: { ...change, failure: { code, message } },
    told: tellPayout("payout.returned", payout, { code, afterPaid }),
  };
}

function describe(report: PayoutReport): JsonObject {
  const { reference, state, currency } = report;
  const base = { said: state, reference, amount: formatMinor(report.amount, currency), currency };
  if (report.chain !== undefined) {
    const { hash, confirmations } = report.chain;
    const word = report.state === "FAILED" ? { code: report.failureCode } : {};
    return { ...base, ...word, hash, confirmations };
  }
  if (report.state === "FAILED") return { ...base, code: report.failureCode, message: report.message };
  const part = report.state === "PAID" ? report.paid : undefined;
  return part === undefined ? base : { ...base, paid: formatMinor(part, currency) };
}
