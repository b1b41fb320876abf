/**
 * A provider's list of games, as CSV or JSON. Every line is read by itself: one that can't be read is told by its number
 * and takes nothing from the others.
 */
import { parseCsv } from "../kernel/csv.ts";
import { type GameEntry, gameEntry } from "./game-entry.ts";

export const catalogFormats = ["csv", "json"] as const;
export type CatalogFormat = (typeof catalogFormats)[number];

export interface BadLine {
  /** Of a CSV file its line, of a JSON file the place in the list; from 1. 0 is the file as a whole. */
  readonly line: number;
  readonly why: string;
}

export interface CatalogFile {
  readonly games: readonly { readonly line: number; readonly game: GameEntry }[];
  readonly bad: readonly BadLine[];
}

export function readCatalogFile(text: string, format: CatalogFormat): CatalogFile {
  const lines = format === "csv" ? readCsvLines(text) : readJsonLines(text);
  const games: { line: number; game: GameEntry }[] = [];
  const bad: BadLine[] = [];
  const seen = new Map<string, number>();
  for (const { line, value, why } of lines) {
    if (why !== undefined) {
      bad.push({ line, why });
      continue;
    }
    const parsed = gameEntry.safeParse(value);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      bad.push({ line, why: `${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "not valid"}` });
      continue;
    }
    const first = seen.get(parsed.data.code);
    if (first === undefined) {
      seen.set(parsed.data.code, line);
      games.push({ line, game: parsed.data });
    } else {
      bad.push({ line, why: `code: ${parsed.data.code} stands on line ${first} already` });
    }
  }
  return { games, bad };
}

interface RawLine {
  readonly line: number;
  readonly value?: unknown;
  readonly why?: string;
}

function readJsonLines(text: string): RawLine[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return [{ line: 0, why: "the file is not JSON" }];
  }
  if (!Array.isArray(parsed)) return [{ line: 0, why: "the file is not a list of games" }];
  return parsed.map((value: unknown, index) => ({ line: index + 1, value }));
}

const required = ["code", "name", "category", "limits"];

/** How a cell becomes the field of the same name. Lists are parted by |, their parts by colons. */
const cells: Readonly<Record<string, (cell: string) => unknown>> = {
  code: (cell) => cell,
  name: (cell) => cell,
  category: (cell) => cell,
  tags: split,
  devices: split,
  languages: split,
  bannedCountries: split,
  jurisdictions: split,
  // EUR:0.10-500.00|JPY:10-80000
  limits: (cell) =>
    Object.fromEntries(
      split(cell).map((part) => {
        const [currency = "", range = ""] = cut(part, ":");
        const [min = "", max = ""] = cut(range, "-");
        return [currency, { min, max }];
      }),
    ),
  // v96:96.50|v94:94.00
  rtpVersions: (cell) =>
    split(cell).map((part) => {
      const [version = "", rtp = ""] = cut(part, ":");
      return { version, rtp };
    }),
  // perfect-pairs:Perfect Pairs
  sideBets: (cell) =>
    split(cell).map((part) => {
      const [code = "", name = ""] = cut(part, ":");
      return { code, name };
    }),
  // VIP:EUR:10.00-5000.00
  providerLimits: (cell) =>
    split(cell).map((part) => {
      const [limit = "", rest = ""] = cut(part, ":");
      const [currency = "", range = ""] = cut(rest, ":");
      const [min = "", max = ""] = cut(range, "-");
      return { limit, currency, min, max };
    }),
};

function readCsvLines(text: string): RawLine[] {
  const [head, ...rows] = parseCsv(text);
  const names = (head?.cells ?? []).map((name) => name.trim());
  const unknown = names.find((name) => !Object.hasOwn(cells, name));
  if (unknown !== undefined) return [{ line: 1, why: `there is no column "${unknown.slice(0, 40)}"` }];
  const missing = required.find((name) => !names.includes(name));
  if (missing !== undefined) return [{ line: head?.line ?? 0, why: `the column "${missing}" is missing` }];
  return rows.map(({ line, cells: row, broken }) => {
    if (broken) return { line, why: "a quote is not closed" };
    if (row.length !== names.length) return { line, why: `${row.length} cells under ${names.length} columns` };
    const fields = names.map((name, index): [string, unknown] => {
      const cell = row[index]?.trim() ?? "";
      // An empty cell of a column that may be left out is as good as no column.
      return [name, cell === "" && !required.includes(name) ? undefined : cells[name]?.(cell)];
    });
    return { line, value: Object.fromEntries(fields.filter(([, value]) => value !== undefined)) };
  });
}

function split(cell: string): string[] {
  return cell
    .split("|")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function cut(text: string, at: string): [string, string] | [string] {
  const place = text.indexOf(at);
  return place === -1 ? [text.trim()] : [text.slice(0, place).trim(), text.slice(place + 1).trim()];
}
