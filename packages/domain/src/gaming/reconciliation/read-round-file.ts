/**
 * A game provider's daily file: a row for each round, as CSV or JSON. A file with a line that can't be read is not taken at
 * all: every round on such a line would look as if the provider did not have it.
 */
import { z } from "zod";
import { parseCsv } from "../../kernel/csv.ts";
import { parseId } from "../../kernel/public-id.ts";
import { currencies, type Currency } from "../../wallet/currency.ts";
import { parseAmount } from "../../wallet/money.ts";

export const roundFileFormats = ["csv", "json"] as const;
export type RoundFileFormat = (typeof roundFileFormats)[number];

export const toldStatuses = ["OPEN", "CLOSED", "ROLLED_BACK"] as const;
/** What the provider says of a round. */
export type ToldStatus = (typeof toldStatuses)[number];

export interface ToldRound {
  /** Of a CSV file its line, of a JSON file the place in the list; from 1. */
  readonly line: number;
  readonly roundRef: string;
  /** Null where the file names nobody of the house. */
  readonly playerId: bigint | null;
  readonly player: string;
  /** Minor units. */
  readonly bets: bigint;
  readonly wins: bigint;
  readonly currency: Currency;
  readonly status: ToldStatus;
}

export interface BadLine {
  /** 0 is the file as a whole. */
  readonly line: number;
  readonly why: string;
}

/** Providers' own words for the three. */
const statusWords: Readonly<Record<string, ToldStatus>> = {
  open: "OPEN",
  pending: "OPEN",
  in_progress: "OPEN",
  closed: "CLOSED",
  settled: "CLOSED",
  finished: "CLOSED",
  completed: "CLOSED",
  rolled_back: "ROLLED_BACK",
  rollback: "ROLLED_BACK",
  cancelled: "ROLLED_BACK",
  canceled: "ROLLED_BACK",
  voided: "ROLLED_BACK",
  refunded: "ROLLED_BACK",
};

const text = z.union([z.string(), z.number()]).transform((value) => String(value).trim());
const row = z.object({
  round_id: text.pipe(z.string().min(1).max(200)),
  player: text.pipe(z.string().min(1).max(80)),
  bets: text,
  wins: text,
  currency: text
    .transform((code) => code.toUpperCase())
    .pipe(z.enum(Object.keys(currencies) as [Currency, ...Currency[]])),
  status: text.transform((word, context) => {
    const status = statusWords[word.toLowerCase().replaceAll(/[\s-]+/g, "_")];
    if (status === undefined) context.addIssue({ code: "custom", message: `"${word}" is not a state of a round` });
    return status ?? z.NEVER;
  }),
});
const columns = Object.keys(row.shape);

export function readRoundFile(
  content: string,
  format: RoundFileFormat,
): { readonly rounds: readonly ToldRound[]; readonly bad: readonly BadLine[] } {
  const lines = format === "csv" ? readCsvLines(content) : readJsonLines(content);
  const rounds: ToldRound[] = [];
  const bad: BadLine[] = [];
  for (const { line, value, why } of lines) {
    const read = why === undefined ? readRow(line, value) : { line, why };
    if ("why" in read) bad.push(read);
    else rounds.push(read);
  }
  return { rounds, bad };
}

function readRow(line: number, value: unknown): ToldRound | BadLine {
  const parsed = row.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    return { line, why: `${issue?.path.map(String).join(".") ?? ""}: ${issue?.message ?? "not valid"}` };
  }
  const { round_id: roundRef, player, currency, status } = parsed.data;
  const [bets, wins] = [parseAmount(parsed.data.bets, currency), parseAmount(parsed.data.wins, currency)];
  if (!bets.ok) return { line, why: `bets: is not an amount of ${currency}` };
  if (!wins.ok) return { line, why: `wins: is not an amount of ${currency}` };
  const playerId = parseId("player", player) ?? null;
  return { line, roundRef, player, playerId, bets: bets.value, wins: wins.value, currency, status };
}

interface RawLine {
  readonly line: number;
  readonly value?: unknown;
  readonly why?: string;
}

function readJsonLines(content: string): RawLine[] {
  let parsed: unknown;
  try {
    parsed = JSON.parse(content);
  } catch {
    return [{ line: 0, why: "the file is not JSON" }];
  }
  if (!Array.isArray(parsed)) return [{ line: 0, why: "the file is not a list of rounds" }];
  return parsed.map((value: unknown, index) => ({ line: index + 1, value }));
}

function readCsvLines(content: string): RawLine[] {
  const [head, ...body] = parseCsv(content);
  if (head === undefined) return [{ line: 0, why: "the file is empty; a day without rounds has its first line" }];
  const names = head.cells.map((name) => name.trim().toLowerCase());
  const missing = columns.filter((name) => !names.includes(name));
  if (missing.length > 0) return [{ line: head.line, why: `the first line does not name ${missing.join(", ")}` }];
  return body.map(({ line, cells, broken }) => {
    if (broken || cells.length !== names.length) return { line, why: `has ${cells.length} cells of ${names.length}` };
    return { line, value: Object.fromEntries(names.map((name, index) => [name, cells[index]])) };
  });
}
