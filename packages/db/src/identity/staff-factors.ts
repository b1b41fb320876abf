/** Second factors of staff, and the short-lived challenges between the steps of a sign-in. */
import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { type ChallengePurpose, staffChallenges } from "./staff-challenges.schema.ts";
import { staffPasskeys } from "./staff-passkeys.schema.ts";
import { staffRecoveryCodes } from "./staff-recovery-codes.schema.ts";
import { staffTotp } from "./staff-totp.schema.ts";

export interface TotpRecord {
  readonly secretSealed: Buffer;
  readonly confirmedAt: Date | null;
  readonly lastStep: bigint | null;
}

export async function findTotp(db: Executor, staffId: bigint): Promise<TotpRecord | undefined> {
  const [row] = await db.select().from(staffTotp).where(eq(staffTotp.staffId, staffId));
  return row;
}

/** Begins an enrolment, over one that was never confirmed; false where a confirmed one stands. */
export async function offerTotp(db: Executor, staffId: bigint, secretSealed: Buffer): Promise<boolean> {
  const rows = await db
    .insert(staffTotp)
    .values({ staffId, secretSealed })
    .onConflictDoUpdate({
      target: staffTotp.staffId,
      set: { secretSealed, lastStep: null },
      setWhere: isNull(staffTotp.confirmedAt),
    })
    .returning({ staffId: staffTotp.staffId });
  return rows.length === 1;
}

export async function confirmTotp(db: Executor, staffId: bigint, now: Date): Promise<void> {
  await db.update(staffTotp).set({ confirmedAt: now }).where(eq(staffTotp.staffId, staffId));
}

/** Takes a code's step; false where it, or a later one, was taken before: of two racing sign-ins one wins. */
export async function takeTotpStep(db: Executor, staffId: bigint, step: number): Promise<boolean> {
  const rows = await db
    .update(staffTotp)
    .set({ lastStep: BigInt(step) })
    .where(and(eq(staffTotp.staffId, staffId), sql`(${staffTotp.lastStep} IS NULL OR ${staffTotp.lastStep} < ${step})`))
    .returning({ staffId: staffTotp.staffId });
  return rows.length === 1;
}

export async function deleteTotp(db: Executor, staffId: bigint): Promise<boolean> {
  return (
    (await db.delete(staffTotp).where(eq(staffTotp.staffId, staffId)).returning({ id: staffTotp.staffId })).length === 1
  );
}

export interface PasskeyRecord {
  readonly id: string;
  readonly staffId: bigint;
  readonly publicKey: Buffer;
  readonly counter: bigint;
  readonly transports: string[];
  readonly name: string;
  readonly backedUp: boolean;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

export async function listPasskeys(db: Executor, staffId: bigint): Promise<PasskeyRecord[]> {
  return db.select().from(staffPasskeys).where(eq(staffPasskeys.staffId, staffId)).orderBy(staffPasskeys.createdAt);
}

export async function findPasskey(db: Executor, id: string): Promise<PasskeyRecord | undefined> {
  const [row] = await db.select().from(staffPasskeys).where(eq(staffPasskeys.id, id));
  return row;
}

export async function insertPasskey(
  db: Executor,
  passkey: Omit<PasskeyRecord, "createdAt" | "lastUsedAt">,
): Promise<boolean> {
  const rows = await db.insert(staffPasskeys).values(passkey).onConflictDoNothing().returning({ id: staffPasskeys.id });
  return rows.length === 1;
}

export async function recordPasskeyUse(db: Executor, id: string, counter: bigint, now: Date): Promise<void> {
  await db.update(staffPasskeys).set({ counter, lastUsedAt: now }).where(eq(staffPasskeys.id, id));
}

export async function deletePasskey(db: Executor, staffId: bigint, id: string): Promise<boolean> {
  const rows = await db
    .delete(staffPasskeys)
    .where(and(eq(staffPasskeys.id, id), eq(staffPasskeys.staffId, staffId)))
    .returning({ id: staffPasskeys.id });
  return rows.length === 1;
}

export async function deletePasskeys(db: Executor, staffId: bigint): Promise<void> {
  await db.delete(staffPasskeys).where(eq(staffPasskeys.staffId, staffId));
}

/** New codes take the place of all older ones. */
export async function replaceRecoveryCodes(db: Executor, staffId: bigint, hashes: readonly Buffer[]): Promise<void> {
  await db.delete(staffRecoveryCodes).where(eq(staffRecoveryCodes.staffId, staffId));
  if (hashes.length > 0) await db.insert(staffRecoveryCodes).values(hashes.map((hash) => ({ staffId, hash })));
}

/** Uses a code up; false where there is no such code any more. */
export async function takeRecoveryCode(db: Executor, staffId: bigint, hash: Buffer, now: Date): Promise<boolean> {
  const rows = await db
    .update(staffRecoveryCodes)
    .set({ usedAt: now })
    .where(
      and(
        eq(staffRecoveryCodes.staffId, staffId),
        eq(staffRecoveryCodes.hash, hash),
        isNull(staffRecoveryCodes.usedAt),
      ),
    )
    .returning({ staffId: staffRecoveryCodes.staffId });
  return rows.length === 1;
}

export interface NewChallenge {
  readonly hash: Buffer;
  readonly purpose: ChallengePurpose;
  readonly staffId: bigint | null;
  readonly sessionId: bigint | null;
  readonly challenge: string | null;
  readonly expiresAt: Date;
}

export interface ChallengeRecord {
  readonly purpose: ChallengePurpose;
  readonly staffId: bigint | null;
  readonly sessionId: bigint | null;
  readonly challenge: string | null;
}

export async function insertChallenge(db: Executor, challenge: NewChallenge): Promise<void> {
  await db.insert(staffChallenges).values(challenge);
}

export async function findChallenge(db: Executor, hash: Buffer, now: Date): Promise<ChallengeRecord | undefined> {
  const [row] = await db
    .select()
    .from(staffChallenges)
    .where(
      and(eq(staffChallenges.hash, hash), isNull(staffChallenges.usedAt), sql`${staffChallenges.expiresAt} > ${now}`),
    );
  return row;
}

/** Gives the step its WebAuthn challenge. */
export async function setChallenge(db: Executor, hash: Buffer, challenge: string): Promise<void> {
  await db.update(staffChallenges).set({ challenge }).where(eq(staffChallenges.hash, hash));
}

/** Uses it up; false where somebody else did first. */
export async function takeChallenge(db: Executor, hash: Buffer, now: Date): Promise<boolean> {
  const rows = await db
    .update(staffChallenges)
    .set({ usedAt: now })
    .where(and(eq(staffChallenges.hash, hash), isNull(staffChallenges.usedAt)))
    .returning({ hash: staffChallenges.hash });
  return rows.length === 1;
}

export async function deleteOldChallenges(db: Executor, before: Date): Promise<void> {
  await db.delete(staffChallenges).where(lt(staffChallenges.expiresAt, before));
}
