import type { ApprovalRecord } from "@pitboss/db/identity/approval-store";
import { listStaffNames } from "@pitboss/db/identity/staff-directory";
import type { Executor } from "@pitboss/db/kernel/executor";
import { type ApprovalKind, approvalKindNames, approvalKindRow } from "@pitboss/domain/identity/approval-kinds";
import { type ApprovalEvent, type ApprovalStatus, decideApproval } from "@pitboss/domain/identity/approval-machine";
import { mayAny } from "@pitboss/domain/identity/permissions";
import type { Role } from "@pitboss/domain/identity/roles";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { currencyOfNumber } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { type Actor, mayActor } from "../actor.ts";

interface Person {
  readonly staffId: string;
  readonly name: string;
}

export interface ApprovalView {
  readonly approvalId: string;
  readonly kind: ApprovalKind;
  readonly means: string;
  readonly status: ApprovalStatus;
  readonly summary: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly amount: { readonly amount: string; readonly currency: string } | null;
  /** Exactly what is approved; `contentHash` is sent back with a decision, so that it is this and nothing else. */
  readonly content: JsonObject;
  readonly contentHash: string;
  readonly required: number;
  readonly proposedBy: Person;
  readonly proposedAt: string;
  readonly expiresAt: string;
  readonly closedAt: string | null;
  readonly decisions: readonly {
    readonly by: Person;
    readonly decision: "APPROVED" | "REJECTED";
    readonly reason: string | null;
    readonly at: string;
  }[];
  readonly result: JsonObject | null;
  /** What whoever asks may do with it now. */
  readonly mayDecide: boolean;
  readonly mayWithdraw: boolean;
  readonly mayApply: boolean;
}

/** The kinds that somebody may see: those that they propose or decide, or all where they read the audit log. */
export function visibleKinds(actor: Actor): readonly ApprovalKind[] {
  const all = actor.kind === "machine" || mayAny(actor.roles, "audit.read");
  return approvalKindNames.filter((kind) => {
    const { propose, approve } = approvalKindRow(kind);
    if (isHiddenFrom(actor, kind)) return false;
    return all || mayAny(actor.roles, propose) || mayAny(actor.roles, approve);
  });
}

/** True where whoever it is may not learn that there is such a proposal at all. */
export function isHiddenFrom(actor: Actor, kind: ApprovalKind): boolean {
  const { reads } = approvalKindRow(kind);
  return reads !== undefined && !mayActor(actor, reads);
}

export function mayApprove(roles: readonly Role[], kind: ApprovalKind): boolean {
  return mayAny(roles, "approval.decide") && mayAny(roles, approvalKindRow(kind).approve);
}

export async function presentApprovals(
  db: Executor,
  records: readonly ApprovalRecord[],
  actor: Actor,
  nowMs: number,
): Promise<ApprovalView[]> {
  const names = await listStaffNames(
    db,
    records.flatMap(({ proposedBy, decisions }) => [proposedBy, ...decisions.map(({ staffId }) => staffId)]),
  );
  const person = (id: bigint): Person => ({ staffId: formatId("staff", id), name: names.get(id) ?? "" });
  return records.map((record) => ({
    approvalId: formatId("approval", record.id),
    kind: record.kind,
    means: approvalKindRow(record.kind).means,
    status: record.status,
    summary: record.summary,
    subject: { kind: record.subjectKind, id: record.subjectId },
    amount: presentAmount(record),
    content: record.content,
    contentHash: record.contentHash,
    required: record.required,
    proposedBy: person(record.proposedBy),
    proposedAt: record.proposedAt.toISOString(),
    expiresAt: record.expiresAt.toISOString(),
    closedAt: record.closedAt?.toISOString() ?? null,
    decisions: record.decisions.map(({ staffId, decision, reason, decidedAt }) => ({
      by: person(staffId),
      decision,
      reason,
      at: decidedAt.toISOString(),
    })),
    result: record.result,
    ...allowed(record, actor, nowMs),
  }));
}

function allowed(
  record: ApprovalRecord,
  actor: Actor,
  nowMs: number,
): Pick<ApprovalView, "mayDecide" | "mayWithdraw" | "mayApply"> {
  if (actor.kind === "machine") return { mayDecide: false, mayWithdraw: false, mayApply: false };
  const { contentHash } = record;
  const may = (event: ApprovalEvent): boolean => decideApproval(approvalState(record), event, nowMs).ok;
  const approves = mayApprove(actor.roles, record.kind);
  return {
    mayDecide: approves && may({ type: "approve", by: actor.staffId, contentHash }),
    mayWithdraw: may({ type: "withdraw", by: actor.staffId }),
    mayApply: approves && may({ type: "apply", contentHash }),
  };
}

export function approvalState(record: ApprovalRecord): Parameters<typeof decideApproval>[0] {
  return {
    status: record.status,
    contentHash: record.contentHash,
    proposedBy: record.proposedBy,
    required: record.required,
    approvedBy: record.decisions.filter(({ decision }) => decision === "APPROVED").map(({ staffId }) => staffId),
    expiresAtMs: record.expiresAt.getTime(),
  };
}

function presentAmount({ amount, currency }: ApprovalRecord): ApprovalView["amount"] {
  if (amount === null || currency === null) return null;
  const code = currencyOfNumber(currency);
  return { amount: formatMinor(amount, code), currency: code };
}
