/** Staff, their roles and invitations. */
import { isRole, type Role } from "@pitboss/domain/identity/roles";
import { and, eq, isNull, type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows, readInstant, readInstantOrNull } from "../kernel/executor.ts";
import { staffInvitations } from "./staff-invitations.schema.ts";
import { staffRoles } from "./staff-roles.schema.ts";
import { staff } from "./staff.schema.ts";

export type StaffStatus = "INVITED" | "ACTIVE" | "SUSPENDED";

export interface StaffRecord {
  readonly id: bigint;
  readonly email: string;
  readonly name: string;
  readonly status: StaffStatus;
  readonly roles: readonly Role[];
  readonly createdAt: Date;
  /** When they last did something; null where they never signed in. */
  readonly lastSeenAt: Date | null;
  readonly factors: { readonly totp: boolean; readonly passkeys: number; readonly recoveryCodes: number };
}

interface Row {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly status: StaffStatus;
  readonly roles: string[];
  readonly created_at: string;
  readonly last_seen_at: string | null;
  readonly totp: boolean;
  readonly passkeys: string;
  readonly recovery_codes: string;
}

const columns = sql`
  s.id, s.email, s.name, s.status, s.created_at,
  ARRAY(SELECT role FROM staff_roles r WHERE r.staff_id = s.id ORDER BY role) AS roles,
  (SELECT last_seen_at FROM staff_sessions x WHERE x.staff_id = s.id ORDER BY x.id DESC LIMIT 1) AS last_seen_at,
  EXISTS (SELECT FROM staff_totp t WHERE t.staff_id = s.id AND t.confirmed_at IS NOT NULL) AS totp,
  (SELECT count(*) FROM staff_passkeys p WHERE p.staff_id = s.id) AS passkeys,
  (SELECT count(*) FROM staff_recovery_codes c WHERE c.staff_id = s.id AND c.used_at IS NULL) AS recovery_codes`;

export interface StaffFilter {
  readonly status?: StaffStatus | undefined;
  readonly role?: Role | undefined;
  /** Part of a name or an address. */
  readonly text?: string | undefined;
  readonly after?: bigint | undefined;
  readonly limit: number;
}

export async function listStaff(db: Executor, filter: StaffFilter): Promise<StaffRecord[]> {
  const conditions: SQL[] = [sql`s.id > ${filter.after ?? 0n}`];
  if (filter.status !== undefined) conditions.push(sql`s.status = ${filter.status}`);
  if (filter.role !== undefined) {
    conditions.push(sql`EXISTS (SELECT FROM staff_roles r WHERE r.staff_id = s.id AND r.role = ${filter.role})`);
  }
  if (filter.text !== undefined) {
    const pattern = `%${filter.text.toLowerCase().replace(/[\\%_]/g, "\\$&")}%`;
    conditions.push(sql`(s.email LIKE ${pattern} OR lower(s.name) LIKE ${pattern})`);
  }
  const rows = await queryRows<Row>(
    db,
    sql`SELECT ${columns} FROM staff s WHERE ${sql.join(conditions, sql` AND `)} ORDER BY s.id LIMIT ${filter.limit}`,
  );
  return rows.map(readStaff);
}

export async function findStaff(db: Executor, id: bigint): Promise<StaffRecord | undefined> {
  const [row] = await queryRows<Row>(db, sql`SELECT ${columns} FROM staff s WHERE s.id = ${id}`);
  return row && readStaff(row);
}

export interface StaffCredentials {
  readonly id: bigint;
  readonly name: string;
  readonly email: string;
  readonly status: StaffStatus;
  readonly passwordHash: string | null;
}

export async function findStaffByEmail(db: Executor, email: string): Promise<StaffCredentials | undefined> {
  const [row] = await db.select().from(staff).where(eq(staff.email, email));
  return row;
}

export async function findStaffCredentials(db: Executor, id: bigint): Promise<StaffCredentials | undefined> {
  const [row] = await db.select().from(staff).where(eq(staff.id, id));
  return row;
}

/** Names by id, for lists that show who did something. */
export async function listStaffNames(db: Executor, ids: readonly bigint[]): Promise<Map<bigint, string>> {
  if (ids.length === 0) return new Map();
  const rows = await queryRows<{ id: string; name: string }>(
    db,
    sql`SELECT id, name FROM staff WHERE id = ANY(${`{${[...new Set(ids)].join(",")}}`}::bigint[])`,
  );
  return new Map(rows.map(({ id, name }) => [BigInt(id), name]));
}

export interface NewStaff {
  readonly email: string;
  readonly name: string;
  readonly invitedBy: bigint | null;
}

/** Undefined where somebody has this address already. */
export async function insertStaff(db: Executor, values: NewStaff): Promise<bigint | undefined> {
  const [row] = await db.insert(staff).values(values).onConflictDoNothing().returning({ id: staff.id });
  return row?.id;
}

export async function setStaffStatus(db: Executor, id: bigint, status: StaffStatus): Promise<void> {
  await db.update(staff).set({ status }).where(eq(staff.id, id));
}

/** Sets the password; whoever was only invited is active from here on. */
export async function setStaffPassword(db: Executor, id: bigint, passwordHash: string): Promise<void> {
  await db
    .update(staff)
    .set({ passwordHash, status: sql`CASE WHEN ${staff.status} = 'INVITED' THEN 'ACTIVE' ELSE ${staff.status} END` })
    .where(eq(staff.id, id));
}

export interface NewRole {
  readonly staffId: bigint;
  readonly role: Role;
  readonly grantedBy: bigint | null;
  readonly approvalId: bigint | null;
}

/** One statement, so that a new house's first roles come together (the database asks for approvals afterwards). */
export async function insertRoles(db: Executor, roles: readonly NewRole[]): Promise<void> {
  await db.insert(staffRoles).values([...roles]);
}

export async function deleteRole(db: Executor, staffId: bigint, role: Role): Promise<boolean> {
  const gone = await db
    .delete(staffRoles)
    .where(and(eq(staffRoles.staffId, staffId), eq(staffRoles.role, role)))
    .returning({ role: staffRoles.role });
  return gone.length === 1;
}

/** Active admins other than this one. Locks their rows, so that two who leave at once do not both count on the other. */
export async function countOtherAdmins(db: Executor, staffId: bigint): Promise<number> {
  const rows = await queryRows<{ id: string }>(
    db,
    sql`SELECT s.id FROM staff s JOIN staff_roles r ON r.staff_id = s.id AND r.role = 'admin'
         WHERE s.status = 'ACTIVE' ORDER BY s.id FOR NO KEY UPDATE OF s`,
  );
  return rows.filter(({ id }) => BigInt(id) !== staffId).length;
}

export async function insertInvitation(
  db: Executor,
  invitation: { readonly hash: Buffer; readonly staffId: bigint; readonly expiresAt: Date },
): Promise<void> {
  await db.insert(staffInvitations).values(invitation);
}

/** Uses an invitation up; undefined where it is unknown, used or over. */
export async function takeInvitation(db: Executor, hash: Buffer, now: Date): Promise<bigint | undefined> {
  const [row] = await db
    .update(staffInvitations)
    .set({ usedAt: now })
    .where(
      and(
        eq(staffInvitations.hash, hash),
        isNull(staffInvitations.usedAt),
        sql`${staffInvitations.expiresAt} > ${now}`,
      ),
    )
    .returning({ staffId: staffInvitations.staffId });
  return row?.staffId;
}

export async function findInvited(
  db: Executor,
  hash: Buffer,
  now: Date,
): Promise<{ readonly staffId: bigint; readonly email: string; readonly name: string } | undefined> {
  const [row] = await db
    .select({ staffId: staff.id, email: staff.email, name: staff.name })
    .from(staffInvitations)
    .innerJoin(staff, eq(staff.id, staffInvitations.staffId))
    .where(
      and(
        eq(staffInvitations.hash, hash),
        isNull(staffInvitations.usedAt),
        sql`${staffInvitations.expiresAt} > ${now}`,
      ),
    );
  return row;
}

export async function isHouseEmpty(db: Executor): Promise<boolean> {
  const rows = await queryRows<object>(db, sql`SELECT FROM staff LIMIT 1`);
  return rows.length === 0;
}

function readStaff(row: Row): StaffRecord {
  return {
    id: BigInt(row.id),
    email: row.email,
    name: row.name,
    status: row.status,
    roles: row.roles.filter(isRole),
    createdAt: readInstant(row.created_at),
    lastSeenAt: readInstantOrNull(row.last_seen_at),
    factors: { totp: row.totp, passkeys: Number(row.passkeys), recoveryCodes: Number(row.recovery_codes) },
  };
}
