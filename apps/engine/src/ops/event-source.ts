/**
 * Events read from the ledger, from any position on. Consumers near the head ask for the same positions within a moment
 * of each other, so the last few slices are kept: one reading serves them all.
 */
import { readBatches, type SliceLimits } from "@pitboss/db/ops/read-batches";
import { buildEvents } from "@pitboss/domain/ops/build-events";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { createSteadySession } from "./steady-session.ts";

/** What one committed batch has to tell; a batch that has nothing to tell has no events. */
export interface EventBatch {
  readonly position: bigint;
  readonly events: readonly DomainEvent[];
}

export interface EventSlice {
  /** The slice holds every position above this one … */
  readonly after: bigint;
  /** … up to and with this one. Equal to `after` where there was nothing. */
  readonly upTo: bigint;
  readonly batches: readonly EventBatch[];
}

export interface EventSource {
  /** A slice of the positions above `after`; at most `upTo`, where that is given. */
  read(after: bigint, upTo?: bigint): Promise<EventSlice>;
  close(): Promise<void>;
}

const limits: SliceLimits = { transactions: 2_000, batches: 500 };
const kept = 16;
const endOfTime = (1n << 63n) - 1n;

export function createEventSource(options: { databaseUrl: string; applicationName: string }): EventSource {
  const session = createSteadySession(options);
  const slices = new Map<bigint, Promise<EventSlice>>();

  async function readSlice(after: bigint, upTo: bigint): Promise<EventSlice> {
    const slice = await session.use((current) => readBatches(current, { after, upTo }, limits));
    return {
      after,
      upTo: slice.upTo,
      batches: slice.batches.map((batch) => ({ position: batch.position, events: buildEvents(batch, slice.facts) })),
    };
  }

  async function readKept(after: bigint): Promise<EventSlice> {
    const found = slices.get(after);
    if (found !== undefined) return found;
    const reading = readSlice(after, endOfTime);
    slices.set(after, reading);
    const [oldest] = slices.keys();
    if (slices.size > kept && oldest !== undefined) slices.delete(oldest);
    const forget = (): void => {
      if (slices.get(after) === reading) slices.delete(after);
    };
    // An empty slice is not the last word, and a failed one is no word at all.
    reading.then(({ upTo }) => upTo === after && forget(), forget);
    return reading;
  }

  return {
    async read(after, upTo) {
      const slice = await readKept(after);
      return upTo === undefined || slice.upTo <= upTo ? slice : cutSlice(slice, upTo);
    },
    close: () => session.close(),
  };
}

function cutSlice(slice: EventSlice, upTo: bigint): EventSlice {
  const batches = slice.batches.filter(({ position }) => position <= upTo);
  return { after: slice.after, upTo: upTo < slice.after ? slice.after : upTo, batches };
}

export function eventsOf(batches: readonly EventBatch[]): DomainEvent[] {
  return batches.flatMap(({ events }) => events);
}
