/** What a simulated provider knows, kept in a journal so that it outlives the process, as a real provider's does. */
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

export interface Journal<T extends { readonly id: string }> {
  add(record: T): void;
  change(record: T, change: Partial<T>): void;
  byId(id: string): T | undefined;
  find(test: (record: T) => boolean): T | undefined;
  all(): readonly T[];
}

export function openJournal<T extends { readonly id: string }>(path: string): Journal<T> {
  const records = new Map<string, T>();
  mkdirSync(dirname(path), { recursive: true });
  if (existsSync(path)) {
    for (const line of readFileSync(path, "utf8").split("\n")) {
      if (line === "") continue;
      const record = JSON.parse(line) as T;
      records.set(record.id, record);
    }
  }
  const keep = (record: T): void => appendFileSync(path, `${JSON.stringify(record)}\n`);
  return {
    add(record) {
      records.set(record.id, record);
      keep(record);
    },
    change(record, change) {
      Object.assign(record, change);
      keep(record);
    },
    byId: (id) => records.get(id),
    find: (test) => [...records.values()].find(test),
    all: () => [...records.values()],
  };
}

export function randomId(bytes: number): string {
  return randomBytes(bytes).toString("hex");
}
