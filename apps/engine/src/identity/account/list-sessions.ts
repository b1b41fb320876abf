import { listAttempts } from "@pitboss/db/identity/sign-in-records";
import { listStaffSessions } from "@pitboss/db/identity/staff-session-store";
import { staffProcedure } from "../../edge/trpc/procedure.ts";
import { presentSession, type StaffSession } from "./present-session.ts";

const most = 50;

export interface OwnSessions {
  readonly sessions: readonly StaffSession[];
  readonly signIns: readonly {
    readonly at: string;
    readonly ip: string | null;
    readonly userAgent: string | null;
    readonly outcome: string;
  }[];
}

/** One's own sessions and sign-in attempts, newest first. */
export const listSessions = staffProcedure("account.own").query(async ({ ctx }): Promise<OwnSessions> => {
  const { staff, deps } = ctx;
  const [sessions, attempts] = await Promise.all([
    listStaffSessions(deps.db, staff.staffId, most),
    listAttempts(deps.db, "staff", staff.staffId, most),
  ]);
  return {
    sessions: sessions.map((session) => presentSession(session, staff.sessionId, deps.clock.now())),
    signIns: attempts.map(({ at, ip, userAgent, outcome }) => ({ at: at.toISOString(), ip, userAgent, outcome })),
  };
});
