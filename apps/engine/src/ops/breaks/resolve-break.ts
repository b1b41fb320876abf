/**
 * The end of a break under four eyes. What is proposed is the break as it stands, with exactly what is posted; whoever
 * approves has it carried out in one transaction with the step of the break, which the database takes with the proposal.
 */
import { applyApproval, applyApprovalStatement, applyApprovalValues } from "@pitboss/db/identity/approval-store";
import { auditStatementValues, writeAuditStatement } from "@pitboss/db/audit/write-audit";
import { lockApproval, type ApprovalRecord } from "@pitboss/db/identity/approval-store";
import { type BreakRecord, type BreakSide, findBreak, lockBreak, moveBreak } from "@pitboss/db/ops/break-store";
import { decideApproval } from "@pitboss/domain/identity/approval-machine";
import type { ProposedMoney } from "@pitboss/domain/identity/approval-policy";
import { canonicalJson, type JsonObject } from "@pitboss/domain/kernel/json";
import { formatId, parseId } from "@pitboss/domain/kernel/public-id";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import {
  type RoundCorrection,
  sayCorrection,
  sumCorrections,
} from "@pitboss/domain/gaming/reconciliation/plan-corrections";
import { type BreakResolutionContent, checkResolution, type HousePosting } from "@pitboss/domain/ops/breaks/resolution";
import { formatMinor, parseAmount } from "@pitboss/domain/wallet/money";
import { randomUUID } from "node:crypto";
import { type Acting, auditEntryOf } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { throwFailure } from "../../edge/trpc/failure.ts";
import { hash64, requestKey } from "../../gaming/request-key.ts";
import { approvalState } from "../../identity/approvals/approval-view.ts";
import { appliedOf, applyNote } from "../../identity/approvals/finish-approval.ts";
import type { KindHandler } from "../../identity/approvals/kind-handler.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { AskedResolution } from "./break-handler.ts";
import { breakHandlers } from "./break-handlers.ts";

export interface ResolutionInput extends AskedResolution {
  readonly found: BreakRecord;
  readonly reason: string;
}

export const resolutionHandler: KindHandler<BreakResolutionContent, ResolutionInput> = {
  async describe(deps, { found, reason, ...asked }, maker) {
    const allowed = checkResolution(found, asked.method);
    if (!allowed.ok) return allowed;
    const planned = await breakHandlers[found.source].plan(deps, found, asked);
    if (!planned.ok) return planned;
    const { posting, matches, corrections = [] } = planned.value;
    const content: BreakResolutionContent = {
      ...contentOf(found),
      method: asked.method,
      posting,
      matches: [...matches],
      corrections: [...corrections],
      reason,
    };
    const breakId = formatId("break", found.id);
    return ok({
      content,
      summary: `${asked.method} ${breakId} (${found.type}, ${found.scope})${sayMoney(posting, corrections)}`,
      subject: { kind: "break", id: breakId },
      sums: corrections.length > 0 ? sumCorrections(corrections) : sumsOf(found, posting),
      attach: async (tx, approvalId) => {
        const now = await lockBreak(tx, found.id);
        // Somebody else may have proposed at the same moment, or a run may have found other amounts.
        if (now === undefined || canonicalJson(contentOf(now)) !== canonicalJson(contentOf(found))) {
          return throwFailure({ code: "BREAK_NOT_OPEN", detail: "It has changed meanwhile; look at it again." });
        }
        if (now.state === "PROPOSED")
          return throwFailure({ code: "BREAK_NOT_OPEN", detail: "It is proposed already." });
        await moveBreak(tx, {
          id: found.id,
          from: now.state,
          event: "propose",
          actor: `staff:${formatId("staff", maker.staffId)}`,
          note: reason,
          details: { approval: formatId("approval", approvalId), method: asked.method },
          ownerId: now.ownerId ?? maker.staffId,
          approvalId,
        });
      },
    });
  },
  apply: {
    where: "steps",
    async run({ deps, acting, content, approval }) {
      const found = await findBreak(deps.db, parseId("break", content.breakId) ?? 0n);
      const stands = checkStands(found, approval, content);
      if (!stands.ok || found === undefined) return stands.ok ? err("BREAK_NOT_FOUND") : stands;
      const handler = breakHandlers[found.source];
      if (content.corrections.length > 0 && handler.correct !== undefined) {
        return handler.correct(deps, { acting, approval, found, content });
      }
      return content.posting === null
        ? applyWithoutMoney(deps, acting, approval, content)
        : applyAtDoor(deps, acting, approval, content.posting);
    },
  },
};

/** What the proposal is bound to: other amounts are another break to decide on. */
function contentOf(
  found: BreakRecord,
): Pick<BreakResolutionContent, "breakId" | "source" | "type" | "key" | "expected" | "got"> {
  return {
    breakId: formatId("break", found.id),
    source: found.source,
    type: found.type,
    key: found.key,
    expected: sideOf(found.expected),
    got: sideOf(found.got),
  };
}

function sideOf(side: BreakSide | null): BreakResolutionContent["expected"] {
  return side === null ? null : { amount: formatMinor(side.amount, side.currency), currency: side.currency };
}

function checkStands(
  found: BreakRecord | undefined,
  approval: ApprovalRecord,
  content: BreakResolutionContent,
): Result<undefined, Failure<"BREAK_NOT_FOUND" | "APPROVAL_CHANGED">> {
  if (found === undefined) return err("BREAK_NOT_FOUND");
  const { method: _m, posting: _p, matches: _s, corrections: _c, reason: _r, ...bound } = content;
  const same = canonicalJson(bound) === canonicalJson(contentOf(found));
  if (!same || found.state !== "PROPOSED" || found.approvalId !== approval.id) {
    return err("APPROVAL_CHANGED", "The break is no longer as it was when this was proposed.");
  }
  return ok(undefined);
}

/** A policy's thresholds go by what is posted; without a posting by what the sides differ by. */
function sumsOf({ expected, got }: BreakRecord, posting: HousePosting | null): readonly ProposedMoney[] {
  if (posting !== null) {
    const amount = parseAmount(posting.amount, posting.currency);
    return amount.ok ? [{ amount: amount.value, currency: posting.currency }] : [];
  }
  if (expected !== null && got !== null && expected.currency !== got.currency) {
    return [expected, got].map(({ amount, currency }) => ({ amount: magnitude(amount), currency }));
  }
  const currency = (got ?? expected)?.currency;
  if (currency === undefined) return [];
  return [{ amount: magnitude((got?.amount ?? 0n) - (expected?.amount ?? 0n)), currency }];
}

function magnitude(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

function sayMoney(posting: HousePosting | null, corrections: readonly RoundCorrection[]): string {
  if (posting !== null) return `: ${sayPosting(posting)}`;
  return corrections.length === 0 ? "" : `: ${corrections.map(sayCorrection).join(", ")}`;
}

function sayPosting({ amount, currency, from, to }: HousePosting): string {
  const name = ({ kind, qualifier }: HousePosting["from"]): string =>
    qualifier === "" ? kind : `${kind}[${qualifier}]`;
  return `${amount} ${currency} from ${name(from)} to ${name(to)}`;
}

async function applyAtDoor(
  { lanes, clock }: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  posting: HousePosting,
): Promise<Result<JsonObject>> {
  const allowed = decideApproval(
    approvalState(approval),
    { type: "apply", contentHash: approval.contentHash },
    clock.now(),
  );
  if (!allowed.ok) return allowed;
  const amount = parseAmount(posting.amount, posting.currency);
  if (!amount.ok) return amount;
  const approvalId = formatId("approval", approval.id);
  const requestId = `${approvalId}:post`;
  const result: JsonObject = { requestId, posted: sayPosting(posting) };
  const { type, currency, from, to } = posting;
  const answer = await lanes.submit({
    requestId,
    traceId: acting.traceId ?? randomUUID(),
    actor: `${acting.actorKind}:${acting.actorId}`,
    command: {
      type: "post",
      playerId: 0n,
      requestKey: requestKey("approvals", requestId),
      bodyHash: hash64(approval.contentHash),
      post: { type, currency, amount: amount.value, from, to, details: { approvalId, breakId: approval.subjectId } },
    },
    alongside: [
      { statement: applyApprovalStatement, values: applyApprovalValues({ ...appliedOf(approval, acting), result }) },
      {
        statement: writeAuditStatement,
        values: auditStatementValues(auditEntryOf(acting, applyNote(approval, result))),
      },
    ],
  });
  // The step of the break fails where a run has taken the proposal back meanwhile, and nothing is posted then.
  if (answer.kind === "failed") return { ok: false, error: answer.failure };
  const { outcome, answer: text } = answer.ran;
  if (outcome.kind === "refused") return { ok: false, error: outcome.decision.failure };
  return ok({ ...(text === null ? {} : (JSON.parse(text) as JsonObject)), ...result });
}

function applyWithoutMoney(
  deps: StaffDeps,
  acting: Acting,
  approval: ApprovalRecord,
  content: BreakResolutionContent,
): Promise<Result<JsonObject>> {
  return withAudit(deps.db, acting, async (tx, note) => {
    const locked = await lockApproval(tx, approval.id);
    if (locked === undefined) return err("APPROVAL_NOT_FOUND");
    const event = { type: "apply", contentHash: approval.contentHash } as const;
    const allowed = decideApproval(approvalState(locked), event, deps.clock.now());
    if (!allowed.ok) return allowed;
    const found = await lockBreak(tx, parseId("break", content.breakId) ?? 0n);
    const stands = checkStands(found, approval, content);
    if (!stands.ok || found === undefined) return stands.ok ? err("BREAK_NOT_FOUND") : stands;
    const settled = await breakHandlers[found.source].settle(tx, found, content);
    if (!settled.ok) return settled;
    const result: JsonObject = { method: content.method, matches: content.matches };
    await applyApproval(tx, { ...appliedOf(approval, acting), result });
    note(applyNote(approval, result));
    return ok(result);
  });
}
