import {
  findApproval,
  listApprovals as listRecords,
  listPolicies as listPolicyRecords,
} from "@pitboss/db/identity/approval-store";
import { type ApprovalKind, approvalKindNames, approvalKindRow } from "@pitboss/domain/identity/approval-kinds";
import { approvalStatuses, type ApprovalStatus } from "@pitboss/domain/identity/approval-machine";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { idInput } from "../../edge/trpc/inputs.ts";
import { type Page, pageInput, pageOf, readCursor } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import { type ApprovalView, mayApprove, presentApprovals, visibleKinds } from "./approval-view.ts";

const statuses = approvalStatuses as [ApprovalStatus, ...ApprovalStatus[]];

/** `inbox`: what waits for whoever asks. `mine`: what they proposed. Kinds that they have no part in are not shown. */
export const listApprovals = procedure("approval.read")
  .input(
    z.object({
      ...pageInput,
      box: z.enum(["inbox", "mine", "all"]).default("all"),
      statuses: z.array(z.enum(statuses)).max(statuses.length).nullish(),
      kinds: z
        .array(z.enum(approvalKindNames as [ApprovalKind, ...ApprovalKind[]]))
        .max(20)
        .nullish(),
      subjectKind: z.string().max(40).nullish(),
      subjectId: z.string().max(80).nullish(),
    }),
  )
  .query(async ({ ctx, input }): Promise<Page<ApprovalView>> => {
    const { actor, deps } = ctx;
    const person = actor.kind === "staff" ? actor : undefined;
    const inbox = input.box === "inbox";
    const visible = visibleKinds(actor).filter(
      (kind) => !inbox || (person !== undefined && mayApprove(person.roles, kind)),
    );
    const asked = input.kinds ?? visible;
    const rows = await listRecords(deps.db, {
      statuses: inbox ? ["PROPOSED"] : (input.statuses ?? undefined),
      kinds: asked.filter((kind) => visible.includes(kind)),
      subjectKind: input.subjectKind ?? undefined,
      subjectId: input.subjectId ?? undefined,
      proposedBy: input.box === "mine" ? (person?.staffId ?? 0n) : undefined,
      openFor: inbox ? (person?.staffId ?? 0n) : undefined,
      before: readCursor("approval", input.cursor),
      limit: input.limit + 1,
    });
    const views = await presentApprovals(deps.db, rows, actor, deps.clock.now());
    return pageOf(
      views,
      input.limit,
      (view) => view,
      ({ approvalId }) => approvalId,
    );
  });

export const showApproval = procedure("approval.read")
  .input(z.object({ approvalId: idInput("approval") }))
  .query(async ({ ctx, input }): Promise<ApprovalView> => {
    const { actor, deps } = ctx;
    const record = await findApproval(deps.db, input.approvalId);
    if (record === undefined || !visibleKinds(actor).includes(record.kind))
      throwFailure({ code: "APPROVAL_NOT_FOUND" });
    const [view] = await presentApprovals(deps.db, [record], actor, deps.clock.now());
    return view ?? throwFailure({ code: "APPROVAL_NOT_FOUND" });
  });

export interface PolicyView {
  readonly kind: ApprovalKind;
  readonly means: string;
  readonly currency: string | null;
  /** Smallest amount that the row is for; "0" where there is no currency. */
  readonly fromAmount: string;
  readonly approvals: number;
  readonly openHours: number;
  /** How many records one proposal may reach, and which sum; null is no limit of the policy's. */
  readonly mostItems: number | null;
  readonly mostAmount: string | null;
  readonly approvalId: string | null;
  readonly since: string;
}

/** How many other people each kind of decision takes, at which amount. */
export const listPolicies = procedure("policy.read").query(async ({ ctx }): Promise<readonly PolicyView[]> => {
  const rows = await listPolicyRecords(ctx.deps.db);
  return rows.map((row) => ({
    kind: row.kind,
    means: approvalKindRow(row.kind).means,
    currency: row.currency,
    fromAmount: row.currency === null ? "0" : formatMinor(row.fromAmount, row.currency),
    approvals: row.approvals,
    openHours: row.openHours,
    mostItems: row.mostItems,
    mostAmount: row.currency === null || row.mostAmount === null ? null : formatMinor(row.mostAmount, row.currency),
    approvalId: row.approvalId === null ? null : formatId("approval", row.approvalId),
    since: row.createdAt.toISOString(),
  }));
});
