import { insertPolicy, listPolicies } from "@pitboss/db/identity/approval-store";
import type { PolicyContent } from "@pitboss/domain/identity/approval-content";
import { approvalKindRow } from "@pitboss/domain/identity/approval-kinds";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import type { KindHandler } from "./kind-handler.ts";

export const policyHandler: KindHandler<PolicyContent> = {
  async describe({ db }, content) {
    const checked = checkPolicy(content);
    if (!checked.ok) return checked;
    const { fromAmount } = checked.value;
    const standing = await listPolicies(db);
    const now = standing.find(
      (policy) =>
        policy.kind === content.kind && policy.currency === content.currency && policy.fromAmount === fromAmount,
    );
    if (content.remove && now === undefined) return err("RECORD_NOT_FOUND");
    const snapshot: JsonObject | null =
      now === undefined
        ? null
        : {
            approvals: now.approvals,
            openHours: now.openHours,
            mostItems: now.mostItems,
            mostAmount: formatLimit(now.mostAmount, content.currency),
          };
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
      const checked = checkPolicy(content);
      if (!checked.ok) return checked;
      const { fromAmount, mostAmount } = checked.value;
      const { kind, currency, approvals, openHours, mostItems, remove } = content;
      const policy = { kind, currency, fromAmount, approvals, openHours, mostItems, mostAmount, removed: remove };
      await insertPolicy(tx, { ...policy, approvalId: approval.id });
      const after = {
        currency,
        fromAmount: currency === null ? "0" : formatMinor(fromAmount, currency),
        approvals,
        openHours,
        mostItems,
        mostAmount: formatLimit(mostAmount, currency),
        remove,
      };
      note({ action: "policy.change", subject: { kind: "policy", id: kind }, reason: content.reason, after });
      return ok(after);
    },
  },
};

function formatLimit(mostAmount: bigint | null, currency: Currency | null): string | null {
  return mostAmount === null || currency === null ? null : formatMinor(mostAmount, currency);
}

/** The threshold and the limit in minor units, where the policy is one that the kind allows. */
function checkPolicy(
  content: PolicyContent,
): Result<
  { readonly fromAmount: bigint; readonly mostAmount: bigint | null },
  Failure<"REQUEST_INVALID" | "AMOUNT_INVALID">
> {
  const { floor, amounts, items } = approvalKindRow(content.kind);
  if (content.approvals < floor) return err("REQUEST_INVALID", `${content.kind} takes at least ${floor} other people.`);
  if (content.mostItems !== null && !items) return err("REQUEST_INVALID", `${content.kind} reaches one record.`);
  if (content.currency === null) {
    if (content.mostAmount !== null) return err("REQUEST_INVALID", "A limit needs its currency.");
    const zero = /^0(\.0+)?$/.test(content.fromAmount);
    return zero ? ok({ fromAmount: 0n, mostAmount: null }) : err("REQUEST_INVALID", "A threshold needs its currency.");
  }
  if (!amounts) return err("REQUEST_INVALID", `${content.kind} has no amounts.`);
  const fromAmount = parseAmount(content.fromAmount, content.currency);
  if (!fromAmount.ok) return fromAmount;
  if (content.mostAmount === null) return ok({ fromAmount: fromAmount.value, mostAmount: null });
  const mostAmount = parseAmount(content.mostAmount, content.currency);
  if (!mostAmount.ok) return mostAmount;
  if (mostAmount.value < fromAmount.value || mostAmount.value === 0n) {
    return err("REQUEST_INVALID", "A limit is not below its own threshold.");
  }
  return ok({ fromAmount: fromAmount.value, mostAmount: mostAmount.value });
}
