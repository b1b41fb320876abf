/** Another rule: two people see to it, and all players are screened by it. */
import { insertScreeningRule, readScreeningRule } from "@pitboss/db/compliance/screening-list-store";
import { startRun } from "@pitboss/db/compliance/screening-run-store";
import type { ScreeningRuleContent } from "@pitboss/domain/identity/approval-content";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export const screeningRuleHandler: KindHandler<ScreeningRuleContent> = {
  async describe({ db }, content) {
    const { version, ...before } = await readScreeningRule(db);
    return ok({
      content: { ...content, snapshot: { version, ...before } },
      summary: `Screen by another rule: a hit from ${content.threshold} points on (now ${before.threshold})`,
      subject: { kind: "screening", id: "rule" },
    });
  },
  apply: {
    where: "here",
    async run({ tx, content, approval, note }) {
      const { version: before } = await readScreeningRule(tx);
      const { reason, ...body } = content;
      const by = `staff:${formatId("staff", approval.proposedBy)}`;
      const version = await insertScreeningRule(tx, body, by, reason);
      const runId = formatId("screeningRun", await startRun(tx, "RULE", by));
      note({
        action: "screening.rule",
        subject: { kind: "screening", id: "rule" },
        reason,
        before: { version: before },
        after: { version, ...body, run: runId },
      });
      return ok({ version, run: runId });
    },
  },
};
