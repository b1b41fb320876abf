/**
 * What a provider said of a payment becomes a step of its deposit. Whoever brings the report, and however often, the
 * rules decide on the deposit as it stands; where it moved on meanwhile they decide again. Money is credited through the
 * ledger's door, in the one transaction that also writes the step, under a request id that this deposit has for ever.
 */
import { noteChainCreditStatement, noteChainCreditValues } from "@pitboss/db/cashier/chain-deposit-store";
import {
  type DepositMove,
  type DepositRecord,
  type DepositSource,
  findDeposit,
  moveDeposit,
  moveDepositStatement,
  moveDepositValues,
} from "@pitboss/db/cashier/deposit-store";
import { type DepositDecision, decideReport } from "@pitboss/domain/cashier/deposit-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Teller } from "../cashier.ts";
import type { Told } from "../psp/psp.ts";
import { tellDeposit } from "./tell-deposit.ts";

export interface Reported {
  readonly report: Told;
  readonly source: DepositSource;
  readonly webhookId?: bigint;
  /** Of what came over a chain: what its past is, and why it is credited frozen where it is. */
  readonly past?: { readonly kytId: bigint; readonly frozenFor: string | null };
}

/** Two that report at the same moment meet; the one that comes second looks again. */
const mostTries = 5;
/** A payment that still waits is asked about after this, should no webhook come, ms. */
const firstFollowMs = 60_000;

/** What came of it, in words. */
export async function applyReport(cashier: Teller, depositId: bigint, told: Reported): Promise<Result<string>> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const deposit = await findDeposit(cashier.db, depositId);
    if (deposit === undefined) return err("DEPOSIT_NOT_FOUND");
    const facts = { ...deposit, expiresAtMs: deposit.expiresAt.getTime() };
    const decided = decideReport(facts, told.report, cashier.clock.now());
    if (!decided.ok) return decided;
    if (decided.value.kind === "nothing") return ok(decided.value.why);
    const moved = await take(cashier, deposit, decided.value, told);
    if (!moved.ok) return moved;
    if (moved.value) return ok(`${deposit.state} → ${decided.value.to}`);
  }
  return err("OVERLOADED", "The deposit kept changing.");
}

type Move = Extract<DepositDecision, { kind: "move" }>;

async function take(cashier: Teller, deposit: DepositRecord, decision: Move, told: Reported): Promise<Result<boolean>> {
  const move = moveOf(cashier, deposit, decision, told);
  const { report } = told;
  if (report.state !== "TAKEN") return ok(await moveDeposit(cashier.db, move));
  const taken = { ...creditKey(deposit), amount: report.amount, fee: report.fee };
  return credit(cashier, deposit, { ...move, credit: taken }, told.past);
}

function moveOf({ clock }: Teller, deposit: DepositRecord, { event, to }: Move, told: Reported): DepositMove {
  const { report, source, webhookId } = told;
  const followAt = new Date(Math.min(clock.now() + firstFollowMs, deposit.expiresAt.getTime()));
  return {
    depositId: deposit.id,
    from: deposit.state,
    to,
    event,
    source,
    webhookId: webhookId ?? null,
    details: describeReport(report),
    reference: report.reference,
    nextAction: report.state === "ACTION" ? { type: "redirect", url: report.url } : null,
    failure: report.state === "FAILED" ? { code: report.failureCode, message: report.message } : null,
    followAt: to === "PENDING" ? followAt : null,
    ...toldOf(deposit, event, report),
  };
}

/** A credit is told by the ledger itself; what moves no money is told along with its step. */
function toldOf(deposit: DepositRecord, event: Move["event"], report: Told): Pick<DepositMove, "told"> {
  const { playerId } = deposit;
  if (event === "expire") return { told: { playerId, event: tellDeposit("deposit.expired", deposit) } };
  if (event !== "decline") return {};
  const code = report.state === "FAILED" ? report.failureCode : "cancelled";
  return { told: { playerId, event: tellDeposit("deposit.declined", deposit, { code }) } };
}

function describeReport(report: Told): JsonObject {
  const base = { said: report.state, reference: report.reference };
  if (report.state === "FAILED") return { ...base, code: report.failureCode, message: report.message };
  if (report.state !== "TAKEN") return base;
  const fee = report.feeKnown ? formatMinor(report.fee, report.currency) : null;
  return { ...base, amount: formatMinor(report.amount, report.currency), fee, currency: report.currency };
}

function creditKey({ id }: DepositRecord): { readonly requestKey: string; readonly requestId: string } {
  const requestId = `${formatId("deposit", id)}:credit`;
  return { requestId, requestKey: requestKey("cashier", requestId) };
}

/** False where the deposit is no longer where it was seen. */
async function credit(
  { lanes }: Teller,
  deposit: DepositRecord,
  move: DepositMove & Required<Pick<DepositMove, "credit">>,
  past: Reported["past"],
): Promise<Result<boolean>> {
  const { requestId, requestKey: key } = creditKey(deposit);
  const { id, playerId, currency, psp, traceId } = deposit;
  const depositId = formatId("deposit", id);
  const answer = await lanes.submit({
    requestId,
    traceId,
    actor: `psp:${psp}`,
    command: {
      type: "move",
      playerId,
      requestKey: key,
      // Whatever amount is reported, a deposit is credited once.
      bodyHash: hash64(`credit|${depositId}`),
      move: {
        type: "DEPOSIT",
        playerId,
        currency,
        amount: move.credit.amount,
        psp,
        pspFee: move.credit.fee,
        reference: id,
        details: { depositId, pspReference: move.reference },
        ...(past?.frozenFor == null ? {} : { frozen: true }),
      },
    },
    alongside: [
      { statement: moveDepositStatement, values: moveDepositValues(move) },
      ...(past === undefined ? [] : [{ statement: noteChainCreditStatement, values: noteChainCreditValues(id, past) }]),
    ],
  });
  if (answer.kind === "failed") {
    // The step is refused where somebody else was first; then the deposit shows it, and is looked at again.
    return answer.failure.code === "OVERLOADED" ? ok(false) : { ok: false, error: answer.failure };
  }
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") return { ok: false, error: outcome.decision.failure };
  return ok(outcome.kind === "accepted");
}
