/** Comma-separated values as RFC 4180 has them: quoted cells may hold commas, quotes (doubled) and line breaks. */
export interface CsvRow {
  /** The line that the row begins on, from 1. */
  readonly line: number;
  readonly cells: readonly string[];
  /** True where a quote was opened and never closed, or something follows a closing quote. */
  readonly broken: boolean;
}

/** Blank lines are left out; a byte order mark at the beginning is none of the first cell. */
export function parseCsv(text: string): CsvRow[] {
  const rows: CsvRow[] = [];
  let at = text.startsWith("\ufeff") ? 1 : 0;
  let line = 1;
  while (at < text.length) {
    const start = line;
    const cells: string[] = [];
    let broken = false;
    let more = true;
    while (more) {
      const cell = readCell(text, at);
      cells.push(cell.value);
      broken ||= cell.broken;
      line += cell.breaks;
      at = cell.end;
      more = text[at] === ",";
      if (more) at += 1;
    }
    if (text[at] === "\r") at += 1;
    if (text[at] === "\n") at += 1;
    line += 1;
    if (cells.length > 1 || cells[0]?.trim() !== "") rows.push({ line: start, cells, broken });
  }
  return rows;
}

function readCell(text: string, from: number): { value: string; end: number; breaks: number; broken: boolean } {
  if (text[from] !== '"') {
    const end = nextEnd(text, from);
    return { value: text.slice(from, end), end, breaks: 0, broken: false };
  }
  let value = "";
  let at = from + 1;
  for (;;) {
    const quote = text.indexOf('"', at);
    if (quote === -1) {
      value += text.slice(at);
      return { value, end: text.length, breaks: countBreaks(value), broken: true };
    }
    value += text.slice(at, quote);
    if (text[quote + 1] !== '"') {
      const end = nextEnd(text, quote + 1);
      return { value, end, breaks: countBreaks(value), broken: end !== quote + 1 };
    }
    value += '"';
    at = quote + 2;
  }
}

/** Where an unquoted cell ends. */
function nextEnd(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "," && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

function countBreaks(text: string): number {
  return text.split("\n").length - 1;
}
