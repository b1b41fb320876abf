/** Personal data of players at rest: sealed fields, keyed hashes to find them by, sealed notes. */
import type { PersonalField } from "@pitboss/domain/identity/personal-data";
import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { playerDetails } from "./player-details.schema.ts";
import { playerNotes } from "./player-notes.schema.ts";
import { playerRetained } from "./player-retained.schema.ts";
import { playerSearchTerms } from "./player-search-terms.schema.ts";

export type SealedFields = { readonly [F in PersonalField]: Buffer | null };

export interface SealedDetails extends SealedFields {
  readonly playerId: bigint;
  readonly keyId: bigint;
  readonly emailVerifiedAt: Date | null;
  readonly erasedAt: Date | null;
}

export interface NewDetails extends SealedFields {
  readonly playerId: bigint;
  readonly keyId: bigint;
  readonly emailIndex: Buffer | null;
}

/** False where another player has this address. */
export async function insertDetails(db: Executor, details: NewDetails): Promise<boolean> {
  const rows = await db
    .insert(playerDetails)
    .values(details)
    .onConflictDoNothing()
    .returning({ playerId: playerDetails.playerId });
  return rows.length === 1;
}

export async function findDetails(db: Executor, playerId: bigint): Promise<SealedDetails | undefined> {
  const [row] = await db.select().from(playerDetails).where(eq(playerDetails.playerId, playerId));
  return row;
}

export async function insertSearchTerms(db: Executor, playerId: bigint, terms: readonly Buffer[]): Promise<void> {
  if (terms.length === 0) return;
  await db
    .insert(playerSearchTerms)
    .values(terms.map((term) => ({ term, playerId })))
    .onConflictDoNothing();
}

/** Takes every field, hash and note's key off the player; the rows stay, empty. */
export async function clearDetails(db: Executor, playerId: bigint, now: Date): Promise<void> {
  await db.delete(playerSearchTerms).where(eq(playerSearchTerms.playerId, playerId));
  await db
    .update(playerDetails)
    .set({
      email: null,
      firstName: null,
      lastName: null,
      birthDate: null,
      address: null,
      phone: null,
      emailIndex: null,
      erasedAt: now,
      updatedAt: now,
    })
    .where(eq(playerDetails.playerId, playerId));
}

export type RetainedFields = Pick<SealedFields, "firstName" | "lastName" | "birthDate" | "address">;

export async function insertRetained(
  db: Executor,
  playerId: bigint,
  keyId: bigint,
  fields: RetainedFields,
): Promise<void> {
  await db.insert(playerRetained).values({ playerId, keyId, ...fields });
}

export async function findRetained(
  db: Executor,
  playerId: bigint,
): Promise<(RetainedFields & { readonly keyId: bigint }) | undefined> {
  const [row] = await db.select().from(playerRetained).where(eq(playerRetained.playerId, playerId));
  return row;
}

export interface NoteRecord {
  readonly id: bigint;
  readonly playerId: bigint;
  readonly authorId: bigint;
  readonly keyId: bigint;
  readonly body: Buffer;
  readonly writtenAt: Date;
}

/** The id first: it is part of the place that the body is sealed for. */
export async function nextNoteId(db: Executor): Promise<bigint> {
  const [row] = await queryRows<{ id: string }>(
    db,
    sql`SELECT nextval(pg_get_serial_sequence('player_notes', 'id')) AS id`,
  );
  return BigInt(row?.id ?? 0);
}

export async function insertNote(db: Executor, note: Omit<NoteRecord, "writtenAt">, now: Date): Promise<void> {
  await db.execute(sql`
    INSERT INTO player_notes (id, player_id, author_id, key_id, body, written_at) OVERRIDING SYSTEM VALUE
    VALUES (${note.id}, ${note.playerId}, ${note.authorId}, ${note.keyId}, ${note.body}, ${now})`);
}

export async function listNotes(
  db: Executor,
  playerId: bigint,
  page: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<NoteRecord[]> {
  return db
    .select()
    .from(playerNotes)
    .where(
      and(eq(playerNotes.playerId, playerId), page.before === undefined ? undefined : lt(playerNotes.id, page.before)),
    )
    .orderBy(desc(playerNotes.id))
    .limit(page.limit);
}
