/** Opens a session of staff, with its audit row. The secret is shown once, to whoever just gave a second factor. */
import { insertStaffSession } from "@pitboss/db/identity/staff-session-store";
import type { SecondFactor } from "@pitboss/db/identity/staff-sessions.schema";
import type { Transaction } from "@pitboss/db/kernel/executor";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { TakeNote } from "../../audit/with-audit.ts";
import type { From } from "./from.ts";
import { hashSecret, newSecret } from "./secrets.ts";

export interface OpenedSession {
  /** What the console's cookie or the terminal keeps. */
  readonly session: string;
  readonly sessionId: string;
  readonly staffId: string;
}

export interface OpenSession {
  readonly staffId: bigint;
  readonly channel: "console" | "cli";
  readonly secondFactor: SecondFactor;
  readonly from: From;
  readonly now: Date;
}

export async function openSession(tx: Transaction, note: TakeNote, open: OpenSession): Promise<OpenedSession> {
  const { staffId, channel, secondFactor, from, now } = open;
  const session = newSecret("session");
  const id = await insertStaffSession(tx, {
    hash: hashSecret(session),
    staffId,
    channel,
    now,
    secondFactor,
    secondFactorAt: now,
    ip: from.ip,
    userAgent: from.userAgent,
  });
  note({
    action: "session.sign-in",
    subject: { kind: "staff", id: formatId("staff", staffId) },
    after: { session: formatId("staffSession", id), secondFactor, channel },
  });
  return { session, sessionId: formatId("staffSession", id), staffId: formatId("staff", staffId) };
}
