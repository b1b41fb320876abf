/** One row of the audit log: who, as what, from where, did what to what, why, and what changed. */
import type { JsonObject } from "../kernel/json.ts";

export const actorKinds = ["staff", "player", "machine", "job", "system"] as const;
export type ActorKind = (typeof actorKinds)[number];

/** The way in that was used. */
export const channels = ["console", "cli", "api", "job"] as const;
export type Channel = (typeof channels)[number];

export interface AuditEntry {
  readonly id: string;
  /** ISO 8601 with microseconds, UTC. */
  readonly at: string;
  readonly actorKind: ActorKind;
  readonly actorId: string;
  /** The roles or scopes that the actor acted under. */
  readonly actingAs: readonly string[];
  readonly channel: Channel;
  readonly sessionId: string | null;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The permission or procedure in words, `player.lock`. */
  readonly action: string;
  readonly subjectKind: string;
  readonly subjectId: string;
  readonly reason: string | null;
  /** Changed fields with personal data masked. */
  readonly before: JsonObject | null;
  readonly after: JsonObject | null;
  readonly approvalId: string | null;
  readonly traceId: string | null;
}
