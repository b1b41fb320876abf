/** Voids for console and terminal: what would be voided, the proposal of exactly that, and what became of each bet. */
import { type ApprovalBet, listApprovalBets } from "@pitboss/db/identity/approval-bets-store";
import { findApproval, listPolicies } from "@pitboss/db/identity/approval-store";
import type { VoidableBet } from "@pitboss/db/gaming/list-voidable";
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import { findApprovalNeed } from "@pitboss/domain/identity/approval-policy";
import { sumVoidList } from "@pitboss/domain/gaming/void-list";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { orThrow, throwFailure } from "../../../edge/trpc/failure.ts";
import { idInput } from "../../../edge/trpc/inputs.ts";
import type { Page } from "../../../edge/trpc/page.ts";
import { type Look, type Plan, planOf } from "../../../edge/trpc/plan.ts";
import { procedure, staffProcedure } from "../../../edge/trpc/procedure.ts";
import { type ApprovalView, visibleKinds } from "../../../identity/approvals/approval-view.ts";
import { keepProposal } from "../../../identity/approvals/propose.ts";
import type { StaffDeps } from "../../../identity/staff-deps.ts";
import { type Selected, selectBets, voidInput, voidSelection, type VoidSelection } from "./select-bets.ts";
import { describeVoid, voidKindOf } from "./void-handler.ts";

export interface VoidPlan extends Plan {
  readonly kind: ApprovalKind;
  /** What goes back in all, by currency. */
  readonly sums: readonly { readonly currency: Currency; readonly amount: string }[];
  readonly players: number;
  /** How many other people it takes, and for how long it would stay open. */
  readonly approvals: number;
  readonly openHours: number;
}

/** What voiding these bets would do, and what it takes. Refused where the policy lets no proposal reach as far. */
export const planVoid = staffProcedure("bet.void")
  .input(z.object({ selection: voidSelection }))
  .query(async ({ ctx, input }): Promise<VoidPlan> => {
    const { deps } = ctx;
    const { selection } = input;
    const selected = orThrow(await selectBets(deps, selection));
    const kind = voidKindOf(selection);
    const sums = sumVoidList(selected.bets);
    const need = orThrow(findApprovalNeed(await listPolicies(deps.db), kind, sums, selected.bets.length));
    return {
      ...planOfVoid(deps, selection, selected),
      kind,
      sums: sums.map(({ amount, currency }) => ({ currency, amount: formatMinor(amount, currency) })),
      players: new Set(selected.bets.map(({ playerId }) => playerId)).size,
      ...need,
    };
  });

/**
 * Proposes to void them. Where `plan` is given, exactly that plan is proposed, or nothing. Bets that an open proposal is
 * about already are left out, so the same click twice proposes once.
 */
export const proposeVoid = staffProcedure("bet.void")
  .input(
    voidInput.extend({
      plan: z
        .string()
        .regex(/^[0-9a-f]{16}$/)
        .nullish(),
    }),
  )
  .mutation(async ({ ctx, input }): Promise<ApprovalView> => {
    const { selection, reason, plan } = input;
    const selected = orThrow(await selectBets(ctx.deps, selection));
    if (plan != null && planOfVoid(ctx.deps, selection, selected).hash !== plan) orThrow(err("PLAN_CHANGED"));
    const described = orThrow(describeVoid({ selection, reason }, selected));
    return keepProposal(ctx, voidKindOf(selection), described, reason);
  });

export interface ApprovalBetRow {
  readonly number: number;
  readonly betId: string;
  readonly playerId: string;
  readonly currency: Currency;
  readonly held: string;
  /** Null until it was tried. */
  readonly outcome: "VOIDED" | "REFUSED" | null;
  /** Why it was refused: `code`, and `detail` where there is more to say. */
  readonly failure: JsonObject | null;
}

/** The bets that a proposal is about, in the order of its frozen list, with what became of each. */
export const listBetsOfApproval = procedure("approval.read")
  .input(
    z.object({
      approvalId: idInput("approval"),
      cursor: z
        .string()
        .regex(/^[0-9]{1,6}$/)
        .nullish(),
      limit: z.int().min(1).max(200).default(50),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<ApprovalBetRow>> => {
    const { deps, actor } = ctx;
    const record = await findApproval(deps.db, input.approvalId);
    if (record === undefined || !visibleKinds(actor).includes(record.kind))
      throwFailure({ code: "APPROVAL_NOT_FOUND" });
    const after = Number(input.cursor ?? 0);
    const rows = await listApprovalBets(deps.db, record.id, { after, limit: input.limit + 1 });
    const page = rows.slice(0, input.limit);
    return {
      rows: page.map(presentApprovalBet),
      next: rows.length > input.limit ? String(page.at(-1)?.number) : null,
    };
  });

function planOfVoid({ settings }: StaffDeps, selection: VoidSelection, { bets, leftOut }: Selected): Plan {
  return planOf("bet.void", { kind: voidKindOf(selection) }, [...bets.map(lookOf), ...leftOut], settings.production);
}

function lookOf({ betId, playerId, gameCode, roundRef, currency, held }: VoidableBet): Look {
  const release = `${formatMinor(held, currency)} ${currency}`;
  return {
    id: formatId("bet", betId),
    what: `Give ${release} back to ${formatId("player", playerId)} (${gameCode}, round ${roundRef})`,
    before: { status: "HELD", held: release },
    after: { status: "VOIDED" },
  };
}

function presentApprovalBet({
  number,
  betId,
  playerId,
  currency,
  held,
  outcome,
  failure,
}: ApprovalBet): ApprovalBetRow {
  return {
    number,
    betId: formatId("bet", betId),
    playerId: formatId("player", playerId),
    currency,
    held: formatMinor(held, currency),
    outcome,
    failure,
  };
}
