/** Saved views of lists: a person's own, and those that are shared. */
import type { JsonObject } from "@pitboss/domain/kernel/json";
import { and, asc, eq, or } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { savedViews } from "./saved-views.schema.ts";

export interface SavedViewRecord {
  readonly id: bigint;
  readonly ownerId: bigint;
  readonly list: string;
  readonly name: string;
  readonly state: JsonObject;
  readonly shared: boolean;
}

export async function listSavedViews(db: Executor, ownerId: bigint, list: string): Promise<SavedViewRecord[]> {
  return db
    .select()
    .from(savedViews)
    .where(and(eq(savedViews.list, list), or(eq(savedViews.ownerId, ownerId), eq(savedViews.shared, true))))
    .orderBy(asc(savedViews.name), asc(savedViews.id));
}

/** Saves under its name; the same name of the same person and list is overwritten. */
export async function saveView(db: Executor, view: Omit<SavedViewRecord, "id">, now: Date): Promise<bigint> {
  const [row] = await db
    .insert(savedViews)
    .values(view)
    .onConflictDoUpdate({
      target: [savedViews.ownerId, savedViews.list, savedViews.name],
      set: { state: view.state, shared: view.shared, updatedAt: now },
    })
    .returning({ id: savedViews.id });
  if (row === undefined) throw new Error("a saved view has an id");
  return row.id;
}

export async function deleteView(db: Executor, id: bigint, ownerId: bigint): Promise<SavedViewRecord | undefined> {
  const [row] = await db
    .delete(savedViews)
    .where(and(eq(savedViews.id, id), eq(savedViews.ownerId, ownerId)))
    .returning();
  return row;
}
