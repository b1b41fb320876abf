/** What a list's files come to. */
import type { ListEntry, ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";

export interface GivenFile {
  readonly name: string;
  readonly bytes: Buffer;
}

export interface ParsedList {
  readonly entries: readonly ListEntry[];
  /** ISO date that the list says it is of; null where it says none. */
  readonly publishedOn: string | null;
}

export type ParseResult = Result<ParsedList, Failure<"LIST_UNREADABLE">>;

/** A list that names nobody, or somebody twice, is another file than was meant. */
export function finishList(entries: readonly ListEntry[], publishedOn: string | null): ParseResult {
  if (entries.length === 0) return err("LIST_UNREADABLE", "No entry was found in it.");
  const seen = new Set<string>();
  for (const { ref } of entries) {
    if (seen.has(ref)) return err("LIST_UNREADABLE", `It has the entry ${ref.slice(0, 40)} twice.`);
    seen.add(ref);
  }
  return ok({ entries, publishedOn });
}

export function baseEntry(source: ListSource, ref: string): ListEntry {
  return {
    source,
    ref,
    kind: "OTHER",
    topic: "SANCTION",
    names: [],
    births: [],
    countries: [],
    gender: null,
    programs: [],
    wallets: [],
    remarks: "",
  };
}

export function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
