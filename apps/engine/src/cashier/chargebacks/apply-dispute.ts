/**
 * What a provider says of a dispute becomes a chargeback, or its end. The money goes through the ledger's door in the one
 * transaction that also writes the step, under a request id that the deposit has for ever: taken back once, returned once.
 */
import {
  findChargebackOf,
  findLockRule,
  moveChargeback,
  moveChargebackStatement,
  moveChargebackValues,
  type ChargebackRecord,
  openChargebackStatement,
  openChargebackValues,
} from "@pitboss/db/cashier/chargeback-store";
import { type DepositRecord, findDeposit } from "@pitboss/db/cashier/deposit-store";
import { lockPlayerStatus, setPlayerStatus } from "@pitboss/db/identity/player-directory";
import type { Statement } from "@pitboss/db/kernel/session";
import { decideDispute, type DisputeReport } from "@pitboss/domain/cashier/chargeback";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import { jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Cashier } from "../cashier.ts";

/** Two that report at the same moment meet; the one that comes second looks again. */
const mostTries = 5;
/** How long after it opened a chargeback may still lock its player, ms: longer than a webhook is under way here. */
const freshMs = 300_000;

/** What came of it, in words. */
export async function applyDispute(
  cashier: Cashier,
  depositId: bigint,
  report: DisputeReport,
  webhookId: bigint,
): Promise<Result<string>> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const deposit = await findDeposit(cashier.db, depositId);
    if (deposit === undefined) return err("DEPOSIT_NOT_FOUND");
    const known = await findChargebackOf(cashier.db, depositId);
    const decided = decideDispute(deposit, known, report);
    if (!decided.ok) return decided;
    const decision = decided.value;
    if (decision.kind === "nothing") {
      // An engine that died right after it opened this one may not have locked the player yet. Much later somebody may
      // have let the player in again, and a repeat of the message must not lock them out once more.
      if (known !== undefined && cashier.clock.now() - known.openedAt.getTime() < freshMs) {
        await lockByRule(cashier, deposit);
      }
      return ok(decision.why);
    }
    const done =
      decision.kind === "open"
        ? await open(cashier, deposit, report, webhookId)
        : known === undefined
          ? ok(false)
          : await close(cashier, deposit, known, decision.to, webhookId);
    if (!done.ok) return done;
    if (!done.value) continue;
    if (decision.kind === "open") await lockByRule(cashier, deposit);
    return ok(decision.kind === "open" ? "The chargeback is open." : `The chargeback is ${decision.to}.`);
  }
  return err("OVERLOADED", "The chargeback kept changing.");
}

function open(
  cashier: Cashier,
  deposit: DepositRecord,
  report: DisputeReport,
  webhookId: bigint,
): Promise<Result<boolean>> {
  const { requestId, key } = keyOf(deposit, "chargeback");
  return move(cashier, deposit, requestId, {
    move: { type: "CHARGEBACK", ...moneyOf(deposit, report.amount), details: detailsOf(deposit, report.reference) },
    statement: openChargebackStatement,
    values: openChargebackValues(deposit, report, key, webhookId),
  });
}

async function close(
  cashier: Cashier,
  deposit: DepositRecord,
  known: ChargebackRecord,
  to: "WON" | "LOST",
  webhookId: bigint,
): Promise<Result<boolean>> {
  const step = { id: known.id, from: known.state, to, actor: `psp:${deposit.psp}`, note: null, webhookId };
  if (to === "LOST") {
    return ok(await cashier.db.transaction((tx) => moveChargeback(tx, { ...step, reversalKey: null })));
  }
  const { requestId, key } = keyOf(deposit, "chargeback-reversal");
  return move(cashier, deposit, requestId, {
    move: {
      type: "CHARGEBACK_REVERSAL",
      ...moneyOf(deposit, known.amount),
      fromLoss: known.lost,
      details: detailsOf(deposit, known.reference),
    },
    statement: moveChargebackStatement,
    values: moveChargebackValues({ ...step, reversalKey: key }),
  });
}

interface Work {
  readonly move: MoneyMove;
  readonly statement: Statement;
  readonly values: readonly (string | null)[];
}

/** False where it is no longer where it was seen. */
async function move(
  { lanes }: Cashier,
  { playerId, psp, traceId }: DepositRecord,
  requestId: string,
  work: Work,
): Promise<Result<boolean>> {
  const answer = await lanes.submit({
    requestId,
    traceId,
    actor: `psp:${psp}`,
    command: {
      type: "move",
      playerId,
      requestKey: requestKey("cashier", requestId),
      bodyHash: hash64(requestId),
      move: work.move,
    },
    alongside: [{ statement: work.statement, values: work.values }],
  });
  if (answer.kind === "failed") {
    return answer.failure.code === "OVERLOADED" ? ok(false) : { ok: false, error: answer.failure };
  }
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") return { ok: false, error: outcome.decision.failure };
  return ok(outcome.kind === "accepted");
}

function keyOf({ id }: DepositRecord, what: string): { readonly requestId: string; readonly key: string } {
  const requestId = `${formatId("deposit", id)}:${what}`;
  return { requestId, key: requestKey("cashier", requestId) };
}

function moneyOf({ id, playerId, currency, psp }: DepositRecord, amount: bigint) {
  return { playerId, currency, amount, psp, reference: id };
}

function detailsOf({ id }: DepositRecord, dispute: string) {
  return { depositId: formatId("deposit", id), dispute };
}

/** By the rule in force a player with too many chargebacks plays no more, until a person has looked. */
async function lockByRule({ db, clock }: Cashier, { playerId }: DepositRecord): Promise<void> {
  const rule = await findLockRule(db, playerId, new Date(clock.now()));
  if (rule === undefined || rule.count < rule.lockAt) return;
  await withAudit(db, jobActing("chargebacks"), async (tx, note) => {
    const status = await lockPlayerStatus(tx, playerId);
    if (status !== "ACTIVE") return err("NOTHING_CHANGES");
    await setPlayerStatus(tx, playerId, "BLOCKED");
    note({
      action: "player.lock",
      subject: { kind: "player", id: formatId("player", playerId) },
      reason: `${rule.count} chargebacks within ${rule.withinDays} days; the rule locks at ${rule.lockAt}.`,
      before: { status },
      after: { status: "BLOCKED" },
    });
    return ok(true);
  });
}
