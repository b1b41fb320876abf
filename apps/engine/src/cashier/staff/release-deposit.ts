/** Proposes to let a deposit go that was credited frozen. */
import { z } from "zod";
import { orThrow } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../identity/approvals/propose.ts";
import { depositReleaseHandler } from "./release-handler.ts";

export const proposeDepositRelease = staffProcedure("deposit.release")
  .input(z.object({ depositId: idInput("deposit"), reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const described = orThrow(await depositReleaseHandler.describe(ctx.deps, input, ctx.staff));
    return keepProposal(ctx, "deposit.release", described, input.reason);
  });
