/** How a proposal that was carried out is marked and recorded. */
import { applyApproval, type ApprovalRecord, lockApproval } from "@pitboss/db/identity/approval-store";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import type { Acting, AuditNote } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { approvalState } from "./approval-view.ts";

/** Marks the proposal as applied, with its audit row: the last step of what is applied in steps. */
export function finishApproval(
  deps: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  result: JsonObject,
): Promise<Result<JsonObject>> {
  return withAudit(deps.db, acting, async (tx, note) => {
    const locked = await lockApproval(tx, approval.id);
    if (locked === undefined) return err("APPROVAL_NOT_FOUND");
    const event = { type: "apply", contentHash: approval.contentHash } as const;
    const allowed = decideApproval(approvalState(locked), event, deps.clock.now());
    if (!allowed.ok) return allowed;
    await applyApproval(tx, { ...appliedOf(approval, acting), result });
    note(applyNote(approval, result));
    return ok(result);
  });
}

export function appliedOf(
  approval: ApprovalRecord,
  acting: Acting,
): { readonly id: bigint; readonly contentHash: string; readonly actor: string } {
  return { id: approval.id, contentHash: approval.contentHash, actor: `${acting.actorKind}:${acting.actorId}` };
}

export function applyNote(approval: ApprovalRecord, result: JsonObject): AuditNote {
  return {
    action: "approval.apply",
    subject: { kind: approval.subjectKind, id: approval.subjectId },
    after: { kind: approval.kind, summary: approval.summary, contentHash: approval.contentHash, result },
    approvalId: formatId("approval", approval.id),
  };
}
