/** Rules of both desks for staff. Each procedure is made once for each desk, with the desk's own permissions. */
import { listCurrentRules, listRuleVersions, type RuleVersion } from "@pitboss/db/risk/monitoring-rule-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { Permission } from "@pitboss/domain/identity/permissions";
import { parseId } from "@pitboss/domain/kernel/public-id";
import {
  type Desk,
  findRuleFault,
  type RuleBody,
  ruleBody,
  ruleCode,
} from "@pitboss/domain/risk/monitoring/monitoring-rule";
import { z } from "zod";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { reasonInput } from "../../edge/trpc/inputs.ts";
import { readCursor } from "../../edge/trpc/page.ts";
import { procedure, router, staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { dryRun, type DryRunPage } from "./dry-run.ts";
import { approvalKindOf, describeRule, monitoringRuleHandler } from "./rule-handler.ts";

export interface RuleView extends RuleBody {
  readonly code: string;
  readonly version: number;
  readonly setAt: string;
  readonly setBy: string;
  readonly why: string;
}

export interface RuleDiff {
  readonly basedOn: number;
  readonly changes: readonly { readonly path: string; readonly before: string; readonly after: string }[];
}

const dayMs = 86_400_000;
/** What a dry run looks at where no span is given. */
const usualDays = 30;

export function ruleProcedures(desk: Desk, may: { readonly read: Permission; readonly propose: Permission }) {
  return router({
    list: procedure(may.read).query(async ({ ctx }): Promise<readonly RuleView[]> => {
      return presentRules(ctx.deps, await listCurrentRules(ctx.deps.db, desk));
    }),
    /** All versions, the newest first. */
    versions: procedure(may.read)
      .input(z.object({ code: ruleCode }))
      .query(async ({ ctx, input }): Promise<readonly RuleView[]> => {
        const versions = await listRuleVersions(ctx.deps.db, desk, input.code);
        if (versions.length === 0) throwFailure({ code: "RULE_NOT_FOUND" });
        return presentRules(ctx.deps, versions);
      }),
    diff: procedure(may.read)
      .input(z.object({ code: ruleCode, body: ruleBody }))
      .query(async ({ ctx, input }): Promise<RuleDiff> => {
        const { basedOn, changes } = orThrow(await describeRule(ctx.deps.db, { ...input, desk, reason: "A look." }));
        return { basedOn, changes };
      }),
    propose: staffProcedure(may.propose)
      .input(z.object({ code: ruleCode, body: ruleBody, reason: reasonInput }))
      .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
        const described = orThrow(await monitoringRuleHandler.describe(ctx.deps, { ...input, desk }, ctx.staff));
        return keepProposal(ctx, approvalKindOf[desk], described, input.reason);
      }),
    /** Whom the rule would have hit. Without a body it is the rule in force. */
    dryRun: procedure(may.read)
      .input(
        z.object({
          code: ruleCode,
          body: ruleBody.nullish(),
          from: z.iso.datetime().nullish(),
          to: z.iso.datetime().nullish(),
          cursor: z.string().max(40).nullish(),
        }),
      )
      .query(async ({ ctx, input }): Promise<DryRunPage> => {
        const body = input.body ?? (await currentBody(ctx.deps, desk, input.code));
        const fault = findRuleFault(desk, body);
        if (fault !== undefined) throwFailure({ code: "REQUEST_INVALID", detail: fault });
        const to = input.to == null ? new Date(ctx.deps.clock.now()) : new Date(input.to);
        const from = input.from == null ? new Date(to.getTime() - usualDays * dayMs) : new Date(input.from);
        return dryRun(ctx.deps, { desk, body, from, to, after: readCursor("player", input.cursor) ?? 0n });
      }),
  });
}

async function currentBody({ db }: StaffDeps, desk: Desk, code: string): Promise<RuleBody> {
  const current = (await listCurrentRules(db, desk)).find((rule) => rule.code === code);
  return ruleBody.parse((current ?? throwFailure({ code: "RULE_NOT_FOUND" })).body);
}

async function presentRules({ db }: StaffDeps, rules: readonly RuleVersion[]): Promise<RuleView[]> {
  const idOf = (actor: string): bigint | undefined => parseId("staff", actor.replace(/^staff:/, ""));
  const names = await listStaffNames(
    db,
    rules.flatMap(({ setBy }) => idOf(setBy) ?? []),
  );
  return rules.map(({ code, version, body, setAt, setBy, reason }) => ({
    ...ruleBody.parse(body),
    code,
    version,
    setAt: setAt.toISOString(),
    setBy: names.get(idOf(setBy) ?? 0n) ?? setBy,
    why: reason,
  }));
}
