/** Keyset pages: a cursor is the public id of the last row seen, so a page stays right while rows are added. */
import { type IdKind, parseId } from "@pitboss/domain/kernel/public-id";
import { z } from "zod";
import { throwFailure } from "./failure.ts";

export interface Page<T> {
  readonly rows: readonly T[];
  /** Cursor of the next page; null on the last. */
  readonly next: string | null;
}

export const pageInput = {
  cursor: z.string().max(200).nullish(),
  limit: z.int().min(1).max(200).default(50),
};

export function readCursor(kind: IdKind, cursor: string | null | undefined): bigint | undefined {
  if (cursor === null || cursor === undefined) return undefined;
  return parseId(kind, cursor) ?? throwFailure({ code: "CURSOR_INVALID" });
}

/** `rows` holds one more than the page where there is more; ask the database for `limit + 1`. */
export function pageOf<R, T>(
  rows: readonly R[],
  limit: number,
  present: (row: R) => T,
  cursorOf: (row: R) => string,
): Page<T> {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page.map(present), next: rows.length > limit && last !== undefined ? cursorOf(last) : null };
}
