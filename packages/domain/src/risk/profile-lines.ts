/** A profile's rows as lines of text, which people edit, compare and paste: `betMax EUR 5000.00 game=pitboss_dice`. */
import { err, type Failure, ok, type Result } from "../kernel/result.ts";
import { profileRow, type StoredProfileRow } from "./limit-profile.ts";

const scopes = { country: "country", player: "playerId", category: "category", game: "game" } as const;

export function formatProfileLines(rows: readonly StoredProfileRow[]): string {
  return rows.map(formatLine).join("\n");
}

function formatLine(row: StoredProfileRow): string {
  const narrower = Object.entries(scopes).flatMap(([word, field]) => {
    const value = row[field];
    return value === null ? [] : [`${word}=${value}`];
  });
  return [row.measure, row.currency, row.amount, ...narrower].join(" ");
}

/** Empty lines are left out; the failure names the line, counted from one, and what is wrong with it. */
export function parseProfileLines(text: string): Result<StoredProfileRow[], Failure<"REQUEST_INVALID">> {
  const rows: StoredProfileRow[] = [];
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "") continue;
    const row = parseLine(line);
    if (!row.ok) return err("REQUEST_INVALID", row.error.detail, { line: index + 1 });
    rows.push(row.value);
  }
  return ok(rows);
}

function parseLine(line: string): Result<StoredProfileRow, Failure<"REQUEST_INVALID">> {
  const [measure, currency, amount, ...narrower] = line.split(/\s+/);
  const row: Record<string, unknown> = {
    measure,
    currency,
    amount,
    country: null,
    playerId: null,
    category: null,
    game: null,
  };
  for (const part of narrower) {
    const [word = "", value] = part.split("=");
    if (!(word in scopes) || value === undefined || value === "") return err("REQUEST_INVALID", `"${part}"`);
    row[scopes[word as keyof typeof scopes]] = value;
  }
  const parsed = profileRow.safeParse(row);
  if (parsed.success) return ok(parsed.data);
  const [issue] = parsed.error.issues;
  return err("REQUEST_INVALID", issue === undefined ? line : `${issue.path.join(".")}: ${issue.message}`);
}
