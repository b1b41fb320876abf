import fc from "fast-check";
import { expect, test } from "vitest";
import { parseCsv } from "./csv.ts";

const quote = (cell: string): string => `"${cell.replaceAll('"', '""')}"`;

test("whatever is written with quotes is read back, cell by cell", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", " ", "é"), maxLength: 8 });
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(table, fc.constantFrom("\n", "\r\n"), (rows, end) => {
      const text = rows.map((row) => row.map(quote).join(",")).join(end);
      const read = parseCsv(text);
      expect(read.map(({ cells }) => cells)).toEqual(rows);
      expect(read.some(({ broken }) => broken)).toBe(false);
    }),
  );
});

test("a row knows the line that it begins on, also behind cells with line breaks and blank lines", () => {
  expect(parseCsv('\ufeffa,"b\nc"\n\nd,e\n')).toEqual([
    { line: 1, cells: ["a", "b\nc"], broken: false },
    { line: 4, cells: ["d", "e"], broken: false },
  ]);
});

test("a quote that is never closed, and text behind a closing quote, are said to be broken", () => {
  expect(parseCsv('a,"b').map(({ broken }) => broken)).toEqual([true]);
  expect(parseCsv('"a"x,b').map(({ broken }) => broken)).toEqual([true]);
});
