import { insertPolicy, listPolicies } from "@pitboss/db/identity/approval-store";
import type { PolicyContent } from "@pitboss/domain/identity/approval-content";
import { approvalKindRow } from "@pitboss/domain/identity/approval-kinds";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import type { KindHandler } from "./kind-handler.ts";

export const policyHandler: KindHandler<PolicyContent> = {
  async describe({ db }, content) {
    const fromAmount = checkPolicy(content);
    if (!fromAmount.ok) return fromAmount;
    const standing = await listPolicies(db);
    const now = standing.find(
      (policy) =>
        policy.kind === content.kind && policy.currency === content.currency && policy.fromAmount === fromAmount.value,
    );
    if (content.remove && now === undefined) return err("RECORD_NOT_FOUND");
    const snapshot: JsonObject | null =
      now === undefined ? null : { approvals: now.approvals, openHours: now.openHours };
    const where = content.currency === null ? "" : ` from ${content.fromAmount} ${content.currency}`;
    return ok({
      content: { ...content, snapshot },
      summary: content.remove
        ? `Remove the policy of ${content.kind}${where}`
        : `${content.kind}${where} takes ${content.approvals} other people`,
      subject: { kind: "policy", id: content.kind },
    });
  },
  apply: {
    where: "here",
    async run({ tx, content, approval, note }) {
      const fromAmount = checkPolicy(content);
      if (!fromAmount.ok) return fromAmount;
      const { kind, currency, approvals, openHours, remove } = content;
      const policy = { kind, currency, fromAmount: fromAmount.value, approvals, openHours, removed: remove };
      await insertPolicy(tx, { ...policy, approvalId: approval.id });
      const after = {
        currency,
        fromAmount: currency === null ? "0" : formatMinor(fromAmount.value, currency),
        approvals,
        openHours,
        remove,
      };
      note({ action: "policy.change", subject: { kind: "policy", id: kind }, reason: content.reason, after });
      return ok(after);
    },
  },
};

/** The threshold in minor units, where the policy is one that the kind allows. */
function checkPolicy(content: PolicyContent): Result<bigint, Failure<"REQUEST_INVALID" | "AMOUNT_INVALID">> {
  const { floor, amounts } = approvalKindRow(content.kind);
  if (content.approvals < floor) return err("REQUEST_INVALID", `${content.kind} takes at least ${floor} other people.`);
  if (content.currency === null) {
    return /^0(\.0+)?$/.test(content.fromAmount) ? ok(0n) : err("REQUEST_INVALID", "A threshold needs its currency.");
  }
  if (!amounts) return err("REQUEST_INVALID", `${content.kind} has no amounts.`);
  return parseAmount(content.fromAmount, content.currency);
}
