/** A new version of one of the cashier's rules: proposed with its difference, approved by a second person, then in force. */
import { type CashierRuleRecord, insertCashierRule, listRulesOf } from "@pitboss/db/cashier/cashier-rule-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import {
  type CashierRuleSubject,
  type CashierRuleValues,
  parseRuleSubject,
  parseRuleValues,
  writeRuleValues,
} from "@pitboss/domain/cashier/cashier-rule";
import type { CashierRuleContent } from "@pitboss/domain/identity/approval-content";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { KindHandler } from "../../../identity/approvals/kind-handler.ts";

export type CashierRuleInput = Omit<CashierRuleContent, "basedOn" | "changes">;

interface ReadTerms {
  readonly subject: CashierRuleSubject;
  readonly values: CashierRuleValues;
}

function readTerms({ family, subject: text, values }: CashierRuleInput): Result<ReadTerms> {
  const subject = parseRuleSubject(family, text);
  if (!subject.ok) return subject;
  const read = parseRuleValues(family, subject.value, values);
  return read.ok ? ok({ subject: subject.value, values: read.value }) : read;
}

/** What it would change of the subject's newest version; amounts in the content are written with all their decimals. */
export async function describeRule(
  db: Executor,
  input: CashierRuleInput,
  nowMs: number,
): Promise<Result<CashierRuleContent>> {
  const terms = readTerms(input);
  if (!terms.ok) return terms;
  const { subject, values } = terms.value;
  const fromMs = input.effectiveFrom === null ? nowMs : Date.parse(input.effectiveFrom);
  if (input.effectiveFrom !== null && fromMs <= nowMs) {
    return err("REQUEST_INVALID", "A rule begins to hold in the future, or as soon as it is approved.");
  }
  const versions = await listRulesOf(db, input.family, subject.text);
  const newest = versions.at(-1);
  if (newest !== undefined && fromMs < newest.effectiveFrom.getTime()) {
    const begins = newest.effectiveFrom.toISOString();
    return err("REQUEST_INVALID", `It begins at ${begins} or later, as the version before it does.`);
  }
  const before = newest === undefined ? undefined : writeRuleValues(input.family, subject, newest.values);
  const after = writeRuleValues(input.family, subject, values);
  const changes = Object.entries(after)
    .map(([path, value]) => ({ path, before: before?.[path] ?? "", after: value }))
    .filter((change) => change.before !== change.after);
  if (changes.length === 0) return err("NOTHING_CHANGES");
  return ok({ ...input, subject: subject.text, values: after, basedOn: idOf(newest), changes });
}

/** The newest version, as text; 0 where the subject has none. */
function idOf(newest: CashierRuleRecord | undefined): string {
  return newest === undefined ? "0" : newest.id.toString();
}

export const cashierRuleHandler: KindHandler<CashierRuleContent, CashierRuleInput> = {
  async describe({ db, clock }, input) {
    const content = await describeRule(db, input, clock.now());
    if (!content.ok) return content;
    const { family, subject, effectiveFrom, changes, basedOn } = content.value;
    const when = effectiveFrom === null ? "once approved" : `from ${effectiveFrom}`;
    const what = changes.map(({ path, after }) => `${path} ${after}`).join(", ");
    return ok({
      content: { ...content.value },
      summary: `${basedOn === "0" ? "First rule" : "Rule"} of ${family} ${subject} ${when}: ${what}`.slice(0, 300),
      subject: { kind: "cashier-rule", id: `${family} ${subject}` },
    });
  },
  apply: {
    where: "here",
    async run({ tx, deps, content, approval, note }) {
      const terms = readTerms(content);
      if (!terms.ok) return terms;
      const { subject, values } = terms.value;
      const newest = (await listRulesOf(tx, content.family, subject.text)).at(-1);
      if (idOf(newest) !== content.basedOn) {
        return err("PLAN_CHANGED", "There is a newer version; propose it again.");
      }
      const nowMs = deps.clock.now();
      const wanted = content.effectiveFrom === null ? nowMs : Date.parse(content.effectiveFrom);
      const effectiveFrom = new Date(Math.max(wanted, nowMs));
      const id = await insertCashierRule(tx, {
        family: content.family,
        subject,
        values,
        effectiveFrom,
        approvalId: approval.id,
      });
      const result = { rule: id.toString(), effectiveFrom: effectiveFrom.toISOString() };
      note({
        action: "cashier-rule.change",
        subject: { kind: "cashier-rule", id: `${content.family} ${subject.text}` },
        reason: content.reason,
        ...(newest === undefined ? {} : { before: { ...writeRuleValues(content.family, subject, newest.values) } }),
        after: { ...result, ...content.values },
      });
      return ok(result);
    },
  },
};
