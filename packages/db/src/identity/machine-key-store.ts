/** Keys of other tools and game servers. */
import { and, desc, eq, isNull, lt, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { machineKeys } from "./machine-keys.schema.ts";

export interface MachineKeyRecord {
  readonly id: bigint;
  readonly name: string;
  readonly scopes: string[];
  readonly networks: string[];
  readonly createdAt: Date;
  readonly createdBy: bigint | null;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
}

export async function listMachineKeys(
  db: Executor,
  filter: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<MachineKeyRecord[]> {
  return db
    .select()
    .from(machineKeys)
    .where(filter.before === undefined ? undefined : lt(machineKeys.id, filter.before))
    .orderBy(desc(machineKeys.id))
    .limit(filter.limit);
}

export interface NewMachineKey {
  readonly name: string;
  readonly hash: Buffer;
  readonly scopes: readonly string[];
  readonly networks: readonly string[];
  readonly expiresAt: Date;
  readonly createdBy: bigint;
}

export async function insertStaffMachineKey(db: Executor, key: NewMachineKey): Promise<bigint> {
  const [row] = await db
    .insert(machineKeys)
    .values({ ...key, scopes: [...key.scopes], networks: [...key.networks] })
    .returning({ id: machineKeys.id });
  if (row === undefined) throw new Error("an inserted key has an id");
  return row.id;
}

export async function revokeMachineKey(db: Executor, id: bigint, now: Date): Promise<boolean> {
  const rows = await db
    .update(machineKeys)
    .set({ revokedAt: now })
    .where(and(eq(machineKeys.id, id), isNull(machineKeys.revokedAt)))
    .returning({ id: machineKeys.id });
  return rows.length === 1;
}

export interface UsableMachineKey {
  readonly id: bigint;
  readonly name: string;
  readonly scopes: readonly string[];
}

/** A key that is neither revoked nor over, used from one of its networks. Notes the use, once a minute at most. */
export async function useMachineKey(
  db: Executor,
  hash: Buffer,
  ip: string | null,
  now: Date,
): Promise<UsableMachineKey | undefined> {
  const [row] = await queryRows<{ id: string; name: string; scopes: string[]; stale: boolean }>(
    db,
    sql`SELECT id, name, scopes, last_used_at IS NULL OR last_used_at < ${now}::timestamptz - interval '1 minute' AS stale
          FROM machine_keys
         WHERE hash = ${hash} AND revoked_at IS NULL AND expires_at > ${now}
           AND (networks = '{}' OR EXISTS (SELECT FROM unnest(networks) AS network WHERE ${ip}::inet <<= network))`,
  );
  if (row === undefined) return undefined;
  const id = BigInt(row.id);
  if (row.stale) await db.update(machineKeys).set({ lastUsedAt: now }).where(eq(machineKeys.id, id));
  return { id, name: row.name, scopes: row.scopes };
}
