/** The cashier's rules, for staff: every version, what a new one would change, and proposing it. */
import { type CashierRuleRecord, listCashierRules } from "@pitboss/db/cashier/cashier-rule-store";
import {
  type CashierRuleFamily,
  cashierRuleTerms,
  parseRuleSubject,
  type WrittenRuleValues,
  writeRuleValues,
} from "@pitboss/domain/cashier/cashier-rule";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import { type Look, planned } from "../../../edge/trpc/plan.ts";
import { createCaller, procedure, router, staffProcedure } from "../../../edge/trpc/procedure.ts";
import { keepProposal } from "../../../identity/approvals/propose.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { cashierRuleHandler, describeRule } from "./change-rule.ts";

export interface CashierRuleView {
  readonly family: CashierRuleFamily;
  readonly subject: string;
  /** Counted by subject, from 1. */
  readonly version: number;
  readonly standing: "PAST" | "CURRENT" | "FUTURE";
  readonly effectiveFrom: string;
  /** Amounts as decimals of the subject's currency, those of `hedgeFrom` of EUR; counts as digits; flags as yes or no. */
  readonly values: WrittenRuleValues;
  readonly approvalId: string | null;
}

/** Every version: by family and subject, of a subject the newest first. */
export const showCashierRules = procedure("psp.read").query(async ({ ctx }): Promise<readonly CashierRuleView[]> => {
  const rules = await listCashierRules(ctx.deps.db);
  const bySubject = Map.groupBy(rules, ({ family, subject }) => `${family} ${subject}`);
  return [...bySubject.values()].flatMap((versions) => viewVersions(versions, ctx.deps.clock.now()));
});

function viewVersions(versions: readonly CashierRuleRecord[], nowMs: number): CashierRuleView[] {
  const current = versions.findLastIndex(({ effectiveFrom }) => effectiveFrom.getTime() <= nowMs);
  return versions
    .map(({ family, subject, values, effectiveFrom, approvalId }, index): CashierRuleView => {
      const standing = index < current ? "PAST" : index === current ? "CURRENT" : "FUTURE";
      const known = orThrow(parseRuleSubject(family, subject));
      return {
        family,
        subject,
        version: index + 1,
        standing,
        effectiveFrom: effectiveFrom.toISOString(),
        values: writeRuleValues(family, known, values),
        approvalId: approvalId === null ? null : formatId("approval", approvalId),
      };
    })
    .toReversed();
}

const ruleInput = cashierRuleTerms.extend({ reason: reasonInput });

/** What a version would change, before it is proposed. */
export const diffCashierRule = procedure("cashier-rule.propose")
  .input(cashierRuleTerms)
  .query(async ({ ctx: { deps }, input }) => {
    const { changes, basedOn } = orThrow(await describeRule(deps.db, { ...input, reason: "" }, deps.clock.now()));
    return { changes, first: basedOn === "0" };
  });

export const proposeCashierRule = staffProcedure("cashier-rule.propose")
  .input(ruleInput)
  .mutation(async ({ ctx, input }) => {
    const described = orThrow(await cashierRuleHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "cashier.rule", described, input.reason);
  });

const callerOf = createCaller(router({ proposeCashierRule }));
/** A terminal changes some values; what it doesn't name stays as the newest version has it. */
const params = cashierRuleTerms.omit({ subject: true }).extend({ values: z.record(z.string(), z.string().max(40)) });

/** A plan for a terminal: carried out, it is proposed to a second person. */
export const planCashierRules = {
  cashierRulePropose: planned({
    action: "cashier-rule.propose",
    permission: "cashier-rule.propose",
    params,
    look: ({ deps }, targets, terms) => Promise.all(targets.map((subject) => lookAt(deps, subject, terms))),
    apply: async ({ deps, trpc }, subject, terms, reason) => {
      const values = await fillIn(deps, subject, terms);
      const { approvalId, status } = await callerOf(trpc).proposeCashierRule({ ...terms, values, subject, reason });
      return { approvalId, status };
    },
  }),
};

type Terms = z.infer<typeof params>;

async function fillIn({ db }: StaffDeps, subject: string, { family, values }: Terms): Promise<WrittenRuleValues> {
  const known = parseRuleSubject(family, subject);
  if (!known.ok) return values;
  const rules = await listCashierRules(db);
  const newest = rules.findLast((rule) => rule.family === family && rule.subject === subject);
  return { ...(newest === undefined ? {} : writeRuleValues(family, known.value, newest.values)), ...values };
}

async function lookAt(deps: StaffDeps, subject: string, terms: Terms): Promise<Look> {
  const values = await fillIn(deps, subject, terms);
  const found = await describeRule(deps.db, { ...terms, subject, values, reason: "" }, deps.clock.now());
  if (!found.ok) return { id: subject, failure: found.error };
  const { changes, effectiveFrom } = found.value;
  return {
    id: subject,
    what: `Propose a rule of ${terms.family} ${subject} ${effectiveFrom === null ? "once approved" : `from ${effectiveFrom}`}`,
    before: Object.fromEntries(changes.map(({ path, before }) => [path, before])),
    after: Object.fromEntries(changes.map(({ path, after }) => [path, after])),
  };
}
