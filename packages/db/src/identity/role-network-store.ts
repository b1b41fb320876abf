/** From which networks a role may be used. A role without a row may be used from anywhere. */
import type { Role } from "@pitboss/domain/identity/roles";
import { and, eq, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { roleNetworks } from "./role-networks.schema.ts";

export async function listRoleNetworks(db: Executor): Promise<{ readonly role: string; readonly network: string }[]> {
  return db.select().from(roleNetworks).orderBy(roleNetworks.role, roleNetworks.network);
}

/** Of these roles, those that may be used from this address; PostgreSQL compares networks itself. */
export async function listUsableRoles(db: Executor, roles: readonly Role[], ip: string | null): Promise<Set<string>> {
  const rows = await queryRows<{ role: string }>(
    db,
    sql`SELECT r.role FROM unnest(${`{${roles.join(",")}}`}::text[]) AS r (role)
         WHERE NOT EXISTS (SELECT FROM role_networks n WHERE n.role = r.role)
            OR EXISTS (SELECT FROM role_networks n WHERE n.role = r.role AND ${ip}::inet <<= n.network)`,
  );
  return new Set(rows.map(({ role }) => role));
}

export async function insertRoleNetwork(db: Executor, role: Role, network: string): Promise<boolean> {
  const rows = await db.insert(roleNetworks).values({ role, network }).onConflictDoNothing().returning();
  return rows.length === 1;
}

export async function deleteRoleNetwork(db: Executor, role: Role, network: string): Promise<boolean> {
  const rows = await db
    .delete(roleNetworks)
    .where(and(eq(roleNetworks.role, role), eq(roleNetworks.network, network)))
    .returning();
  return rows.length === 1;
}
