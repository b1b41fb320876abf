/** Exports that staff asked for, and who works on which. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { and, desc, eq, lt, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";
import { type ExportFormat, type ExportStatus, exports } from "./exports.schema.ts";

export interface ExportRecord {
  readonly id: bigint;
  readonly staffId: bigint;
  readonly list: string;
  readonly format: ExportFormat;
  /** Head lines before a CSV's own header. */
  readonly preamble: boolean;
  readonly filters: JsonObject;
  readonly status: ExportStatus;
  readonly rowCount: bigint;
  readonly byteCount: bigint;
  readonly file: string | null;
  readonly failure: string | null;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
  readonly expiresAt: Date | null;
}

export async function insertExport(
  db: Executor,
  values: {
    readonly staffId: bigint;
    readonly list: string;
    readonly format?: ExportFormat;
    readonly preamble?: boolean;
    readonly filters: JsonObject;
  },
): Promise<bigint> {
  const [row] = await db.insert(exports).values(values).returning({ id: exports.id });
  if (row === undefined) throw new Error("an inserted export has an id");
  return row.id;
}

export async function listExports(
  db: Executor,
  staffId: bigint,
  page: { readonly before?: bigint | undefined; readonly limit: number },
): Promise<ExportRecord[]> {
  return db
    .select()
    .from(exports)
    .where(and(eq(exports.staffId, staffId), page.before === undefined ? undefined : lt(exports.id, page.before)))
    .orderBy(desc(exports.id))
    .limit(page.limit);
}

export async function findExport(db: Executor, id: bigint, staffId: bigint): Promise<ExportRecord | undefined> {
  const [row] = await db
    .select()
    .from(exports)
    .where(and(eq(exports.id, id), eq(exports.staffId, staffId)));
  return row;
}

/** Takes the oldest one that waits; of several engines one gets it. */
export async function claimExport(db: Executor): Promise<ExportRecord | undefined> {
  const [claimed] = await queryRows<{ id: string }>(
    db,
    sql`UPDATE exports SET status = 'RUNNING'
         WHERE id = (SELECT id FROM exports WHERE status = 'QUEUED' ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED)
        RETURNING id`,
  );
  if (claimed === undefined) return undefined;
  const [row] = await db
    .select()
    .from(exports)
    .where(eq(exports.id, BigInt(claimed.id)));
  return row;
}

export interface Finished {
  readonly status: "DONE" | "FAILED";
  readonly rowCount: bigint;
  readonly byteCount: bigint;
  readonly file: string | null;
  readonly failure: string | null;
  readonly finishedAt: Date;
  readonly expiresAt: Date;
}

export async function finishExport(db: Executor, id: bigint, finished: Finished): Promise<void> {
  await db.update(exports).set(finished).where(eq(exports.id, id));
}

/** Those that an engine took and did not finish before it stopped; they are tried again from the start. */
export async function requeueExports(db: Executor, before: Date): Promise<void> {
  await db
    .update(exports)
    .set({ status: "QUEUED" })
    .where(and(eq(exports.status, "RUNNING"), lt(exports.createdAt, before)));
}

/** Files whose time is over, which are no longer to be had. */
export async function takeExpiredFiles(db: Executor, now: Date): Promise<string[]> {
  const rows = await queryRows<{ file: string }>(
    db,
    sql`UPDATE exports gone SET file = NULL FROM exports had
         WHERE gone.id = had.id AND had.file IS NOT NULL AND had.expires_at < ${now} RETURNING had.file`,
  );
  return rows.map(({ file }) => file);
}
