/** Carries out what was approved, and marks it as applied, in one transaction. */
import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import {
  applyApproval,
  applyApprovalStatement,
  applyApprovalValues,
  type ApprovalRecord,
  findApproval,
  lockApproval,
  setApprovalResult,
} from "@pitboss/db/identity/approval-store";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import { approvalContents } from "@pitboss/domain/identity/approval-content";
import type { ApprovalKind } from "@pitboss/domain/identity/approval-kinds";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { err, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Acting, auditEntryOf } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { approvalState } from "./approval-view.ts";
import { appliedOf, applyNote } from "./finish-approval.ts";
import type { KindHandler } from "./kind-handler.ts";
import { type ContentOf, kindHandlers } from "./kinds.ts";

/** What applying brought about. A refusal is also left on the proposal, for whoever tries next. */
export async function applyApproved(deps: StaffDeps, acting: Acting, id: bigint): Promise<Result<JsonObject>> {
  const approval = await findApproval(deps.db, id);
  if (approval === undefined) return err("APPROVAL_NOT_FOUND");
  const applied = await applyKind(deps, acting, approval, approval.kind);
  if (!applied.ok) {
    const { code, detail } = applied.error;
    const failure: JsonObject = { failed: code, ...(detail === undefined ? {} : { detail }) };
    if (code !== "APPROVAL_NOT_OPEN") await setApprovalResult(deps.db, id, failure);
  }
  return applied;
}

async function applyKind<K extends ApprovalKind>(
  deps: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  kind: K,
): Promise<Result<JsonObject>> {
  const handler: Pick<KindHandler<ContentOf<K>>, "apply"> = kindHandlers[kind];
  // The stored content has the facts of the proposal beside what was asked for; the handler gets the latter.
  const { snapshot: _facts, ...asked } = approval.content;
  const content = approvalContents[kind].parse(asked) as ContentOf<K>;
  const { apply } = handler;
  if (apply.where === "door") {
    const envelope = apply.envelope(content, approval);
    return envelope.ok ? applyAtDoor(deps, acting, approval, envelope.value) : envelope;
  }
  if (apply.where === "steps") return apply.run({ deps, acting, content, approval });
  return withAudit(deps.db, acting, async (tx, note) => {
    const locked = await lockApproval(tx, approval.id);
    if (locked === undefined) return err("APPROVAL_NOT_FOUND");
    const event = { type: "apply", contentHash: approval.contentHash } as const;
    const allowed = decideApproval(approvalState(locked), event, deps.clock.now());
    if (!allowed.ok) return allowed;
    const done = await apply.run({
      tx,
      deps,
      content,
      approval,
      note: (one) => note({ ...one, approvalId: formatId("approval", approval.id) }),
    });
    if (!done.ok) return done;
    await applyApproval(tx, { ...appliedOf(approval, acting), result: done.value });
    note(applyNote(approval, done.value));
    return done;
  });
}

type DoorCommand =
  Extract<KindHandler<never>["apply"], { where: "door" }> extends {
    envelope: (...given: never[]) => Result<infer E>;
  }
    ? E
    : never;

async function applyAtDoor(
  deps: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  { command, requestId, alongside = [] }: DoorCommand,
): Promise<Result<JsonObject>> {
  const allowed = decideApproval(
    approvalState(approval),
    { type: "apply", contentHash: approval.contentHash },
    deps.clock.now(),
  );
  if (!allowed.ok) return allowed;
  const result: JsonObject = { requestId };
  const answer = await deps.lanes.submit({
    command,
    requestId,
    traceId: acting.traceId ?? "",
    actor: `${acting.actorKind}:${acting.actorId}`,
    alongside: [
      ...alongside,
      {
        statement: applyApprovalStatement,
        values: applyApprovalValues({ ...appliedOf(approval, acting), result }),
      },
      {
        statement: writeAuditStatement,
        values: auditStatementValues(auditEntryOf(acting, applyNote(approval, result))),
      },
    ],
  });
  if (answer.kind === "failed") {
    // Somebody else may have applied it at the same moment: then the door refused the second time.
    const now = await findApproval(deps.db, approval.id);
    return now?.status === "APPLIED" ? err("APPROVAL_NOT_OPEN") : { ok: false, error: answer.failure };
  }
  const { outcome, answer: text } = answer.ran;
  if (outcome.kind === "refused") return { ok: false, error: outcome.decision.failure };
  return ok({ ...(text === null ? {} : (JSON.parse(text) as JsonObject)), ...result });
}
