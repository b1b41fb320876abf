/** Personal data of players at rest: sealed fields, keyed hashes to find them by, sealed notes. */
import type { PersonalField } from "@pitboss/domain/identity/personal-data";
import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { playerDetails } from "./player-details.schema.ts";
import { playerMarks } from "./player-marks.schema.ts";
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

export async function deleteSearchTerm(db: Executor, playerId: bigint, term: Buffer): Promise<void> {
  await db
    .delete(playerSearchTerms)
    .where(and(eq(playerSearchTerms.playerId, playerId), eq(playerSearchTerms.term, term)));
}

/** Newest first: players whose address waits to be proven. `term` is the search term of the address. */
export async function listUnprovenPlayers(db: Executor, term: Buffer, limit: number): Promise<bigint[]> {
  const rows = await queryRows<{ player_id: string }>(
    db,
    sql`SELECT t.player_id FROM player_search_terms t JOIN player_details d ON d.player_id = t.player_id
         WHERE t.term = ${term} AND d.email_index IS NULL AND d.erased_at IS NULL ORDER BY t.player_id DESC LIMIT ${limit}`,
  );
  return rows.map(({ player_id: id }) => BigInt(id));
}

/** Whose proven address it is. */
export async function findPlayerByEmail(db: Executor, emailIndex: Buffer): Promise<bigint | undefined> {
  const [row] = await db
    .select({ playerId: playerDetails.playerId })
    .from(playerDetails)
    .where(eq(playerDetails.emailIndex, emailIndex));
  return row?.playerId;
}

/**
 * Writes an address that was proven, with the hash that finds the account by it. False where another player proved it
 * before; of two at the same moment, the second one's statement fails on the hash's unique index.
 */
export async function writeProvenEmail(
  db: Executor,
  playerId: bigint,
  { email, emailIndex }: { readonly email: Buffer; readonly emailIndex: Buffer },
  now: Date,
): Promise<boolean> {
  const { rowCount } = await db.execute(sql`
    UPDATE player_details SET email = ${email}, email_index = ${emailIndex}, email_verified_at = ${now}, updated_at = ${now}
     WHERE player_id = ${playerId} AND erased_at IS NULL
       AND NOT EXISTS (SELECT FROM player_details o WHERE o.email_index = ${emailIndex} AND o.player_id <> ${playerId})`);
  return rowCount === 1;
}

/** Takes every field, hash and note's key off the player; the rows stay, empty. */
export async function clearDetails(db: Executor, playerId: bigint, now: Date): Promise<void> {
  await db.delete(playerSearchTerms).where(eq(playerSearchTerms.playerId, playerId));
  await db.delete(playerMarks).where(eq(playerMarks.playerId, playerId));
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

/** Players whose search terms hold all of these; oldest first. */
export async function listPlayersWithTerms(db: Executor, terms: readonly Buffer[], limit: number): Promise<bigint[]> {
  const wanted = sql.join(
    terms.map((term) => sql`${term}`),
    sql`, `,
  );
  const rows = await queryRows<{ player_id: string }>(
    db,
    sql`SELECT player_id FROM player_search_terms WHERE term IN (${wanted})
         GROUP BY player_id HAVING count(*) = ${terms.length} ORDER BY player_id LIMIT ${limit}`,
  );
  return rows.map(({ player_id: id }) => BigInt(id));
}
