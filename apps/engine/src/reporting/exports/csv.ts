/** RFC 4180, with one care more: a spreadsheet must not take a cell for a formula. */
export type CsvCell = string | number | boolean | null;

export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(cellText).join(",")}\r\n`;
}

const plainNumber = /^-?[0-9]+(\.[0-9]+)?$/;

function cellText(cell: CsvCell): string {
  if (cell === null) return "";
  const text = String(cell);
  // OWASP, CSV injection: a leading sign or @ begins a formula; amounts are numbers and stay as they are.
  const safe = /^[=+\-@\t\r]/.test(text) && !plainNumber.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/**
 * Head lines for people, `# Filters: games: wheel`, of which RFC 4180 knows nothing: a file has them only where they were
 * asked for. A line is one line whatever it holds, and begins with `#`, so that a reader with a comment character skips it.
 */
export function preambleLines(head: readonly (readonly [label: string, value: string])[]): string {
  return head.map((pair) => `# ${pair.join(": ").replace(/[\r\n]+/g, " ")}\r\n`).join("");
}
