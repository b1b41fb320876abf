import {
  insertDecision,
  lockApproval,
  type ApprovalRecord,
  findApproval,
  setApprovalStatus,
} from "@pitboss/db/identity/approval-store";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { type ApprovalEvent, type ApprovalStatus, decideApproval } from "@pitboss/domain/identity/approval-machine";
import { approvalKindRow } from "@pitboss/domain/identity/approval-kinds";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { z } from "zod";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { idInput, reasonInput } from "../../edge/trpc/inputs.ts";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import type { StaffActor } from "../actor.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { applyApproved } from "./apply-approval.ts";
import { approvalState, type ApprovalView, isHiddenFrom, mayApprove, presentApprovals } from "./approval-view.ts";

const approvalId = idInput("approval");
const contentHash = z.string().regex(/^[0-9a-f]{64}$/);

interface Ctx {
  readonly deps: StaffDeps;
  readonly staff: StaffActor;
  readonly acting: Acting;
}

export interface Decided {
  readonly approval: ApprovalView;
  /** Why it was approved but could not be applied yet; `approval.carryOut` tries again. */
  readonly notApplied: { readonly code: Failure["code"]; readonly detail: string | null } | null;
}

/** Approves exactly what was seen. With the last approval it takes, it is applied at once. */
export const approveApproval = staffProcedure("approval.decide")
  .input(z.object({ approvalId, contentHash, reason: z.string().trim().max(500).nullish() }))
  .mutation(async ({ ctx, input }): Promise<Decided> => {
    const event = { type: "approve", by: ctx.staff.staffId, contentHash: input.contentHash } as const;
    const status = await decide(ctx, input.approvalId, event, input.reason ?? null);
    const applied = status === "APPROVED" ? await applyApproved(ctx.deps, ctx.acting, input.approvalId) : ok({});
    return decided(ctx, input.approvalId, applied);
  });

/** Turns it down, for good. */
export const rejectApproval = staffProcedure("approval.decide")
  .input(z.object({ approvalId, contentHash, reason: reasonInput }))
  .mutation(async ({ ctx, input }): Promise<Decided> => {
    const event = { type: "reject", by: ctx.staff.staffId, contentHash: input.contentHash } as const;
    await decide(ctx, input.approvalId, event, input.reason);
    return decided(ctx, input.approvalId, ok({}));
  });

/** Whoever proposed it takes it back. */
export const withdrawApproval = staffProcedure("approval.propose")
  .input(z.object({ approvalId, reason: z.string().trim().max(500).nullish() }))
  .mutation(async ({ ctx, input }): Promise<Decided> => {
    await decide(ctx, input.approvalId, { type: "withdraw", by: ctx.staff.staffId }, input.reason ?? null);
    return decided(ctx, input.approvalId, ok({}));
  });

/** Applies what is approved and was not applied yet: another try after a refusal, or where no approval was needed. */
export const applyApproval = staffProcedure("approval.decide")
  .input(z.object({ approvalId }))
  .mutation(async ({ ctx, input }): Promise<Decided> => {
    const record = (await findApproval(ctx.deps.db, input.approvalId)) ?? throwFailure({ code: "APPROVAL_NOT_FOUND" });
    if (isHiddenFrom(ctx.staff, record.kind)) throwFailure({ code: "APPROVAL_NOT_FOUND" });
    if (!mayApprove(ctx.staff.roles, record.kind)) throwFailure(notAllowed(record));
    orThrow(await applyApproved(ctx.deps, ctx.acting, input.approvalId));
    return decided(ctx, input.approvalId, ok({}));
  });

async function decide(
  { deps, staff, acting }: Ctx,
  id: bigint,
  event: Exclude<ApprovalEvent, { type: "apply" | "expire" }>,
  reason: string | null,
): Promise<ApprovalStatus> {
  const now = deps.clock.now();
  return orThrow(
    await withAudit(deps.db, acting, async (tx, note): Promise<Result<ApprovalStatus>> => {
      const record = await lockApproval(tx, id);
      if (record === undefined || isHiddenFrom(staff, record.kind)) return err("APPROVAL_NOT_FOUND");
      if (event.type !== "withdraw" && !mayApprove(staff.roles, record.kind))
        return { ok: false, error: notAllowed(record) };
      const next = decideApproval(approvalState(record), event, now);
      if (!next.ok) return next;
      if (event.type !== "withdraw") await keepDecision(tx, record, event, reason);
      if (next.value !== record.status) await setApprovalStatus(tx, id, next.value, new Date(now));
      note({
        action: `approval.${event.type}`,
        subject: { kind: record.subjectKind, id: record.subjectId },
        reason: reason ?? undefined,
        before: { status: record.status },
        after: { kind: record.kind, summary: record.summary, status: next.value, contentHash: record.contentHash },
        approvalId: formatId("approval", id),
      });
      return ok(next.value);
    }),
  );
}

async function keepDecision(
  tx: Transaction,
  record: ApprovalRecord,
  event: Extract<ApprovalEvent, { type: "approve" | "reject" }>,
  reason: string | null,
): Promise<void> {
  await insertDecision(tx, {
    approvalId: record.id,
    staffId: event.by,
    makerId: record.proposedBy,
    contentHash: event.contentHash,
    decision: event.type === "approve" ? "APPROVED" : "REJECTED",
    reason,
  });
}

async function decided({ deps, staff }: Ctx, id: bigint, applied: Result<unknown>): Promise<Decided> {
  const record = (await findApproval(deps.db, id)) ?? throwFailure({ code: "APPROVAL_NOT_FOUND" });
  const [approval] = await presentApprovals(deps.db, [record], staff, deps.clock.now());
  if (approval === undefined) throwFailure({ code: "APPROVAL_NOT_FOUND" });
  const notApplied = applied.ok ? null : { code: applied.error.code, detail: applied.error.detail ?? null };
  return { approval, notApplied };
}

function notAllowed({ kind }: ApprovalRecord): Failure<"NOT_ALLOWED"> {
  const permission = approvalKindRow(kind).approve;
  return { code: "NOT_ALLOWED", detail: `Deciding on ${kind} takes "${permission}".`, data: { permission } };
}
