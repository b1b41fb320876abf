/** What a new version of a list changes: an entry is told by the list's own reference, and is the same while its hash is. */
import { createHash } from "node:crypto";
import { canonicalJson, type JsonObject } from "../../kernel/json.ts";
import type { ListEntry } from "./list-entry.ts";

export interface HashedEntry {
  readonly entry: ListEntry;
  /** 32 hex digits of the SHA-256 of its canonical text. */
  readonly hash: string;
}

export interface ListDiff {
  readonly added: readonly HashedEntry[];
  readonly changed: readonly HashedEntry[];
  /** References that are no longer on the list. */
  readonly removed: readonly string[];
  readonly unchanged: number;
}

export function hashEntry(entry: ListEntry): string {
  const text = canonicalJson(entry as unknown as JsonObject);
  return createHash("sha256").update(text).digest("hex").slice(0, 32);
}

export function entryKey(source: string, ref: string): string {
  return `${source}|${ref}`;
}

/** `standing`: hash by reference, of the version in force. */
export function diffEntries(standing: ReadonlyMap<string, string>, next: readonly ListEntry[]): ListDiff {
  const added: HashedEntry[] = [];
  const changed: HashedEntry[] = [];
  const left = new Set(standing.keys());
  let unchanged = 0;
  for (const entry of next) {
    const hash = hashEntry(entry);
    const before = standing.get(entry.ref);
    left.delete(entry.ref);
    if (before === undefined) added.push({ entry, hash });
    else if (before === hash) unchanged += 1;
    else changed.push({ entry, hash });
  }
  return { added, changed, removed: [...left], unchanged };
}
