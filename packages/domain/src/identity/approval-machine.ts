/**
 * Four eyes, decided purely: whether an event may happen to a proposal, and what it becomes. The database refuses the
 * same things by itself (constraints of `approvals` and `approval_decisions`); this says why in words.
 */
import { createHash } from "node:crypto";
import { canonicalJson, type JsonObject } from "../kernel/json.ts";
import { err, type Failure, ok, type Result } from "../kernel/result.ts";

export const approvalMachine = {
  PROPOSED: {
    approve: "PROPOSED",
    approveLast: "APPROVED",
    reject: "REJECTED",
    withdraw: "WITHDRAWN",
    expire: "EXPIRED",
  },
  APPROVED: { apply: "APPLIED", withdraw: "WITHDRAWN", expire: "EXPIRED" },
  APPLIED: {},
  REJECTED: {},
  EXPIRED: {},
  WITHDRAWN: {},
} as const;
export type ApprovalStatus = keyof typeof approvalMachine;

export const approvalStatuses = Object.keys(approvalMachine) as readonly ApprovalStatus[];

export interface ApprovalState {
  readonly status: ApprovalStatus;
  /** Hex SHA-256 of exactly what is proposed. */
  readonly contentHash: string;
  readonly proposedBy: bigint;
  readonly required: number;
  /** Who has approved so far. */
  readonly approvedBy: readonly bigint[];
  readonly expiresAtMs: number;
}

export type ApprovalEvent =
  | { readonly type: "approve" | "reject"; readonly by: bigint; readonly contentHash: string }
  | { readonly type: "withdraw"; readonly by: bigint }
  | { readonly type: "apply"; readonly contentHash: string }
  | { readonly type: "expire" };

type ApprovalRefusal = Failure<
  "APPROVAL_NOT_OPEN" | "APPROVAL_EXPIRED" | "APPROVAL_OWN" | "APPROVAL_TWICE" | "APPROVAL_CHANGED" | "APPROVAL_NOT_OWN"
>;

export function decideApproval(
  state: ApprovalState,
  event: ApprovalEvent,
  nowMs: number,
): Result<ApprovalStatus, ApprovalRefusal> {
  const open: ApprovalStatus = event.type === "apply" ? "APPROVED" : "PROPOSED";
  const either = event.type === "withdraw" || event.type === "expire";
  if (state.status !== open && !(either && state.status === "APPROVED")) {
    return err("APPROVAL_NOT_OPEN", undefined, { status: state.status });
  }
  if (event.type === "expire") {
    return nowMs < state.expiresAtMs ? err("APPROVAL_NOT_OPEN", "It has not run out yet.") : ok("EXPIRED");
  }
  if (event.type === "withdraw") {
    return event.by === state.proposedBy ? ok("WITHDRAWN") : err("APPROVAL_NOT_OWN");
  }
  if (nowMs >= state.expiresAtMs) return err("APPROVAL_EXPIRED");
  if (event.contentHash !== state.contentHash) return err("APPROVAL_CHANGED");
  if (event.type === "apply") return ok(approvalMachine.APPROVED.apply);
  if (event.by === state.proposedBy) return err("APPROVAL_OWN");
  if (event.type === "reject") return ok(approvalMachine.PROPOSED.reject);
  if (state.approvedBy.includes(event.by)) return err("APPROVAL_TWICE");
  const last = state.approvedBy.length + 1 >= state.required;
  return ok(last ? approvalMachine.PROPOSED.approveLast : approvalMachine.PROPOSED.approve);
}

/** Binds an approval to exactly what was shown: the kind, the content and the facts that it was proposed on. */
export function hashApprovalContent(kind: string, content: JsonObject): string {
  return createHash("sha256").update(canonicalJson({ kind, content })).digest("hex");
}
