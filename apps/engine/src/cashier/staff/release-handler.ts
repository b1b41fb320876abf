/** A deposit that was credited frozen is let go: two people see to it, and the ledger moves it in the same transaction. */
import { releaseDepositStatement } from "@pitboss/db/cashier/chain-deposit-store";
import { findDeposit } from "@pitboss/db/cashier/deposit-store";
import { listKytChecks } from "@pitboss/db/compliance/kyt-store";
import { depositReleaseContent, type DepositReleaseContent } from "@pitboss/domain/identity/approval-content";
import { canonicalJson } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export interface ReleaseInput {
  readonly depositId: bigint;
  readonly reason: string;
}

export const depositReleaseHandler: KindHandler<DepositReleaseContent, ReleaseInput> = {
  async describe({ db }, { depositId: id, reason }) {
    const deposit = await findDeposit(db, id);
    if (deposit === undefined) return err("DEPOSIT_NOT_FOUND");
    const { chain, credited, currency, playerId } = deposit;
    if (chain?.frozenFor == null || chain.releaseId !== null || credited === null) return err("DEPOSIT_NOT_FROZEN");
    const [newest] = await listKytChecks(db, { depositId: id });
    const depositId = formatId("deposit", id);
    const amount = formatMinor(credited, currency);
    const content: DepositReleaseContent = {
      depositId,
      playerId: formatId("player", playerId),
      currency,
      amount,
      frozenFor: chain.frozenFor,
      found: newest?.reasons ?? [],
      reason,
    };
    return ok({
      content: depositReleaseContent.parse(content),
      summary: `Let go ${amount} ${currency} of ${depositId}, frozen since it came`,
      subject: { kind: "deposit", id: depositId },
      sums: [{ amount: credited, currency }],
    });
  },
  apply: {
    where: "door",
    envelope(content, approval) {
      const id = parseId("deposit", content.depositId);
      const playerId = parseId("player", content.playerId);
      if (id === undefined || playerId === undefined) return err("ID_INVALID");
      const amount = parseAmount(content.amount, content.currency);
      if (!amount.ok) return amount;
      // One for ever: a deposit is let go once, whichever proposal does it.
      const requestId = `${content.depositId}:release`;
      const key = requestKey("cashier", requestId);
      return ok({
        requestId,
        command: {
          type: "move",
          playerId,
          requestKey: key,
          bodyHash: hash64(canonicalJson({ release: content.depositId, amount: content.amount })),
          move: {
            type: "DEPOSIT_RELEASE",
            playerId,
            currency: content.currency,
            amount: amount.value,
            reference: id,
            details: {
              depositId: content.depositId,
              approvalId: formatId("approval", approval.id),
              reason: content.reason,
            },
          },
        },
        alongside: [{ statement: releaseDepositStatement, values: [id.toString(), key] }],
      });
    },
  },
};
