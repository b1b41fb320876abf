/** What staff change of a provider: its policy, and what is kept of its conformance. */
import { findProviderId, insertConformanceReport, insertProviderPolicy } from "@pitboss/db/gaming/provider-store";
import { takesTwoPeople } from "@pitboss/domain/gaming/policy-changes";
import { providerPolicySchema } from "@pitboss/domain/gaming/provider-policy";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import { withAudit } from "../../../audit/with-audit.ts";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import { dialects } from "../../dialects/registry.ts";
import { keepProposal } from "../../../identity/approvals/propose.ts";
import { policyHandler } from "./policy-handler.ts";
import { checkPolicy, putPolicy } from "./put-policy.ts";

const provider = z.string().min(1).max(80);

export interface PolicyChanged {
  /** Null where it was proposed. */
  readonly version: number | null;
  /** Null where it holds already. */
  readonly approvalId: string | null;
}

/** Lets a provider of the house speak a dialect: its first policy. */
export const adoptDialect = staffProcedure("provider.change")
  .input(z.object({ provider, dialect: z.string().max(40), policy: providerPolicySchema, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<{ readonly version: number }> => {
    const { deps, staff, acting } = ctx;
    const dialect = dialects.find(({ code }) => code === input.dialect);
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        if (dialect === undefined) return err("REQUEST_INVALID", "There is no such dialect.");
        const providerId = await findProviderId(tx, input.provider);
        if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
        const { policy, reason } = input;
        const first = { providerId, dialect: dialect.code, policy, reason, actor: staff.name };
        if (!(await insertProviderPolicy(tx, first, 0))) return err("NOTHING_CHANGES", "It speaks a dialect already.");
        const after = { dialect: dialect.code, policy: policy as JsonObject };
        note({ action: "provider.adopt", subject: { kind: "provider", id: input.provider }, reason, after });
        return ok({ version: 1 });
      }),
    );
  });

/**
 * `version` is the one that was seen: a policy that somebody else changed meanwhile is not overwritten. Where money
 * depends on what changes, all of it is proposed together and takes a second person; else it holds at once.
 */
export const changePolicy = staffProcedure("provider.change")
  .input(z.object({ provider, version: z.int().min(1), policy: providerPolicySchema, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<PolicyChanged> => {
    const { deps, staff, acting } = ctx;
    const { changes } = orThrow(await checkPolicy(deps.db, input));
    if (takesTwoPeople(changes)) {
      const described = orThrow(await policyHandler.describe(deps, input, staff));
      const { approvalId } = await keepProposal(ctx, "provider.policy", described, input.reason);
      return { version: null, approvalId };
    }
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const put = await putPolicy(tx, { ...input, actor: staff.name }, note);
        return put.ok ? ok({ version: put.value, approvalId: null }) : put;
      }),
    );
  });

/** Keeps what the laboratory found of a provider's dialect. */
export const keepConformanceReport = staffProcedure("provider.keep-report")
  .input(
    z.object({
      provider,
      report: z.object({
        dialect: z.string().max(40),
        target: z.string().max(400),
        scenarios: z.int().min(1).max(1_000),
        failed: z.int().min(0).max(1_000),
        results: z.array(z.unknown()).max(1_000),
      }),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<{ readonly reportId: string }> => {
    const { deps, staff, acting } = ctx;
    return orThrow(
      await withAudit(deps.db, acting, async (tx, note) => {
        const providerId = await findProviderId(tx, input.provider);
        if (providerId === undefined) return err("PROVIDER_NOT_FOUND");
        const { dialect, target, scenarios, failed } = input.report;
        if (failed > scenarios) return err("REQUEST_INVALID");
        const row = { providerId, dialect, target, scenarios, failed, report: input.report, createdBy: staff.name };
        const reportId = formatId("conformance", await insertConformanceReport(tx, row));
        const after = { reportId, dialect, target, scenarios, failed };
        note({ action: "provider.keep-report", subject: { kind: "provider", id: input.provider }, after });
        return ok({ reportId });
      }),
    );
  });
