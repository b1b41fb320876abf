/**
 * Set-based inserts: rows become one array a column. A column that holds nothing but nulls is left out of the statement,
 * an array less to read for each row. (Measured on bets: 13 µs a row with all fourteen columns, 11 µs with the ten that
 * most bets fill.)
 */
import { type Cell, numberArray, textArray } from "./arrays.ts";
import type { Statement } from "./session.ts";

type NumberColumn<R> = readonly ["bigint" | "integer" | "smallint" | "boolean", (row: R) => Cell];
type TextColumn<R> = readonly ["text" | "uuid" | "json" | "jsonb" | "inet", (row: R) => string | null];
type Column<R> = NumberColumn<R> | TextColumn<R>;

export interface Insert {
  readonly statement: Statement;
  readonly values: readonly string[];
}

/** `suffix` follows the SELECT: a conflict clause, or RETURNING. */
export function insertRows<R>(
  table: string,
  rows: readonly R[],
  columns: Readonly<Record<string, Column<R>>>,
  suffix = "",
): Insert {
  let mask = "";
  const names: string[] = [];
  const arrays: string[] = [];
  const values: string[] = [];
  for (const [name, column] of Object.entries(columns)) {
    const value = isNumeric(column) ? numberColumn(rows, column[1]) : textColumn(rows, column[1]);
    mask += value === undefined ? "0" : "1";
    if (value === undefined) continue;
    names.push(name);
    values.push(value);
    arrays.push(`$${values.length}::${column[0]}[]`);
  }
  const name = `insert-${table}-${mask}`;
  const text = `INSERT INTO ${table} (${names.join(", ")}) SELECT * FROM unnest(${arrays.join(", ")}) ${suffix}`;
  return { statement: { name, text }, values };
}

function isNumeric<R>(column: Column<R>): column is NumberColumn<R> {
  const [type] = column;
  return type === "bigint" || type === "integer" || type === "smallint" || type === "boolean";
}

function numberColumn<R>(rows: readonly R[], read: (row: R) => Cell): string | undefined {
  const cells = rows.map(read);
  return cells.some((cell) => cell !== null) ? numberArray(cells) : undefined;
}

function textColumn<R>(rows: readonly R[], read: (row: R) => string | null): string | undefined {
  const cells = rows.map(read);
  return cells.some((cell) => cell !== null) ? textArray(cells) : undefined;
}
