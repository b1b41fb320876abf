/**
 * What just happened, for everybody who watches: one reading serves all of them, and where nobody watches nothing is
 * read. What was read last is kept for as long as somebody is there, so that who comes, or comes back, sees it at once.
 */
import { randomUUID } from "node:crypto";
import type { Logger } from "../../kernel/log.ts";
import { type Loop, startLoop } from "../loop.ts";
import type { LiveItem } from "./live-item.ts";
import type { LiveReader, LiveReading } from "./read-live.ts";

export interface LivePage extends LiveReading {
  /** Where this page ends; who comes back with it gets what came after. */
  readonly cursor: string;
}

export interface LiveFeed {
  /** Pages from now on, until the signal. The first comes at once and has what happened just before, or since `after`. */
  watch(after: string | undefined, signal: AbortSignal): AsyncGenerator<LivePage, void>;
  /** Ends every watch. */
  stop(): Promise<void>;
}

export interface LiveFeedOptions {
  /** A reader that begins anew. */
  readonly openReader: () => LiveReader;
  readonly log: Logger;
  /** How often is looked, ms. */
  readonly everyMs?: number;
  /** How long readings go on after the last watcher left, who may only be changing pages, ms. */
  readonly lingerMs?: number;
}

/** Of each kind, so that many bets don't push out the one thing that a member of staff did. */
const mostKept = 50;

interface Kept {
  readonly number: number;
  readonly item: LiveItem;
}

export function createLiveFeed({ openReader, log, everyMs = 500, lingerMs = 5_000 }: LiveFeedOptions): LiveFeed {
  const watchers = new Set<() => void>();
  const ending = new AbortController();
  let loop: Loop | undefined;
  let lingering: NodeJS.Timeout | undefined;
  let first = Promise.withResolvers<void>();
  /** Names this run of readings; numbers count up within it. */
  let run = "";
  let kept: Kept[] = [];
  let number = 0;
  /** The numbers before which something was left out. */
  let gaps: number[] = [];

  function begin(): void {
    clearTimeout(lingering);
    if (loop !== undefined) return;
    run = randomUUID().slice(0, 8);
    first = Promise.withResolvers<void>();
    kept = [];
    gaps = [];
    number = 0;
    const reader = openReader();
    const { resolve } = first;
    loop = startLoop({
      name: "live-feed",
      everyMs,
      gapMs: everyMs,
      log,
      run: async () => {
        take(await reader.read());
        resolve();
        return false;
      },
    });
  }

  function take({ items, leftOut }: LiveReading): void {
    if (leftOut) gaps = [...gaps.slice(-mostKept), number];
    for (const item of items) kept.push({ number: (number += 1), item });
    kept = keepNewest(kept);
    if (items.length > 0 || leftOut) for (const wake of watchers) wake();
  }

  async function rest(): Promise<void> {
    const ended = loop;
    loop = undefined;
    await ended?.stop();
  }

  function leave(wake: () => void): void {
    watchers.delete(wake);
    if (watchers.size > 0) return;
    lingering = setTimeout(() => void rest(), lingerMs);
    lingering.unref();
  }

  function pageAfter(last: number): LivePage {
    const fresh = kept.filter((one) => one.number > last);
    const lost = fresh.length < number - last;
    return {
      items: fresh.map(({ item }) => item),
      leftOut: last > 0 && (lost || gaps.some((gap) => gap >= last)),
      cursor: `${run}.${number}`,
    };
  }

  async function* watch(after: string | undefined, signal: AbortSignal): AsyncGenerator<LivePage, void> {
    const over = AbortSignal.any([signal, ending.signal]);
    const isOver = (): boolean => over.aborted;
    let wake = (): void => undefined;
    const wakeUp = (): void => wake();
    watchers.add(wakeUp);
    over.addEventListener("abort", wakeUp, { once: true });
    begin();
    try {
      await Promise.race([first.promise, new Promise<void>((resolve) => (wake = resolve))]);
      const [askedRun, asked] = after?.split(".") ?? [];
      let last = askedRun === run ? Number(asked) : 0;
      for (let opening = true; !isOver(); opening = false) {
        const page = pageAfter(last);
        last = number;
        if (opening || page.items.length > 0 || page.leftOut) yield page;
        if (number === last && !isOver()) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      over.removeEventListener("abort", wakeUp);
      leave(wakeUp);
    }
  }

  return {
    watch,
    async stop() {
      ending.abort();
      clearTimeout(lingering);
      await rest();
    },
  };
}

/** In their order, the newest of each kind. */
function keepNewest(all: readonly Kept[]): Kept[] {
  const left = new Map<LiveItem["kind"], number>();
  return all
    .toReversed()
    .filter(({ item }) => {
      const count = (left.get(item.kind) ?? 0) + 1;
      left.set(item.kind, count);
      return count <= mostKept;
    })
    .toReversed();
}
