/** Who acts, as what and from where: what every audit row begins with. */
import type { NewAudit } from "@pitboss/db/audit/write-audit";
import type { ActorKind, Channel } from "@pitboss/domain/audit/audit-entry";
import type { JsonObject } from "@pitboss/domain/kernel/json";

export interface Acting {
  readonly actorKind: ActorKind;
  readonly actorId: string;
  /** Roles of staff, scopes of a machine. */
  readonly actingAs: readonly string[];
  readonly channel: Channel;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly traceId: string | null;
}

export interface AuditNote {
  /** What was done, `player.lock`; in words that stay the same for ever. */
  readonly action: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly reason?: string | undefined;
  /** Only what changed, personal data masked. */
  readonly before?: JsonObject | undefined;
  readonly after?: JsonObject | undefined;
  readonly approvalId?: string | undefined;
}

export function auditEntryOf(acting: Acting, note: AuditNote): NewAudit {
  return {
    ...acting,
    action: note.action,
    subjectKind: note.subject.kind,
    subjectId: note.subject.id,
    reason: note.reason ?? null,
    before: note.before ?? null,
    after: note.after ?? null,
    approvalId: note.approvalId ?? null,
  };
}

/** The house itself, where a rule of it decided and nobody was asked. */
export function systemActing(name: string): Acting {
  return { ...jobActing(name), actorKind: "system" };
}

/** A job of the engine itself, by its name. */
export function jobActing(name: string): Acting {
  return {
    actorKind: "job",
    actorId: name,
    actingAs: [],
    channel: "job",
    sessionId: null,
    ip: null,
    userAgent: null,
    traceId: null,
  };
}
