/**
 * The steps of a transfer that move money: an IN that is refused gives its cash back, an OUT that is confirmed brings it.
 * Each has one request id for ever and is written in the transaction of its posting, so that a transfer is DONE exactly
 * where the ledger has it so.
 */
import {
  type BankTransferRecord,
  moveTransferStatement,
  moveTransferValues,
  type TransferMove,
} from "@pitboss/db/gaming/bank-transfer-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import { hash64, requestKey } from "../request-key.ts";
import type { BankDesk } from "./game-bank.ts";

export interface BroughtBack {
  /** Minor units. */
  readonly amount: bigint;
  /** What the provider says is left there; undefined where nothing was played. */
  readonly left?: bigint;
}

/** False where the transfer is no longer where it was seen; then somebody else was first. */
export async function postTransfer(
  { lanes }: Pick<BankDesk, "lanes">,
  transfer: BankTransferRecord,
  { amount, left }: BroughtBack,
  move: TransferMove,
): Promise<Result<boolean>> {
  const transferId = formatId("bankTransfer", transfer.id);
  const requestId = `${transferId}:back`;
  const moneyKey = requestKey("game-bank", requestId);
  const { playerId, currency, provider } = transfer;
  const answer = await lanes.submit({
    requestId,
    traceId: transfer.traceId,
    actor: move.actor,
    command: {
      type: "move",
      playerId,
      requestKey: moneyKey,
      bodyHash: hash64(`back|${transferId}`),
      move: {
        type: "TRANSFER_IN",
        playerId,
        currency,
        amount,
        provider,
        reference: transfer.id,
        details: {
          transferId,
          gameBankId: formatId("gameBank", transfer.sessionId),
          why: transfer.direction === "OUT" ? "CONFIRMED" : "REFUSED",
        },
        ...(left === undefined ? {} : { left }),
      },
    },
    alongside: [{ statement: moveTransferStatement, values: moveTransferValues(transfer, move, moneyKey) }],
  });
  if (answer.kind === "failed") {
    return answer.failure.code === "OVERLOADED" ? ok(false) : { ok: false, error: answer.failure };
  }
  const { outcome } = answer.ran;
  if (outcome.kind === "refused") return { ok: false, error: outcome.decision.failure };
  return ok(outcome.kind === "accepted");
}
