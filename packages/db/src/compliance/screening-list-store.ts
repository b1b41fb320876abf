/** Lists of sanctions and office holders in all of their versions, and the rule that scores are made by. */
import type { HashedEntry, ListDiff } from "@pitboss/domain/compliance/screening/diff-entries";
import type { ListEntry, ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import type { ScreeningRule, ScreeningRuleBody } from "@pitboss/domain/compliance/screening/screening-rule";
import { assert } from "@pitboss/domain/kernel/result";
import { desc, lt, sql } from "drizzle-orm";
import { textArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { type ListFile, screeningLists } from "./screening-lists.schema.ts";
import { screeningRules } from "./screening-rules.schema.ts";

export type ListVersion = typeof screeningLists.$inferSelect;

export async function readScreeningRule(db: Executor): Promise<ScreeningRule> {
  const [row] = await db.select().from(screeningRules).orderBy(desc(screeningRules.version)).limit(1);
  assert(row !== undefined, "a house has a screening rule from its first migration on");
  return { version: Number(row.version), ...row.body };
}

export async function insertScreeningRule(
  db: Executor,
  body: ScreeningRuleBody,
  by: string,
  reason: string,
): Promise<number> {
  const [row] = await db
    .insert(screeningRules)
    .values({ body, setBy: by, reason })
    .returning({ version: screeningRules.version });
  return Number(row?.version);
}

/** The list in force of each source. */
export async function readCurrentLists(db: Executor): Promise<ReadonlyMap<ListSource, bigint>> {
  const rows = await queryRows<{ source: ListSource; id: string }>(
    db,
    sql`SELECT source, max(id) AS id FROM screening_lists GROUP BY source ORDER BY source`,
  );
  return new Map(rows.map(({ source, id }) => [source, BigInt(id)]));
}

export interface StoredEntry {
  readonly id: bigint;
  readonly hash: string;
  readonly entry: ListEntry;
}

/** Of all sources. */
export async function listCurrentEntries(db: Executor): Promise<StoredEntry[]> {
  const rows = await queryRows<{ id: string; hash: string; body: ListEntry }>(
    db,
    sql`SELECT id, hash, body FROM screening_entries WHERE until_list IS NULL ORDER BY id`,
  );
  return rows.map(({ id, hash, body }) => ({ id: BigInt(id), hash, entry: body }));
}

export async function findEntry(db: Executor, id: bigint): Promise<StoredEntry | undefined> {
  const [row] = await queryRows<{ hash: string; body: ListEntry }>(
    db,
    sql`SELECT hash, body FROM screening_entries WHERE id = ${id}`,
  );
  return row && { id, hash: row.hash, entry: row.body };
}

/** Hash by reference, of what is in force. */
export async function readEntryHashes(db: Executor, source: ListSource): Promise<ReadonlyMap<string, string>> {
  const rows = await queryRows<{ ref: string; hash: string }>(
    db,
    sql`SELECT ref, hash FROM screening_entries WHERE source = ${source} AND until_list IS NULL`,
  );
  return new Map(rows.map(({ ref, hash }) => [ref, hash]));
}

export async function findCurrentList(db: Executor, source: ListSource): Promise<ListVersion | undefined> {
  const [row] = await db
    .select()
    .from(screeningLists)
    .where(sql`${screeningLists.source} = ${source}`)
    .orderBy(desc(screeningLists.id))
    .limit(1);
  return row;
}

export async function listVersions(
  db: Executor,
  { before, limit }: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<ListVersion[]> {
  return db
    .select()
    .from(screeningLists)
    .where(before === undefined ? undefined : lt(screeningLists.id, before))
    .orderBy(desc(screeningLists.id))
    .limit(limit);
}

export interface NewListVersion {
  readonly source: ListSource;
  readonly checksum: string;
  readonly files: readonly ListFile[];
  readonly publishedOn: string | null;
  readonly entries: number;
  readonly persons: number;
  readonly by: string;
  readonly reason: string;
}

/** Imports of one source come one after the other, until the transaction ends. */
export async function lockListSource(db: Executor, source: ListSource): Promise<void> {
  await db.execute(sql`SELECT pg_advisory_xact_lock(7310, hashtext(${source}))`);
}

/** Under `lockListSource`. Entries that are no longer in force keep their row: old hits show the text that they met. */
export async function insertListVersion(db: Executor, list: NewListVersion, diff: ListDiff): Promise<bigint> {
  const { by, ...values } = list;
  const [row] = await db
    .insert(screeningLists)
    .values({
      ...values,
      importedBy: by,
      added: diff.added.length,
      changed: diff.changed.length,
      removed: diff.removed.length,
    })
    .returning({ id: screeningLists.id });
  assert(row !== undefined, "an inserted list has an id");
  const over = [...diff.removed, ...diff.changed.map(({ entry }) => entry.ref)];
  await db.execute(sql`
    UPDATE screening_entries SET until_list = ${row.id}
     WHERE source = ${list.source} AND until_list IS NULL AND ref = ANY(${textArray(over)}::text[])`);
  await insertEntries(db, list.source, row.id, [...diff.added, ...diff.changed]);
  return row.id;
}

const entriesAtOnce = 2_000;

async function insertEntries(
  db: Executor,
  source: ListSource,
  listId: bigint,
  entries: readonly HashedEntry[],
): Promise<void> {
  for (let from = 0; from < entries.length; from += entriesAtOnce) {
    const some = entries.slice(from, from + entriesAtOnce);
    await db.execute(sql`
      INSERT INTO screening_entries (source, ref, hash, body, from_list)
      SELECT ${source}, ref, hash, body, ${listId}
        FROM unnest(${textArray(some.map(({ entry }) => entry.ref))}::text[],
                    ${textArray(some.map(({ hash }) => hash))}::text[],
                    ${textArray(some.map(({ entry }) => JSON.stringify(entry)))}::jsonb[]) AS e (ref, hash, body)`);
  }
}
