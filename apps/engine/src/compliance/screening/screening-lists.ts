/** The lists in force, in memory, loaded anew as soon as another version of one is. */
import {
  listCurrentEntries,
  readCurrentLists,
  readScreeningRule,
  type StoredEntry,
} from "@pitboss/db/compliance/screening-list-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { entryKey } from "@pitboss/domain/compliance/screening/diff-entries";
import type { ListEntry, ListSource } from "@pitboss/domain/compliance/screening/list-entry";
import { buildScreeningIndex, type ScreeningIndex } from "@pitboss/domain/compliance/screening/screening-index";
import type { ScreeningRule } from "@pitboss/domain/compliance/screening/screening-rule";
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { formatId } from "@pitboss/domain/kernel/public-id";

export interface LoadedLists {
  readonly index: ScreeningIndex;
  readonly versions: ReadonlyMap<ListSource, bigint>;
  stored(entry: ListEntry): StoredEntry | undefined;
}

export interface ScreeningBase {
  readonly lists: LoadedLists;
  readonly rule: ScreeningRule;
}

export interface ScreeningLists {
  /** What is in force now: asked each time, loaded where it has changed. */
  current(db: Executor): Promise<ScreeningBase>;
}

export function createScreeningLists(): ScreeningLists {
  let known: { readonly versions: string; readonly lists: Promise<LoadedLists> } | undefined;

  return {
    async current(db) {
      const [versions, rule] = [await readCurrentLists(db), await readScreeningRule(db)];
      const name = [...versions].map(([source, id]) => `${source}:${id}`).join(" ");
      if (known?.versions !== name) {
        const lists = load(db, versions);
        const loading = { versions: name, lists };
        known = loading;
        lists.catch(() => {
          if (known === loading) known = undefined;
        });
      }
      return { lists: await known.lists, rule };
    },
  };
}

async function load(db: Executor, versions: ReadonlyMap<ListSource, bigint>): Promise<LoadedLists> {
  return indexEntries(await listCurrentEntries(db), versions);
}

export function indexEntries(entries: readonly StoredEntry[], versions: ReadonlyMap<ListSource, bigint>): LoadedLists {
  const byKey = new Map(entries.map((stored) => [entryKey(stored.entry.source, stored.entry.ref), stored]));
  const index = buildScreeningIndex(entries.map(({ entry }) => entry));
  return { index, versions, stored: ({ source, ref }) => byKey.get(entryKey(source, ref)) };
}

export function presentVersions(versions: ReadonlyMap<ListSource, bigint>): JsonObject {
  return Object.fromEntries([...versions].map(([source, id]) => [source, formatId("screeningList", id)]));
}
