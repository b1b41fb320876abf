/** Proposes what becomes of money that waits for people: whose it is, or that it goes back. */
import { z } from "zod";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../../identity/approvals/propose.ts";
import { bankCreditHandler } from "./credit-handler.ts";

export const proposeBankCredit = staffProcedure("bank.credit")
  .input(
    z.discriminatedUnion("decision", [
      z.object({
        creditId: idInput("bankCredit"),
        decision: z.literal("CREDIT"),
        playerId: idInput("player"),
        reason: reasonInput,
      }),
      z.object({ creditId: idInput("bankCredit"), decision: z.literal("RETURN"), reason: reasonInput }),
    ]),
  )
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const { creditId, decision, reason } = input;
    const playerId = input.decision === "CREDIT" ? input.playerId : null;
    const described = orThrow(
      await bankCreditHandler.describe(ctx.deps, { creditId, decision, playerId, reason }, ctx.staff),
    );
    return keepProposal(ctx, "bank.credit", described, reason);
  });
