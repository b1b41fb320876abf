/**
 * The steps of a payout that move money: paid, or given back. Each has one request id for ever, and the step is written
 * in the transaction of its posting, so that a payout is PAID exactly where the ledger has it so.
 */
import {
  type PayoutMove,
  movePayoutStatement,
  notePartPaidStatement,
  movePayoutValues,
  type PayoutRecord,
} from "@pitboss/db/cashier/payout-store";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import type { MoneyMove } from "@pitboss/domain/wallet/move-money";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { Teller } from "../cashier.ts";

export type Posting = "settle" | "release" | "return";

export interface PostedMove extends Omit<PayoutMove, "payoutId" | "from" | "moneyKey"> {
  readonly posting: Posting;
  readonly actor: string;
  /** Of `settle`: what arrived, minor units, where that is less than the amount. */
  readonly paid?: bigint;
  /** An audit row, where a person does it. */
  readonly alongside?: Envelope["alongside"];
}

/** False where the payout is no longer where it was seen; then it is looked at again. */
export async function postPayout(
  { lanes }: Pick<Teller, "lanes">,
  payout: PayoutRecord,
  { posting, paid, alongside = [], ...move }: PostedMove,
): Promise<Result<boolean>> {
  const payoutId = formatId("payout", payout.id);
  const requestId = `${payoutId}:${posting}`;
  const moneyKey = requestKey("cashier", requestId);
  const answer = await lanes.submit({
    requestId,
    traceId: payout.traceId,
    actor: move.actor,
    command: {
      type: "move",
      playerId: payout.playerId,
      requestKey: moneyKey,
      bodyHash: hash64(`${posting}|${payoutId}`),
      move: moneyOf(payout, posting, payoutId, paid),
    },
    alongside: [
      {
        statement: movePayoutStatement,
        values: movePayoutValues({ ...move, payoutId: payout.id, from: payout.state, moneyKey }),
      },
      ...(paid === undefined
        ? []
        : [{ statement: notePartPaidStatement, values: [payout.id.toString(), paid.toString()] }]),
      ...alongside,
    ],
  });
  if (answer.kind === "failed") {
    // The step is refused where somebody else was first; then the payout shows it, and is looked at again.
    return answer.failure.code === "OVERLOADED" ? ok(false) : { ok: false, error: answer.failure };
  }
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") return { ok: false, error: outcome.decision.failure };
  return ok(outcome.kind === "accepted");
}

function moneyOf(payout: PayoutRecord, posting: Posting, payoutId: string, paid: bigint | undefined): MoneyMove {
  const { playerId, currency, amount, psp, id } = payout;
  const base = { playerId, currency, amount, reference: id, details: { payoutId } };
  switch (posting) {
    case "settle":
      return { type: "WITHDRAW_SETTLE", ...base, psp, ...(paid === undefined ? {} : { released: amount - paid }) };
    case "release":
      return { type: "WITHDRAW_RELEASE", ...base };
    case "return":
      return { type: "WITHDRAW_RELEASE", ...base, amount: payout.paid ?? amount, settledBy: psp };
  }
}
