import type { SessionRecord } from "@pitboss/db/identity/staff-session-store";
import { sessionLimits, sessionState } from "@pitboss/domain/identity/session-limits";
import { formatId } from "@pitboss/domain/kernel/public-id";

export interface StaffSession {
  readonly sessionId: string;
  readonly channel: "console" | "cli";
  readonly state: "LIVE" | "IDLE" | "EXPIRED" | "REVOKED";
  readonly current: boolean;
  readonly createdAt: string;
  readonly lastSeenAt: string;
  readonly endsAt: string;
  readonly secondFactor: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly revokedFor: string | null;
}

export function presentSession(session: SessionRecord, current: bigint | undefined, nowMs: number): StaffSession {
  const kind = session.channel === "cli" ? "cli" : "staff";
  const times = {
    createdAtMs: session.createdAt.getTime(),
    lastSeenAtMs: session.lastSeenAt.getTime(),
    revoked: session.revokedAt !== null,
  };
  return {
    sessionId: formatId("staffSession", session.id),
    channel: session.channel,
    state: sessionState(kind, times, nowMs),
    current: session.id === current,
    createdAt: session.createdAt.toISOString(),
    lastSeenAt: session.lastSeenAt.toISOString(),
    endsAt: new Date(times.createdAtMs + sessionLimits[kind].absoluteMs).toISOString(),
    secondFactor: session.secondFactor,
    ip: session.ip,
    userAgent: session.userAgent,
    revokedFor: session.revokedFor,
  };
}
