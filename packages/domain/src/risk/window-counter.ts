/**
 * What one limit has counted, slot by slot. Nearly every bet moves the newest slot alone, and needs no more than the sum of
 * those before it; they are kept apart, as the text in which they are stored, until something asks for one of them. So a bet
 * of a player who has played for a month costs no more than the first one.
 */
import { tickMs } from "../compliance/limit-window.ts";
import { assert } from "../kernel/result.ts";

/** What a slot holds: minor units, or ms of play. */
export interface Counted {
  /** On LOSS below zero where the player won. */
  readonly net: bigint;
  /** The bets that count against the limit alone: on LOSS, those on which the player has lost. */
  readonly gross: bigint;
}

export interface WindowCounter {
  /** The ms at which the newest slot begins; null where nothing was counted yet. */
  newest: number | null;
  net: bigint;
  gross: bigint;
  /** What the older slots count together as long as this slot is the window's first. */
  summed: { readonly first: number; readonly sum: bigint } | null;
  /** Undefined where they were not loaded. */
  older: OlderSlots | undefined;
}

/** By the ms at which a slot begins; or as `slot:net[:gross]`, joined by commas, the slot in quarters of an hour. */
type OlderSlots = string | Map<number, Counted>;

export function emptyCounter(): WindowCounter {
  return { newest: null, net: 0n, gross: 0n, summed: null, older: "" };
}

/** Whether a change of that slot, in a window with that first slot, can be counted without the older slots. */
export function isCurrent(counter: WindowCounter, slot: number, first: number): boolean {
  return slot === counter.newest && counter.summed?.first === first;
}

/**
 * Adds to a slot. Slots before `first` are forgotten when a new slot begins, and until then are kept right; one that was
 * forgotten stays so.
 */
export function addToSlot(counter: WindowCounter, slot: number, change: Counted, first: number): void {
  const { newest } = counter;
  if (slot === newest) {
    counter.net += change.net;
    counter.gross += change.gross;
    return;
  }
  const older = readOlder(counter);
  if (newest !== null && slot < newest) {
    const before = older.get(slot);
    if (slot < first && before === undefined) return;
    older.set(slot, { net: (before?.net ?? 0n) + change.net, gross: (before?.gross ?? 0n) + change.gross });
  } else {
    if (slot < first) return;
    if (newest !== null) older.set(newest, { net: counter.net, gross: counter.gross });
    for (const known of older.keys()) if (known < first) older.delete(known);
    counter.newest = slot;
    counter.net = change.net;
    counter.gross = change.gross;
  }
  sumAnew(counter, older, first);
}

/** The net of all slots after `first`, and of that one, which has left its window in part where it lies before `start`, the gross. */
export function sumFrom(counter: WindowCounter, first: number, start: number): bigint {
  const { newest, net, gross } = counter;
  if (newest === null || newest < first) return 0n;
  const summed = counter.summed?.first === first ? counter.summed : sumAnew(counter, readOlder(counter), first);
  return summed.sum + (newest < start ? gross : net);
}

function sumAnew(counter: WindowCounter, older: ReadonlyMap<number, Counted>, first: number) {
  let sum = 0n;
  for (const [slot, { net, gross }] of older) if (slot >= first) sum += slot === first ? gross : net;
  return (counter.summed = { first, sum });
}

/** Every slot that is remembered, in no order. */
export function* slotsOf(counter: WindowCounter): Generator<readonly [slot: number, counted: Counted]> {
  yield* readOlder(counter);
  if (counter.newest !== null) yield [counter.newest, { net: counter.net, gross: counter.gross }];
}

/** `newest|net|gross|first|sum`, the slots in quarters of an hour. */
export function storeCounter({ newest, net, gross, summed }: WindowCounter): string {
  return `${newest === null ? "" : newest / tickMs}|${net}|${gross}|${summed === null ? "|" : `${summed.first / tickMs}|${summed.sum}`}`;
}

/** Without its older slots. */
export function readCounter([newest, net, gross, first, sum]: readonly string[]): WindowCounter {
  return {
    newest: newest === "" || newest === undefined ? null : Number(newest) * tickMs,
    net: BigInt(net ?? 0),
    gross: BigInt(gross ?? 0),
    summed: first === "" || first === undefined ? null : { first: Number(first) * tickMs, sum: BigInt(sum ?? 0) },
    older: undefined,
  };
}

export function storeOlder({ older }: WindowCounter): string {
  assert(older !== undefined, "older slots are stored where they were loaded");
  if (typeof older === "string") return older;
  return [...older]
    .map(([slot, { net, gross }]) => `${slot / tickMs}:${net}${gross === net ? "" : `:${gross}`}`)
    .join(",");
}

function readOlder(counter: WindowCounter): Map<number, Counted> {
  const { older } = counter;
  assert(older !== undefined, "a slot that is no longer the newest is loaded before it is asked for");
  if (typeof older !== "string") return older;
  const slots = new Map<number, Counted>();
  for (const entry of older === "" ? [] : older.split(",")) {
    const [slot, net, gross] = entry.split(":");
    slots.set(Number(slot) * tickMs, { net: BigInt(net ?? 0), gross: BigInt(gross ?? net ?? 0) });
  }
  counter.older = slots;
  return slots;
}
