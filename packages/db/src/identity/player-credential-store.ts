/** How players prove who they are: passwords, and the secrets in mails. */
import { type PlayerStatus, playerStatusOf } from "@pitboss/domain/wallet/ledger-codes";
import { and, eq, gt, isNull, lt, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { playerCredentials } from "./player-credentials.schema.ts";
import { playerLinks } from "./player-links.schema.ts";

export interface PlayerCredential {
  readonly playerId: bigint;
  readonly status: PlayerStatus;
  readonly passwordHash: string;
}

interface CredentialRow {
  readonly player_id: string;
  readonly status: number;
  readonly password_hash: string;
}

/** By the keyed hash of a proven address; undefined where no account has it, or it has no password. */
export async function findCredentialByEmail(db: Executor, emailIndex: Buffer): Promise<PlayerCredential | undefined> {
  const [row] = await queryRows<CredentialRow>(
    db,
    sql`SELECT d.player_id, p.status, c.password_hash FROM player_details d
          JOIN players p ON p.id = d.player_id JOIN player_credentials c ON c.player_id = d.player_id
         WHERE d.email_index = ${emailIndex}`,
  );
  return row && readCredential(row);
}

export async function findCredentialOf(db: Executor, playerId: bigint): Promise<PlayerCredential | undefined> {
  const [row] = await queryRows<CredentialRow>(
    db,
    sql`SELECT p.id AS player_id, p.status, c.password_hash FROM players p
          JOIN player_credentials c ON c.player_id = p.id WHERE p.id = ${playerId}`,
  );
  return row && readCredential(row);
}

export async function setPlayerPassword(
  db: Executor,
  playerId: bigint,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await db
    .insert(playerCredentials)
    .values({ playerId, passwordHash, changedAt: now })
    .onConflictDoUpdate({ target: playerCredentials.playerId, set: { passwordHash, changedAt: now } });
}

export type LinkPurpose = "VERIFY_EMAIL" | "RESET_PASSWORD" | "CHANGE_EMAIL";

export interface NewLink {
  readonly hash: Buffer;
  readonly playerId: bigint;
  readonly purpose: LinkPurpose;
  readonly expiresAt: Date;
  /** Of CHANGE_EMAIL: the address that it proves, sealed. */
  readonly newEmail: Buffer | null;
}

export async function insertLink(db: Executor, link: NewLink): Promise<void> {
  await db.insert(playerLinks).values(link);
}

export interface FoundLink {
  readonly playerId: bigint;
  readonly purpose: LinkPurpose;
  readonly newEmail: Buffer | null;
}

/** A link that may still be used. */
export async function findLink(db: Executor, hash: Buffer, now: Date): Promise<FoundLink | undefined> {
  const [row] = await db
    .select({ playerId: playerLinks.playerId, purpose: playerLinks.purpose, newEmail: playerLinks.newEmail })
    .from(playerLinks)
    .where(and(eq(playerLinks.hash, hash), isNull(playerLinks.usedAt), gt(playerLinks.expiresAt, now)));
  return row;
}

/** Uses a link up, and with it all others of its player and purpose. False where somebody was first. */
export async function takeLink(db: Executor, hash: Buffer, link: FoundLink, now: Date): Promise<boolean> {
  const taken = await db
    .update(playerLinks)
    .set({ usedAt: now })
    .where(and(eq(playerLinks.hash, hash), isNull(playerLinks.usedAt)))
    .returning({ playerId: playerLinks.playerId });
  if (taken.length === 0) return false;
  await db
    .update(playerLinks)
    .set({ usedAt: now })
    .where(
      and(eq(playerLinks.playerId, link.playerId), eq(playerLinks.purpose, link.purpose), isNull(playerLinks.usedAt)),
    );
  return true;
}

export async function deleteOldLinks(db: Executor, before: Date): Promise<void> {
  await db.delete(playerLinks).where(lt(playerLinks.expiresAt, before));
}

function readCredential(row: CredentialRow): PlayerCredential {
  return { playerId: BigInt(row.player_id), status: playerStatusOf(row.status), passwordHash: row.password_hash };
}
