import { listWallets } from "@pitboss/db/wallet/read-wallets";
import type { AdjustmentContent } from "@pitboss/domain/identity/approval-content";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor, largestAmount, parseAmount } from "@pitboss/domain/wallet/money";
import { randomUUID } from "node:crypto";
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

/** A manual balance adjustment: proposed with the balance that it was decided on, applied through the ledger's door. */
export const adjustmentHandler: KindHandler<AdjustmentContent> = {
  async describe({ db }, content) {
    const read = readAdjustment(content);
    if (!read.ok) return read;
    const { playerId, amount } = read.value;
    const status = await findPlayerStatus(db, playerId);
    if (status === undefined) return err("PLAYER_NOT_FOUND");
    const wallets = await listWallets(db, playerId);
    const cash = wallets.find(({ kind, currency }) => kind === "CASH" && currency === content.currency);
    const available = cash?.available ?? 0n;
    const into = content.direction === "INTO_PLAYER";
    if (!into && available < amount) {
      return err("FUNDS_INSUFFICIENT", undefined, { available: formatMinor(available, content.currency) });
    }
    const snapshot: JsonObject = {
      available: formatMinor(available, content.currency),
      availableAfter: formatMinor(into ? available + amount : available - amount, content.currency),
      playerStatus: status,
    };
    return ok({
      content: { ...content, amount: formatMinor(amount, content.currency), snapshot },
      summary: `${into ? "Credit" : "Debit"} ${content.playerId} with ${formatMinor(amount, content.currency)} ${content.currency} (${content.category})`,
      subject: { kind: "player", id: content.playerId },
      sums: [{ amount, currency: content.currency }],
    });
  },
  apply: {
    where: "door",
    envelope(content, approval) {
      const read = readAdjustment(content);
      if (!read.ok) return read;
      const { playerId, amount } = read.value;
      const approvalId = formatId("approval", approval.id);
      // A refusal stands for its request id for ever, and a proposal may be tried again: each try has an id of its own.
      // That it is applied once is held by the proposal's own row, in the same transaction.
      const requestId = `approval:${approvalId}:${randomUUID()}`;
      return ok({
        requestId,
        command: {
          type: "move",
          playerId,
          requestKey: requestKey("approvals", requestId),
          bodyHash: hash64(canonicalJson(approval.content)),
          move: {
            type: "ADJUSTMENT",
            playerId,
            currency: content.currency,
            amount,
            direction: content.direction,
            category: content.category,
            reason: content.reason,
            details: { approvalId, ticket: content.ticket },
          },
        },
      });
    },
  },
};

function readAdjustment(
  content: AdjustmentContent,
): Result<{ readonly playerId: bigint; readonly amount: bigint }, Failure<"ID_INVALID" | "AMOUNT_INVALID">> {
  const playerId = parseId("player", content.playerId);
  if (playerId === undefined) return err("ID_INVALID");
  const amount = parseAmount(content.amount, content.currency);
  if (!amount.ok) return amount;
  if (amount.value === 0n || amount.value > largestAmount) {
    return err("AMOUNT_INVALID", "An adjustment is above zero, and not larger than the ledger takes at once.");
  }
  return ok({ playerId, amount: amount.value });
}
