/** Encryption and signing keys at rest: wrapped by a master key that the database never sees. */
import { and, asc, eq, gt, isNotNull, isNull, lt, ne, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { dataKeys } from "./data-keys.schema.ts";
import { playerKeys } from "./player-keys.schema.ts";
import { type KeyPurpose, signingKeys } from "./signing-keys.schema.ts";

export interface WrappedKey {
  readonly wrapped: Buffer;
  readonly masterKeyId: string;
}

export async function findDataKey(db: Executor, name: string): Promise<WrappedKey | undefined> {
  const [row] = await db.select().from(dataKeys).where(eq(dataKeys.name, name));
  return row;
}

/** Keeps the first key of a name: of two engines that start at once one wins, and both read what stands. */
export async function insertDataKey(db: Executor, name: string, key: WrappedKey): Promise<void> {
  await db
    .insert(dataKeys)
    .values({ name, ...key })
    .onConflictDoNothing();
}

export async function listDataKeysNotUnder(
  db: Executor,
  masterKeyId: string,
): Promise<{ readonly name: string; readonly wrapped: Buffer; readonly masterKeyId: string }[]> {
  return db.select().from(dataKeys).where(ne(dataKeys.masterKeyId, masterKeyId));
}

export async function rewrapDataKey(db: Executor, name: string, key: WrappedKey, now: Date): Promise<void> {
  await db
    .update(dataKeys)
    .set({ ...key, rewrappedAt: now })
    .where(eq(dataKeys.name, name));
}

export interface PlayerKeyRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly wrapped: Buffer;
  readonly masterKeyId: string;
}

export async function insertPlayerKey(
  db: Executor,
  playerId: bigint,
  purpose: "PROFILE" | "RETENTION",
  key: WrappedKey,
  retainUntil: Date | null,
): Promise<bigint> {
  const [row] = await db
    .insert(playerKeys)
    .values({ playerId, purpose, ...key, retainUntil })
    .returning({ id: playerKeys.id });
  if (row === undefined) throw new Error("an inserted key has an id");
  return row.id;
}

/** The living key; undefined where the player has none, or it was destroyed. */
export async function findPlayerKey(
  db: Executor,
  playerId: bigint,
  purpose: "PROFILE" | "RETENTION",
): Promise<PlayerKeyRecord | undefined> {
  const [row] = await db
    .select()
    .from(playerKeys)
    .where(and(eq(playerKeys.playerId, playerId), eq(playerKeys.purpose, purpose), isNull(playerKeys.destroyedAt)));
  if (row === undefined || row.wrapped === null || row.masterKeyId === null) return undefined;
  return { id: row.id, playerId, wrapped: row.wrapped, masterKeyId: row.masterKeyId };
}

export async function destroyPlayerKey(db: Executor, id: bigint, now: Date): Promise<void> {
  await db.update(playerKeys).set({ wrapped: null, masterKeyId: null, destroyedAt: now }).where(eq(playerKeys.id, id));
}

/** Destroys the retention keys whose day has come; which players they were of. */
export async function destroyOldRetentionKeys(db: Executor, now: Date): Promise<bigint[]> {
  const rows = await db
    .update(playerKeys)
    .set({ wrapped: null, masterKeyId: null, destroyedAt: now })
    .where(and(eq(playerKeys.purpose, "RETENTION"), isNull(playerKeys.destroyedAt), lt(playerKeys.retainUntil, now)))
    .returning({ playerId: playerKeys.playerId });
  return rows.map(({ playerId }) => playerId);
}

export async function listPlayerKeysNotUnder(
  db: Executor,
  masterKeyId: string,
  after: bigint,
  limit: number,
): Promise<PlayerKeyRecord[]> {
  const rows = await db
    .select()
    .from(playerKeys)
    .where(and(gt(playerKeys.id, after), isNotNull(playerKeys.wrapped), ne(playerKeys.masterKeyId, masterKeyId)))
    .orderBy(asc(playerKeys.id))
    .limit(limit);
  return rows.flatMap(({ id, playerId, wrapped, masterKeyId: under }) =>
    wrapped === null || under === null ? [] : [{ id, playerId, wrapped, masterKeyId: under }],
  );
}

/** Writes the new wrapping, unless the key was destroyed or wrapped anew by somebody else meanwhile. */
export async function rewrapPlayerKey(db: Executor, key: PlayerKeyRecord, next: WrappedKey): Promise<void> {
  await db
    .update(playerKeys)
    .set(next)
    .where(and(eq(playerKeys.id, key.id), eq(playerKeys.masterKeyId, key.masterKeyId)));
}

export interface SigningKeyRecord {
  readonly kid: string;
  readonly purpose: KeyPurpose;
  /** Base64url of the 32 bytes (the `x` of its JWK). */
  readonly publicKey: string;
  readonly privateSealed: Buffer | null;
  readonly masterKeyId: string | null;
  readonly createdAt: Date;
  readonly signsFrom: Date;
  readonly verifiesUntil: Date | null;
}

export async function listSigningKeys(db: Executor, purpose?: KeyPurpose): Promise<SigningKeyRecord[]> {
  return db
    .select()
    .from(signingKeys)
    .where(purpose === undefined ? undefined : eq(signingKeys.purpose, purpose))
    .orderBy(asc(signingKeys.signsFrom), asc(signingKeys.kid));
}

export interface NewSigningKey {
  readonly kid: string;
  readonly purpose: KeyPurpose;
  readonly publicKey: string;
  readonly privateSealed: Buffer;
  readonly masterKeyId: string;
  readonly signsFrom: Date;
}

export async function insertSigningKey(db: Executor, key: NewSigningKey): Promise<void> {
  await db.insert(signingKeys).values(key);
}

/** Lets all keys of a purpose but the newest verify until then, and no longer where they already were to end sooner. */
export async function retireSigningKeys(db: Executor, purpose: KeyPurpose, keep: string, until: Date): Promise<void> {
  await db
    .update(signingKeys)
    .set({ verifiesUntil: until })
    .where(and(eq(signingKeys.purpose, purpose), ne(signingKeys.kid, keep), isNull(signingKeys.verifiesUntil)));
}

/**
 * Forgets private keys that sign no more; how many. Keys of the audit log verify for ever, so there it is a newer key
 * that has signed for a while which says so.
 */
export async function destroySpentPrivateKeys(db: Executor, now: Date): Promise<number> {
  const rows = await db
    .update(signingKeys)
    .set({ privateSealed: null, masterKeyId: null })
    .where(
      and(
        isNotNull(signingKeys.privateSealed),
        sql`(${signingKeys.verifiesUntil} < ${now} OR ${signingKeys.purpose} = 'AUDIT' AND EXISTS (
              SELECT FROM signing_keys newer WHERE newer.purpose = 'AUDIT'
                 AND newer.signs_from > ${signingKeys.signsFrom} AND newer.signs_from < ${now}::timestamptz - interval '1 hour'))`,
      ),
    )
    .returning({ kid: signingKeys.kid });
  return rows.length;
}

export async function rewrapSigningKey(db: Executor, kid: string, sealed: WrappedKey): Promise<void> {
  await db
    .update(signingKeys)
    .set({ privateSealed: sealed.wrapped, masterKeyId: sealed.masterKeyId })
    .where(eq(signingKeys.kid, kid));
}

/** How much is still wrapped by other master keys than this one; an old master key may go when nothing is. */
export async function countNotUnder(db: Executor, masterKeyId: string): Promise<bigint> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT (SELECT count(*) FROM data_keys WHERE master_key_id <> ${masterKeyId})
             + (SELECT count(*) FROM player_keys WHERE wrapped IS NOT NULL AND master_key_id <> ${masterKeyId})
             + (SELECT count(*) FROM signing_keys WHERE master_key_id <> ${masterKeyId}) AS count`,
  );
  return BigInt(row?.count ?? 0);
}

/** How much one master key still wraps. */
export async function countUnder(db: Executor, masterKeyId: string): Promise<bigint> {
  const [row] = await queryRows<{ count: string }>(
    db,
    sql`SELECT (SELECT count(*) FROM data_keys WHERE master_key_id = ${masterKeyId})
             + (SELECT count(*) FROM player_keys WHERE wrapped IS NOT NULL AND master_key_id = ${masterKeyId})
             + (SELECT count(*) FROM signing_keys WHERE master_key_id = ${masterKeyId}) AS count`,
  );
  return BigInt(row?.count ?? 0);
}

/** Takes a lock that lasts as long as the transaction, so that one engine alone rotates or makes a first key. */
export async function lockKeys(db: Executor): Promise<void> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(7211)`);
}
