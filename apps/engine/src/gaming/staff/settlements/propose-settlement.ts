/** Settlements by hand for a terminal: what would be settled how, and the proposal of exactly that. */
import { listPolicies } from "@pitboss/db/identity/approval-store";
import { findApprovalNeed } from "@pitboss/domain/identity/approval-policy";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { orThrow } from "../../../edge/trpc/failure.ts";
import { reasonInput } from "../../../edge/trpc/inputs.ts";
import { type Look, type Plan, planOf } from "../../../edge/trpc/plan.ts";
import { staffProcedure } from "../../../edge/trpc/procedure.ts";
import type { ApprovalView } from "../../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../../identity/approvals/propose.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import {
  askedOutcomes,
  type PlannedSettlement,
  planRounds,
  type SettledRound,
  sumSettlement,
} from "./plan-settlement.ts";
import { describeSettlement } from "./settle-handler.ts";

export interface SettlementPlan extends Plan {
  /** What is decided on in all, by currency: what wins pay, and the stakes of the rest. */
  readonly sums: readonly { readonly currency: Currency; readonly amount: string }[];
  /** How many other people it takes, and for how long it would stay open. */
  readonly approvals: number;
  readonly openHours: number;
}

export const planSettlement = staffProcedure("bet.settle")
  .input(z.object({ outcomes: askedOutcomes }))
  .query(async ({ ctx, input }): Promise<SettlementPlan> => {
    const { deps } = ctx;
    const planned = await planRounds(deps, input.outcomes);
    const sums = sumSettlement(planned.rounds);
    const items = planned.rounds.reduce((count, { bets }) => count + bets.length, 0);
    const need = orThrow(findApprovalNeed(await listPolicies(deps.db), "bets.settle", sums, items));
    return {
      ...planOfSettlement(deps, planned),
      sums: sums.map(({ amount, currency }) => ({ currency, amount: formatMinor(amount, currency) })),
      ...need,
    };
  });

/** Proposes exactly the plan that was shown, or nothing. */
export const proposeSettlement = staffProcedure("bet.settle")
  .input(
    z.object({
      outcomes: askedOutcomes,
      reason: reasonInput,
      plan: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .nullish(),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const planned = await planRounds(ctx.deps, input.outcomes);
    if (input.plan != null && planOfSettlement(ctx.deps, planned).hash !== input.plan) orThrow(err("PLAN_CHANGED"));
    const described = orThrow(describeSettlement(planned, input.reason));
    return keepProposal(ctx, "bets.settle", described, input.reason);
  });

function planOfSettlement({ settings }: StaffDeps, { rounds, leftOut }: PlannedSettlement): Plan {
  return planOf("bet.settle", {}, [...rounds.flatMap(looksOf), ...leftOut], settings.production);
}

function looksOf({ provider, close, bets }: SettledRound): Look[] {
  return bets.map(({ bet, outcome, payout }) => {
    const { betId, playerId, currency, held, gameCode, roundRef } = bet;
    const stake = `${formatMinor(held, currency)} ${currency}`;
    const paid = `${formatMinor(outcome === "WIN" ? payout : outcome === "PUSH" ? held : 0n, currency)} ${currency}`;
    return {
      id: formatId("bet", betId),
      what: `Settle ${stake} of ${formatId("player", playerId)} (${provider} ${gameCode}, round ${roundRef}${close ? ", which ends" : ""})`,
      before: { status: "HELD", held: stake },
      after: { status: "SETTLED", outcome, paid },
    };
  });
}
