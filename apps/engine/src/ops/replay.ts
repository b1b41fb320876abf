/**
 * Events once more, from any position. A consumer that is replayed goes on from where it is: what it applied already is
 * passed over, so that a replay can be started at any time and from anywhere, and changes nothing twice.
 */
import type { Database } from "@pitboss/db/kernel/pool";
import { advancePosition, lockPosition } from "@pitboss/db/ops/consumer-position";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import type { ConsumerOptions, HandleAgain } from "./event-bus.ts";
import { type EventSlice, type EventSource, eventsOf } from "./event-source.ts";

export interface ReplayRange {
  /** The first position; 1 is the oldest. */
  readonly from: bigint;
  /** The last position; the newest there is, where this is absent. */
  readonly to?: bigint;
}

export interface Replayed {
  /** The last position that was looked at. */
  readonly upTo: bigint;
  readonly events: number;
  /** Events that the consumer had applied before. */
  readonly passedOver: number;
}

/** Hands the events of the range to `handle`, and keeps no position. */
export async function replayTo(
  source: EventSource,
  range: ReplayRange,
  handle: (events: readonly DomainEvent[]) => Promise<void>,
): Promise<Replayed> {
  let events = 0;
  const upTo = await eachSlice(source, range, async (slice) => {
    const found = eventsOf(slice.batches);
    if (found.length > 0) await handle(found);
    events += found.length;
    return "next";
  });
  return { upTo, events, passedOver: 0 };
}

/**
 * Brings a consumer through the range. It must begin at or before the consumer's next position, or events would be
 * left out: then nothing is done, and the answer says from where it has to begin.
 */
export async function replayConsumer(
  context: { readonly db: Database; readonly source: EventSource },
  range: ReplayRange,
  { name, handle }: Pick<ConsumerOptions, "name" | "handle">,
): Promise<Replayed | { readonly refused: "unknown" | "busy" | "gap"; readonly next?: bigint }> {
  const { db, source } = context;
  const known = await db.transaction((tx) => lockPosition(tx, name));
  if (known === undefined) return { refused: "unknown" };
  if (range.from > known + 1n) return { refused: "gap", next: known + 1n };
  const done = { events: 0, passedOver: 0, busy: false };
  const upTo = await eachSlice(source, range, (slice) =>
    db.transaction(async (tx) => {
      const position = await lockPosition(tx, name);
      if (position === undefined) {
        done.busy = true;
        return "stop";
      }
      const fresh = eventsOf(slice.batches.filter((batch) => batch.position > position));
      done.passedOver += eventsOf(slice.batches).length - fresh.length;
      if (slice.upTo <= position) return "next";
      if (fresh.length > 0) await handle(fresh, tx, { from: position + 1n, to: slice.upTo });
      await advancePosition(tx, name, slice.upTo);
      done.events += fresh.length;
      return "next";
    }),
  );
  const { busy, ...counts } = done;
  return busy ? { refused: "busy" } : { upTo, ...counts };
}

/**
 * Hands a provider's events of the range to a consumer that has applied them before: what is missing of them is applied,
 * and the position stays. Nothing behind the position is handed over; that comes by itself, in its turn.
 */
export async function replayProvider(
  context: { readonly db: Database; readonly source: EventSource },
  range: ReplayRange & { readonly to: bigint },
  {
    name,
    provider,
    handleAgain,
  }: { readonly name: string; readonly provider: string; readonly handleAgain: HandleAgain },
): Promise<Replayed | { readonly refused: "busy" }> {
  const { db, source } = context;
  const done = { events: 0, passedOver: 0, busy: false };
  const upTo = await eachSlice(source, range, (slice) =>
    db.transaction(async (tx) => {
      // Locked, so that the consumer is not at work on the same facts.
      const position = await lockPosition(tx, name);
      if (position === undefined || slice.upTo > position) {
        done.busy = true;
        return "stop";
      }
      const events = eventsOf(slice.batches).filter((event) => "provider" in event && event.provider === provider);
      if (events.length === 0) return "next";
      const first = slice.batches[0]?.position ?? slice.upTo;
      const { applied, known } = await handleAgain(events, tx, { from: first, to: slice.upTo });
      done.events += applied;
      done.passedOver += known;
      return "next";
    }),
  );
  const { busy, ...counts } = done;
  return busy ? { refused: "busy" } : { upTo, ...counts };
}

async function eachSlice(
  source: EventSource,
  { from, to }: ReplayRange,
  take: (slice: EventSlice) => Promise<"next" | "stop">,
): Promise<bigint> {
  let position = from - 1n;
  while (to === undefined || position < to) {
    const slice = await source.read(position, to);
    if (slice.upTo === position) break;
    if ((await take(slice)) === "stop") break;
    position = slice.upTo;
  }
  return position;
}
