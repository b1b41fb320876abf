/**
 * The one way to stdout. Every command hands over its answer as a value that JSON can hold, and a view of it for people;
 * `--json` prints the value, a person gets the view, and neither can say what the other does not know.
 */
import type { Paint } from "./paint.ts";
import { padEnd, padStart, plain, safeJson, widthOf } from "./text.ts";

export interface Printer {
  readonly json: boolean;
  readonly paint: Paint;
  /** The whole answer: one JSON document, or the view's lines. */
  show<T>(value: T, view: (value: T, paint: Paint) => readonly string[]): void;
  /** One of many: a line of NDJSON, or the view's lines. */
  row<T>(value: T, view: (value: T, paint: Paint) => readonly string[]): void;
}

export function createPrinter(write: (text: string) => void, json: boolean, paint: Paint): Printer {
  const lines = (all: readonly string[]): void => {
    if (all.length > 0) write(`${all.join("\n")}\n`);
  };
  return {
    json,
    paint,
    show(value, view) {
      if (json) write(`${safeJson(value, 2)}\n`);
      else lines(view(value, paint));
    },
    row(value, view) {
      if (json) write(`${safeJson(value)}\n`);
      else lines(view(value, paint));
    },
  };
}

export interface Column<T> {
  readonly title: string;
  readonly text: (row: T) => string | number | null;
  readonly align?: "right";
  /** Colours a cell after its width is known. */
  readonly paint?: (row: T, paint: Paint) => (text: string) => string;
  /** At least this wide: rows that come one by one stay under each other. */
  readonly width?: number;
}

/** A table with its titles; a cell that is empty or null is a dash, so that columns can be counted. */
export function table<T>(columns: readonly Column<T>[], rows: readonly T[], paint: Paint): string[] {
  const cells = rows.map((row) => columns.map((column) => cellText(column, row)));
  const widths = columns.map((column, index) =>
    Math.max(column.width ?? 0, widthOf(column.title), ...cells.map((line) => widthOf(line[index] ?? ""))),
  );
  const titles = columns.map((column, index) => place(column, column.title.toUpperCase(), widths[index] ?? 0));
  return [
    paint.dim(titles.join("  ").trimEnd()),
    ...rows.map((row, at) => tableLine(columns, row, cells[at] ?? [], widths, paint)),
  ];
}

/** One line of a table whose columns all say their width, for rows that come one by one. */
export function tableRow<T>(columns: readonly Column<T>[], row: T, paint: Paint): string {
  const cells = columns.map((column) => cellText(column, row));
  return tableLine(
    columns,
    row,
    cells,
    columns.map(({ width }) => width ?? 0),
    paint,
  );
}

/** A record: names to the left, values to the right; those that are null are left out. */
export function fields(
  pairs: readonly (readonly [string, string | number | null | undefined])[],
  paint: Paint,
): string[] {
  const shown = pairs.filter(([, value]) => value !== null && value !== undefined && value !== "");
  const width = Math.max(0, ...shown.map(([name]) => widthOf(name)));
  return shown.map(([name, value]) => `${paint.dim(padEnd(name, width))}  ${plain(String(value))}`);
}

function tableLine<T>(
  columns: readonly Column<T>[],
  row: T,
  cells: readonly string[],
  widths: readonly number[],
  paint: Paint,
): string {
  return columns
    .map((column, index) => {
      const placed = place(column, cells[index] ?? "", widths[index] ?? 0);
      return column.paint === undefined ? placed : column.paint(row, paint)(placed);
    })
    .join("  ")
    .trimEnd();
}

function cellText<T>(column: Column<T>, row: T): string {
  const value = column.text(row);
  return value === null || value === "" ? "-" : plain(String(value));
}

function place<T>(column: Column<T>, text: string, width: number): string {
  return column.align === "right" ? padStart(text, width) : padEnd(text, width);
}
