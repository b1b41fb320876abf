/**
 * One engine at a time for work that several could do, by locks that the database releases when their holder's
 * connection ends. Losing the connection is losing the lead.
 */
import type { Session } from "@pitboss/db/kernel/session";
import { createSteadySession } from "./steady-session.ts";

export interface Leadership {
  /** True where this engine leads, or has just become the leader. */
  holds(name: string): Promise<boolean>;
  close(): Promise<void>;
}

/** 7204 says that the lock is one of these; the name's hash tells them apart. */
const tryLock = { name: "try-lead", text: "SELECT pg_try_advisory_lock(7204, hashtext($1))" };

export function createLeadership(options: { databaseUrl: string; applicationName: string }): Leadership {
  const steady = createSteadySession(options);
  const held = new Map<string, Session>();
  return {
    holds: (name) =>
      steady.use(async (session) => {
        if (held.get(name) === session) return true;
        const { rows } = await session.run(tryLock, [name]);
        const leads = rows[0]?.[0] === "t";
        if (leads) held.set(name, session);
        else held.delete(name);
        return leads;
      }),
    close: () => steady.close(),
  };
}
