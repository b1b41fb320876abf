"use client";

import { useCallback, useState } from "react";
import { type LiveItem, type LiveNews, type LiveState, useLiveNews } from "#lib/use-live-news.ts";

/** Of each kind, so that many bets don't push out the one thing that a member of staff did. */
const mostOfKind = 100;

interface Rows {
  /** Newest first; undefined before the first answer. */
  readonly shown: readonly LiveItem[] | undefined;
  /** What came since, newest first, and waits until nobody's pointer is on the rows. */
  readonly waiting: readonly LiveItem[];
  /** True where so much happened that not all of it is told. */
  readonly leftOut: boolean;
}

const none: Rows = { shown: undefined, waiting: [], leftOut: false };

export interface LiveRows extends Rows {
  readonly state: LiveState;
  /** Takes in what waits. */
  readonly show: () => void;
  /** Somebody points at the rows, or reads them by keyboard: nothing may move. */
  readonly hold: (held: boolean) => void;
}

/** The rows of a live view. None moves under a pointer: what is new waits, and is taken in by a press or once it is gone. */
export function useLiveRows(on: boolean): LiveRows {
  const [rows, setRows] = useState<Rows>(none);
  const [held, setHeld] = useState(false);
  const take = useCallback(
    ({ items, leftOut }: LiveNews) => {
      setRows((before) => {
        const next = add(before, items, leftOut);
        return held && before.shown !== undefined ? next : showAll(next);
      });
    },
    [held],
  );
  const state = useLiveNews(on, take);
  const show = useCallback(() => setRows(showAll), []);
  const hold = useCallback((next: boolean) => {
    setHeld(next);
    if (!next) setRows(showAll);
  }, []);
  return { ...rows, state, show, hold };
}

/** After a break the same may come again: each is known by its id. */
function add({ shown, waiting, leftOut }: Rows, items: readonly LiveItem[], more: boolean): Rows {
  const known = new Set([...(shown ?? []), ...waiting].map(({ id }) => id));
  const fresh = items.filter(({ id }) => !known.has(id)).reverse();
  return { shown: shown ?? [], waiting: keepNewest([...fresh, ...waiting]), leftOut: leftOut || more };
}

function showAll(rows: Rows): Rows {
  if (rows.waiting.length === 0) return rows;
  return { ...rows, shown: keepNewest([...rows.waiting, ...(rows.shown ?? [])]), waiting: [] };
}

function keepNewest(newestFirst: readonly LiveItem[]): LiveItem[] {
  const counts = new Map<LiveItem["kind"], number>();
  return newestFirst.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= mostOfKind;
  });
}
