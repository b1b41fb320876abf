/** Proposals under four eyes, the decisions on them, and the policies that say how many it takes. */
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import type { ApprovalStatus } from "@pitboss/domain/identity/approval-machine";
import type { ApprovalPolicy } from "@pitboss/domain/identity/approval-policy";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { type Currency, isCurrency } from "@pitboss/domain/wallet/currency";
import { eq, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";
import { approvalDecisions } from "./approval-decisions.schema.ts";
import { approvalPolicies } from "./approval-policies.schema.ts";
import { approvals } from "./approvals.schema.ts";

export interface Decision {
  readonly staffId: bigint;
  readonly decision: "APPROVED" | "REJECTED";
  readonly reason: string | null;
  readonly decidedAt: Date;
}

export interface ApprovalRecord {
  readonly id: bigint;
  readonly kind: ApprovalKind;
  readonly content: JsonObject;
  /** Hex. */
  readonly contentHash: string;
  readonly summary: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly amount: bigint | null;
  /** ISO 4217 number, as the ledger stores it. */
  readonly currency: number | null;
  readonly required: number;
  readonly status: ApprovalStatus;
  readonly proposedBy: bigint;
  readonly proposedAt: Date;
  readonly expiresAt: Date;
  readonly closedAt: Date | null;
  readonly appliedBy: string | null;
  readonly result: JsonObject | null;
  readonly decisions: readonly Decision[];
}

interface Row {
  readonly id: string;
  readonly kind: ApprovalKind;
  readonly content: JsonObject;
  readonly content_hash: string;
  readonly summary: string;
  readonly subject_kind: string;
  readonly subject_id: string;
  readonly amount: string | null;
  readonly currency: number | null;
  readonly required: number;
  readonly status: ApprovalStatus;
  readonly proposed_by: string;
  readonly proposed_at: string;
  readonly expires_at: string;
  readonly closed_at: string | null;
  readonly applied_by: string | null;
  readonly result: JsonObject | null;
  readonly decisions: { s: string; d: "APPROVED" | "REJECTED"; r: string | null; at: string }[] | null;
}

const columns = sql`
  a.id, a.kind, a.content, encode(a.content_hash, 'hex') AS content_hash, a.summary, a.subject_kind, a.subject_id, a.amount,
  a.currency, a.required, a.status, a.proposed_by, a.proposed_at, a.expires_at, a.closed_at, a.applied_by, a.result,
  (SELECT jsonb_agg(jsonb_build_object('s', d.staff_id::text, 'd', d.decision, 'r', d.reason, 'at', d.decided_at)
                    ORDER BY d.decided_at) FROM approval_decisions d WHERE d.approval_id = a.id) AS decisions`;

export interface ApprovalFilter {
  readonly statuses?: readonly ApprovalStatus[] | undefined;
  readonly kinds?: readonly ApprovalKind[] | undefined;
  readonly subjectKind?: string | undefined;
  readonly subjectId?: string | undefined;
  readonly proposedBy?: bigint | undefined;
  /** Only what this person may still decide on: not their own, and not decided by them. */
  readonly openFor?: bigint | undefined;
  readonly before?: bigint | undefined;
  readonly limit: number;
}

export async function listApprovals(db: Executor, filter: ApprovalFilter): Promise<ApprovalRecord[]> {
  const conditions: SQL[] = [sql`a.id < ${filter.before ?? 1n << 62n}`];
  if (filter.statuses !== undefined) conditions.push(sql`a.status = ANY(${`{${filter.statuses.join(",")}}`}::text[])`);
  if (filter.kinds !== undefined) conditions.push(sql`a.kind = ANY(${`{${filter.kinds.join(",")}}`}::text[])`);
  if (filter.subjectKind !== undefined) conditions.push(sql`a.subject_kind = ${filter.subjectKind}`);
  if (filter.subjectId !== undefined) conditions.push(sql`a.subject_id = ${filter.subjectId}`);
  if (filter.proposedBy !== undefined) conditions.push(sql`a.proposed_by = ${filter.proposedBy}`);
  if (filter.openFor !== undefined) {
    conditions.push(sql`a.proposed_by <> ${filter.openFor} AND a.expires_at > now() AND NOT EXISTS (
      SELECT FROM approval_decisions d WHERE d.approval_id = a.id AND d.staff_id = ${filter.openFor})`);
  }
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM approvals a WHERE ${sql.join(conditions, sql` AND `)} ORDER BY a.id DESC LIMIT ${filter.limit}`,
  );
  return rows.map(readApproval);
}

export async function findApproval(db: Executor, id: bigint): Promise<ApprovalRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT ${columns} FROM approvals a WHERE a.id = ${id}`);
  return row && readApproval(row);
}

/** Locks the proposal, so that decisions on it come one after the other. */
export async function lockApproval(db: Executor, id: bigint): Promise<ApprovalRecord | undefined> {
  await db.execute(sql`SELECT FROM approvals WHERE id = ${id} FOR NO KEY UPDATE`);
  return findApproval(db, id);
}

export interface NewApproval {
  readonly kind: ApprovalKind;
  readonly content: JsonObject;
  readonly contentHash: string;
  readonly summary: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly amount: bigint | null;
  readonly currency: number | null;
  readonly required: number;
  readonly proposedBy: bigint;
  readonly expiresAt: Date;
}

export async function insertApproval(db: Executor, approval: NewApproval): Promise<bigint> {
  const [row] = await db
    .insert(approvals)
    .values({ ...approval, contentHash: Buffer.from(approval.contentHash, "hex") })
    .returning({ id: approvals.id });
  if (row === undefined) throw new Error("an inserted approval has an id");
  return row.id;
}

export interface NewDecision {
  readonly approvalId: bigint;
  readonly staffId: bigint;
  readonly makerId: bigint;
  readonly contentHash: string;
  readonly decision: "APPROVED" | "REJECTED";
  readonly reason: string | null;
}

export async function insertDecision(db: Executor, decision: NewDecision): Promise<void> {
  await db.insert(approvalDecisions).values({ ...decision, contentHash: Buffer.from(decision.contentHash, "hex") });
}

export async function setApprovalStatus(db: Executor, id: bigint, status: ApprovalStatus, now: Date): Promise<void> {
  await db
    .update(approvals)
    .set({ status, closedAt: status === "APPROVED" || status === "PROPOSED" ? null : now })
    .where(eq(approvals.id, id));
}

/** Leaves why an approved proposal could not be applied yet, for whoever tries next. */
export async function setApprovalResult(db: Executor, id: bigint, result: JsonObject): Promise<void> {
  await db.update(approvals).set({ result }).where(eq(approvals.id, id));
}

export interface Applied {
  readonly id: bigint;
  readonly contentHash: string;
  readonly actor: string;
  readonly result: JsonObject;
}

/** Marks it applied; the statement fails, and its transaction with it, where it is not approved with this content. */
export async function applyApproval(db: Executor, { id, contentHash, actor, result }: Applied): Promise<void> {
  await db.execute(
    sql`SELECT apply_approval(${id}, decode(${contentHash}, 'hex'), ${actor}, ${JSON.stringify(result)}::jsonb)`,
  );
}

/** The same as a statement that the ledger's door writes along with the command. */
export const applyApprovalStatement: Statement = {
  name: "apply-approval",
  text: "SELECT apply_approval($1::bigint, decode($2::text, 'hex'), $3::text, $4::jsonb)",
};

export function applyApprovalValues({ id, contentHash, actor, result }: Applied): readonly string[] {
  return [id.toString(), contentHash, actor, JSON.stringify(result)];
}

/** Ends what has run out; the ids, for the audit rows. */
export async function expireApprovals(
  db: Executor,
  now: Date,
): Promise<{ readonly id: bigint; readonly subjectKind: string }[]> {
  const rows = await queryRows<{ id: string; subject_kind: string }>(
    db,
    sql`UPDATE approvals SET status = 'EXPIRED', closed_at = ${now}
         WHERE id IN (SELECT id FROM approvals WHERE status IN ('PROPOSED', 'APPROVED') AND expires_at <= ${now}
                       ORDER BY id LIMIT 500 FOR NO KEY UPDATE SKIP LOCKED)
        RETURNING id, subject_kind`,
  );
  return rows.map(({ id, subject_kind: subjectKind }) => ({ id: BigInt(id), subjectKind }));
}

export interface PolicyRecord extends ApprovalPolicy {
  readonly id: bigint;
  readonly approvalId: bigint | null;
  readonly createdAt: Date;
}

/** The policies that hold now: the newest row of each kind, currency and threshold, unless it removes it. */
export async function listPolicies(db: Executor): Promise<PolicyRecord[]> {
  const rows = await queryRows<{
    id: string;
    kind: ApprovalKind;
    currency: string | null;
    from_amount: string;
    approvals: number;
    open_hours: number;
    most_items: number | null;
    most_amount: string | null;
    approval_id: string | null;
    created_at: string;
  }>(
    db,
    sql`SELECT * FROM (SELECT DISTINCT ON (kind, currency, from_amount) * FROM approval_policies
                        ORDER BY kind, currency, from_amount, id DESC) newest
         WHERE NOT removed ORDER BY kind, currency NULLS FIRST, from_amount`,
  );
  return rows.map((row) => ({
    id: BigInt(row.id),
    kind: row.kind,
    currency: row.currency !== null && isCurrency(row.currency) ? row.currency : null,
    fromAmount: BigInt(row.from_amount),
    approvals: row.approvals,
    openHours: row.open_hours,
    mostItems: row.most_items,
    mostAmount: row.most_amount === null ? null : BigInt(row.most_amount),
    approvalId: row.approval_id === null ? null : BigInt(row.approval_id),
    createdAt: readInstant(row.created_at),
  }));
}

export interface NewPolicy {
  readonly kind: ApprovalKind;
  readonly currency: Currency | null;
  readonly fromAmount: bigint;
  readonly approvals: number;
  readonly openHours: number;
  readonly mostItems: number | null;
  readonly mostAmount: bigint | null;
  readonly removed: boolean;
  readonly approvalId: bigint;
}

export async function insertPolicy(db: Executor, policy: NewPolicy): Promise<void> {
  await db.insert(approvalPolicies).values(policy);
}

function readApproval(row: Row): ApprovalRecord {
  return {
    id: BigInt(row.id),
    kind: row.kind,
    content: row.content,
    contentHash: row.content_hash,
    summary: row.summary,
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    amount: row.amount === null ? null : BigInt(row.amount),
    currency: row.currency,
    required: row.required,
    status: row.status,
    proposedBy: BigInt(row.proposed_by),
    proposedAt: readInstant(row.proposed_at),
    expiresAt: readInstant(row.expires_at),
    closedAt: readInstantOrNull(row.closed_at),
    appliedBy: row.applied_by,
    result: row.result,
    decisions: (row.decisions ?? []).map(({ s, d, r, at }) => ({
      staffId: BigInt(s),
      decision: d,
      reason: r,
      decidedAt: readInstant(at),
    })),
  };
}

/** Open proposals of these kinds that wait for this person. */
export async function countOpenFor(db: Executor, staffId: bigint, kinds: readonly ApprovalKind[]): Promise<number> {
  if (kinds.length === 0) return 0;
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT count(*) AS count FROM approvals a
         WHERE a.status = 'PROPOSED' AND a.expires_at > now() AND a.proposed_by <> ${staffId}
           AND a.kind = ANY(${`{${kinds.join(",")}}`}::text[])
           AND NOT EXISTS (SELECT FROM approval_decisions d WHERE d.approval_id = a.id AND d.staff_id = ${staffId})`,
  );
  return Number(row?.count ?? 0);
}
