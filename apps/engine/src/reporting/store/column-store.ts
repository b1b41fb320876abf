/**
 * Where the facts of reports lie: a ClickHouse, spoken to over HTTP by one client. By default it is chDB, a ClickHouse in a
 * process of the engine's own; with CLICKHOUSE_URL it is a server or a cluster. No report reads the tables of bets.
 */
import type { Readable } from "node:stream";

/** Values of `{name:Type}` in a statement. 64-bit numbers are bigints; lists are for `Array(…)`. */
export type StoreParams = Readonly<Record<string, string | number | bigint | readonly string[]>>;

/** A row as JSON has it: numbers of 64 bits and decimals come as strings. */
export type StoreRow = Readonly<Record<string, unknown>>;

export interface ColumnStore {
  /** Rows of a SELECT. `T` is what the statement's columns are, by name. */
  rows<T extends object>(statement: string, params?: StoreParams): Promise<T[]>;
  /** Appends the rows whole or not at all, a month at a time. A row that is there already changes nothing. */
  insert(table: string, rows: readonly StoreRow[]): Promise<void>;
  /** A statement without an answer. */
  command(statement: string): Promise<void>;
  /** The answer of a SELECT as a file of this format. */
  file(statement: string, format: "Parquet", params?: StoreParams): Promise<Readable>;
  close(): Promise<void>;
}

/** The store does not answer: it is starting, gone or full. Nothing is lost, and the same call may be made again. */
export class StoreUnavailable extends Error {}
