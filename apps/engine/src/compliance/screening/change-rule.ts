import { screeningRuleContent } from "@pitboss/domain/identity/approval-content";
import { orThrow } from "../../edge/trpc/failure.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { screeningRuleHandler } from "./rule-handler.ts";

/** Proposes from which score on a match is a hit, and what speaks against one. */
export const proposeRule = staffProcedure("screening.decide")
  .input(screeningRuleContent)
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const described = orThrow(await screeningRuleHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "screening.rule", described, input.reason);
  });
