/** Sessions of staff: what a cookie's secret stands for, and what can be ended. */
import { isRole, type Role } from "@pitboss/domain/identity/roles";
import { and, desc, eq, isNull, lt, ne, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import { type SecondFactor, staffSessions } from "./staff-sessions.schema.ts";

export interface NewStaffSession {
  readonly hash: Buffer;
  readonly staffId: bigint;
  readonly channel: "console" | "cli";
  readonly now: Date;
  readonly secondFactor: SecondFactor;
  readonly secondFactorAt: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
}

export async function insertStaffSession(db: Executor, { now, ...session }: NewStaffSession): Promise<bigint> {
  const [row] = await db
    .insert(staffSessions)
    .values({ ...session, createdAt: now, lastSeenAt: now })
    .returning({ id: staffSessions.id });
  if (row === undefined) throw new Error("an inserted session has an id");
  return row.id;
}

/** A session with whom it belongs to and the roles that they have at this moment. */
export interface SessionOwner {
  readonly sessionId: bigint;
  readonly channel: "console" | "cli";
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly revokedAt: Date | null;
  readonly secondFactor: SecondFactor;
  readonly secondFactorAt: Date;
  readonly userAgent: string | null;
  readonly staffId: bigint;
  readonly email: string;
  readonly name: string;
  readonly status: string;
  readonly roles: readonly Role[];
}

interface Row {
  readonly id: string;
  readonly channel: "console" | "cli";
  readonly created_at: string;
  readonly last_seen_at: string;
  readonly revoked_at: string | null;
  readonly second_factor: SecondFactor;
  readonly second_factor_at: string;
  readonly user_agent: string | null;
  readonly staff_id: string;
  readonly email: string;
  readonly name: string;
  readonly status: string;
  readonly roles: string[];
}

export async function findSessionOwner(
  db: Executor,
  by: { readonly hash: Buffer } | { readonly id: bigint },
): Promise<SessionOwner | undefined> {
  const [row] = await queryRows<Row>(
    db,
    sql`SELECT x.id, x.channel, x.created_at, x.last_seen_at, x.revoked_at, x.second_factor, x.second_factor_at, x.user_agent,
               s.id AS staff_id, s.email, s.name, s.status,
               ARRAY(SELECT role FROM staff_roles r WHERE r.staff_id = s.id ORDER BY role) AS roles
          FROM staff_sessions x JOIN staff s ON s.id = x.staff_id
         WHERE ${"hash" in by ? sql`x.hash = ${by.hash}` : sql`x.id = ${by.id}`}`,
  );
  if (row === undefined) return undefined;
  return {
    sessionId: BigInt(row.id),
    channel: row.channel,
    createdAt: readInstant(row.created_at),
    lastSeenAt: readInstant(row.last_seen_at),
    revokedAt: readInstantOrNull(row.revoked_at),
    secondFactor: row.second_factor,
    secondFactorAt: readInstant(row.second_factor_at),
    userAgent: row.user_agent,
    staffId: BigInt(row.staff_id),
    email: row.email,
    name: row.name,
    status: row.status,
    roles: row.roles.filter(isRole),
  };
}

/** Moves the idle limit on, at most once in `everyMs`: a page of queries should not write a row for each. */
export async function touchSession(db: Executor, id: bigint, now: Date, everyMs: number): Promise<void> {
  await db
    .update(staffSessions)
    .set({ lastSeenAt: now })
    .where(and(eq(staffSessions.id, id), lt(staffSessions.lastSeenAt, new Date(now.getTime() - everyMs))));
}

export async function recordSecondFactor(db: Executor, id: bigint, factor: SecondFactor, now: Date): Promise<void> {
  await db.update(staffSessions).set({ secondFactor: factor, secondFactorAt: now }).where(eq(staffSessions.id, id));
}

export interface SessionRecord {
  readonly id: bigint;
  readonly staffId: bigint;
  readonly channel: "console" | "cli";
  readonly createdAt: Date;
  readonly lastSeenAt: Date;
  readonly secondFactor: SecondFactor;
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly revokedAt: Date | null;
  readonly revokedFor: string | null;
}

export async function listStaffSessions(db: Executor, staffId: bigint, limit: number): Promise<SessionRecord[]> {
  return db
    .select()
    .from(staffSessions)
    .where(eq(staffSessions.staffId, staffId))
    .orderBy(desc(staffSessions.id))
    .limit(limit);
}

/** Ends one session of a person; false where it is not theirs or has ended. */
export async function revokeStaffSession(
  db: Executor,
  session: { readonly id: bigint; readonly staffId: bigint },
  now: Date,
  why: string,
): Promise<boolean> {
  const gone = await db
    .update(staffSessions)
    .set({ revokedAt: now, revokedFor: why })
    .where(
      and(
        eq(staffSessions.id, session.id),
        eq(staffSessions.staffId, session.staffId),
        isNull(staffSessions.revokedAt),
      ),
    )
    .returning({ id: staffSessions.id });
  return gone.length === 1;
}

/** Ends all of a person's sessions, but for `keep`; how many there were. */
export async function revokeStaffSessions(
  db: Executor,
  staffId: bigint,
  now: Date,
  why: string,
  keep?: bigint,
): Promise<number> {
  const gone = await db
    .update(staffSessions)
    .set({ revokedAt: now, revokedFor: why })
    .where(
      and(
        eq(staffSessions.staffId, staffId),
        isNull(staffSessions.revokedAt),
        ...(keep === undefined ? [] : [ne(staffSessions.id, keep)]),
      ),
    )
    .returning({ id: staffSessions.id });
  return gone.length;
}
