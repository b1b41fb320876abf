/** Puts the messages of a stream together into whole positions, whatever the order in which they arrive. */
import type { DomainEvent } from "@pitboss/domain/ops/events";
import type { EventBatch } from "../event-source.ts";
import type { Place } from "./stream.ts";

export interface PositionBuffer<M> {
  add(place: Place, event: DomainEvent, message: M): void;
  /** Forgets all up to and with this position; answers the newest message of what was forgotten. */
  drop(upTo: bigint): M | undefined;
  /** Whole positions that follow `after` without a gap, until they have `most` events. */
  take(after: bigint, most: number): EventBatch[];
  /** What keeps `take` from going on after this position; undefined where nothing has come that could follow. */
  blocked(after: bigint): Blocked | undefined;
  clear(): void;
  size(): number;
}

/** `gap`: positions up to `upTo` have not come. `part`: of the position `upTo` some events have not come. */
export interface Blocked {
  readonly kind: "gap" | "part";
  readonly upTo: bigint;
  /** How long what did come has been waiting, ms. */
  readonly forMs: number;
}

interface Gathering<M> {
  readonly events: (DomainEvent | undefined)[];
  missing: number;
  newest: M;
  readonly sinceMs: number;
}

export function createPositionBuffer<M>(nowMs: () => number): PositionBuffer<M> {
  const gathered = new Map<bigint, Gathering<M>>();

  function smallest(): bigint | undefined {
    let least: bigint | undefined;
    for (const position of gathered.keys()) if (least === undefined || position < least) least = position;
    return least;
  }

  return {
    add({ position, index, count }, event, message) {
      const known = gathered.get(position);
      if (known === undefined) {
        const events = Array.from<DomainEvent | undefined>({ length: count });
        events[index] = event;
        gathered.set(position, { events, missing: count - 1, newest: message, sinceMs: nowMs() });
        return;
      }
      known.newest = message;
      if (known.events[index] === undefined) known.missing -= 1;
      known.events[index] = event;
    },
    drop(upTo) {
      let newest: { position: bigint; message: M } | undefined;
      for (const [position, { newest: message }] of gathered) {
        if (position > upTo) continue;
        gathered.delete(position);
        if (newest === undefined || position > newest.position) newest = { position, message };
      }
      return newest?.message;
    },
    take(after, most) {
      const batches: EventBatch[] = [];
      let events = 0;
      for (let position = after + 1n; events < most; position += 1n) {
        const found = gathered.get(position);
        if (found === undefined || found.missing > 0) break;
        batches.push({ position, events: found.events.filter((event) => event !== undefined) });
        events += found.events.length;
      }
      return batches;
    },
    blocked(after) {
      const least = smallest();
      if (least === undefined) return undefined;
      const waiting = gathered.get(least);
      if (waiting === undefined) return undefined;
      const forMs = nowMs() - waiting.sinceMs;
      if (least > after + 1n) return { kind: "gap", upTo: least - 1n, forMs };
      return waiting.missing > 0 ? { kind: "part", upTo: least, forMs } : undefined;
    },
    clear: () => gathered.clear(),
    size: () => gathered.size,
  };
}
