/** A provider's policy where money depends on what changes: proposed with its difference, approved by a second person. */
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { ProviderPolicyContent } from "@pitboss/domain/identity/approval-content";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "../../../identity/approvals/kind-handler.ts";
import { checkPolicy, putPolicy, type WantedPolicy } from "./put-policy.ts";

export type PolicyInput = WantedPolicy;

export const policyHandler: KindHandler<ProviderPolicyContent, PolicyInput> = {
  async describe({ db }, { provider, version, policy, reason }) {
    const checked = await checkPolicy(db, { provider, version, policy });
    if (!checked.ok) return checked;
    const { changes } = checked.value;
    const fields = [...new Set(changes.map(({ path }) => path.split(".")[0]))];
    return ok({
      content: { provider, policy, basedOn: version, changes: changes.map((change) => ({ ...change })), reason },
      summary: `Policy of ${provider} version ${version + 1}: ${fields.join(", ")}`,
      subject: { kind: "provider", id: provider },
    });
  },
  apply: {
    where: "here",
    async run({ tx, content, approval, note }) {
      const { provider, policy, basedOn, reason } = content;
      const names = await listStaffNames(tx, [approval.proposedBy]);
      const actor = names.get(approval.proposedBy) ?? formatId("staff", approval.proposedBy);
      const wanted = { provider, policy, version: basedOn, reason, actor, approvalId: approval.id };
      const put = await putPolicy(tx, wanted, note);
      return put.ok ? ok({ provider, version: put.value }) : put;
    },
  },
};
