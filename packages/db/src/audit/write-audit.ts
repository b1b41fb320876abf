/** Writes rows of the audit log, in the transaction of what they describe. */
import type { ActorKind, Channel } from "@pitboss/domain/audit/audit-entry";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import type { Executor } from "../kernel/executor.ts";
import type { Statement } from "../kernel/session.ts";
import { auditLog } from "./audit-log.schema.ts";

export interface NewAudit {
  readonly actorKind: ActorKind;
  readonly actorId: string;
  readonly actingAs: readonly string[];
  readonly channel: Channel;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly reason: string | null;
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly approvalId: string | null;
  readonly traceId: string | null;
}

export async function writeAudit(db: Executor, entries: readonly NewAudit[]): Promise<void> {
  await db.insert(auditLog).values(entries.map((entry) => ({ ...entry, actingAs: [...entry.actingAs] })));
}

/** The same row as a statement that the ledger's door writes along with a command. */
export const writeAuditStatement: Statement = {
  name: "write-audit",
  text: `INSERT INTO audit_log (actor_kind, actor_id, acting_as, channel, session_id, ip, user_agent, action, subject_kind,
                                subject_id, reason, before, after, approval_id, trace_id)
         SELECT e.actor_kind, e.actor_id, ARRAY(SELECT jsonb_array_elements_text(e.acting_as)), e.channel, e.session_id, e.ip,
                e.user_agent, e.action, e.subject_kind, e.subject_id, e.reason, e.before, e.after, e.approval_id, e.trace_id
           FROM jsonb_to_record($1::jsonb) AS e (actor_kind text, actor_id text, acting_as jsonb, channel text, session_id text,
                ip inet, user_agent text, action text, subject_kind text, subject_id text, reason text, before jsonb, after jsonb,
                approval_id text, trace_id uuid)`,
};

export function auditStatementValues(entry: NewAudit): readonly string[] {
  return [
    JSON.stringify({
      actor_kind: entry.actorKind,
      actor_id: entry.actorId,
      acting_as: entry.actingAs,
      channel: entry.channel,
      session_id: entry.sessionId,
      ip: entry.ip,
      user_agent: entry.userAgent,
      action: entry.action,
      subject_kind: entry.subjectKind,
      subject_id: entry.subjectId,
      reason: entry.reason,
      before: entry.before,
      after: entry.after,
      approval_id: entry.approvalId,
      trace_id: entry.traceId,
    }),
  ];
}
