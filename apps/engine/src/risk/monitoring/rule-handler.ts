/** A new version of a rule that watches: proposed with its difference, approved by a second person of its desk. */
import { insertRuleVersion, findDeskOfRule, listCurrentRules } from "@pitboss/db/risk/monitoring-rule-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import type { MonitoringRuleContent } from "@pitboss/domain/identity/approval-content";
import type { JsonValue } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Desk, findRuleFault, type RuleBody, ruleBody } from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { isCurrency } from "@pitboss/domain/wallet/currency";
import { parseAmount } from "@pitboss/domain/wallet/money";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";

export type RuleInput = Pick<MonitoringRuleContent, "desk" | "code" | "body" | "reason">;

/** What stands between the rule and a version of it, and what would be another. */
export async function describeRule(db: Executor, input: RuleInput): Promise<Result<MonitoringRuleContent>> {
  const { desk, code, body } = input;
  const fault = findRuleFault(desk, body) ?? findAmountFault(body);
  if (fault !== undefined) return err("REQUEST_INVALID", fault);
  const owner = await findDeskOfRule(db, code);
  if (owner !== undefined && owner !== desk) return err("REQUEST_INVALID", "There is a rule of this code already.");
  const current = (await listCurrentRules(db, desk)).find((rule) => rule.code === code);
  const changes = diffBodies(current === undefined ? {} : ruleBody.parse(current.body), body);
  if (changes.length === 0) return err("NOTHING_CHANGES");
  return ok({ ...input, basedOn: current?.version ?? 0, changes });
}

/** Amounts have their currency's decimals, or the rule could not be judged. */
function findAmountFault({ conditions, reaction }: RuleBody): string | undefined {
  for (const part of [conditions, reaction]) {
    if (!("currency" in part) || !isCurrency(part.currency)) continue;
    const amount = "amount" in part ? part.amount : "threshold" in part ? part.threshold : undefined;
    if (amount !== undefined && !parseAmount(amount, part.currency).ok)
      return `${amount} is not an amount of ${part.currency}.`;
  }
  return undefined;
}

function diffBodies(before: Partial<RuleBody>, after: RuleBody): MonitoringRuleContent["changes"] {
  const [old, now] = [flatten(before), flatten(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .sort()
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? "", after: now.get(path) ?? "" }));
}

function flatten(value: JsonValue, path = "", into = new Map<string, string>()): Map<string, string> {
  if (value !== null && typeof value === "object" && !Array.isArray(value)) {
    for (const [key, inner] of Object.entries(value)) {
      flatten(inner, path === "" ? key : `${path}.${key}`, into);
    }
  } else into.set(path, Array.isArray(value) ? value.join(" ") : String(value));
  return into;
}

export const approvalKindOf: Readonly<Record<Desk, "aml.rule" | "risk.rule">> = { AML: "aml.rule", RISK: "risk.rule" };
/** Under this kind of subject a desk's doings stand in the audit log. */
const subjectKindOf: Readonly<Record<Desk, "aml" | "risk">> = { AML: "aml", RISK: "risk" };

export const monitoringRuleHandler: KindHandler<MonitoringRuleContent, RuleInput> = {
  async describe({ db }, input) {
    const content = await describeRule(db, input);
    if (!content.ok) return content;
    const { desk, code, basedOn, changes } = content.value;
    return ok({
      content: { ...content.value },
      summary: `Rule ${code} version ${basedOn + 1}: ${changes.length} changes`,
      subject: { kind: subjectKindOf[desk], id: code },
    });
  },
  apply: {
    where: "here",
    async run({ tx, content, approval, note }) {
      const { desk, code, body, basedOn, reason } = content;
      const current = (await listCurrentRules(tx, desk)).find((rule) => rule.code === code);
      if ((current?.version ?? 0) !== basedOn)
        return err("PLAN_CHANGED", "There is a newer version; propose it again.");
      const version = basedOn + 1;
      const setBy = `staff:${formatId("staff", approval.proposedBy)}`;
      await insertRuleVersion(tx, { code, version, desk, body, setBy, reason, approvalId: approval.id });
      note({
        action: `${subjectKindOf[desk]}.rule`,
        subject: { kind: subjectKindOf[desk], id: code },
        reason,
        before: { version: basedOn },
        after: { version, on: body.on },
      });
      return ok({ code, version });
    },
  },
};
