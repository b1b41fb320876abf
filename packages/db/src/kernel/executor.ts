/** What a query needs of a database: the pool and a transaction both have it. */
import type { SQL } from "drizzle-orm";
import type { NodePgDatabase } from "drizzle-orm/node-postgres";
import type { Database } from "./pool.ts";

export type Executor = Pick<NodePgDatabase, "select" | "insert" | "update" | "delete" | "execute">;

export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

/** Rows of a statement that is written as SQL. Bigints and instants come as PostgreSQL's text. */
export async function queryRows<T extends object>(db: Executor, statement: SQL): Promise<T[]> {
  const { rows } = await db.execute(statement);
  return rows as unknown as T[];
}

/** Seconds and their fraction as PostgreSQL writes them (`2026-11-23 06:15:44.123456+00`), to the millisecond. */
export function readInstant(text: string): Date {
  return new Date(text);
}

export function readInstantOrNull(text: string | null): Date | null {
  return text === null ? null : readInstant(text);
}
