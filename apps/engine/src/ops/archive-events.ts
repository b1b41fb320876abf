/**
 * Raw events to cold storage: compressed NDJSON, a folder for each hour of UTC, every event once.
 *
 * An object holds the events of one hour out of what was handed over at a time, and is named by the first of them. What
 * is handed over again after a crash begins with the same event, because the position that stands for it was not moved;
 * it may end elsewhere. Then, hour by hour, either the same object is written again, or the next hand-over begins that
 * hour with the same first event: so every object that the broken attempt left is written over, at an hour's border as
 * well. An event that is met twice all the same, as in a restored database, has the same `eventId` both times.
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { sql } from "drizzle-orm";
import type { Consumer, ConsumerOptions, EventBus } from "./event-bus.ts";
import type { ObjectStore } from "./objects/object-store.ts";
import type { Pace } from "./pace.ts";

const compress = promisify(gzip);
/** Cold storage may lag; fewer and larger objects are cheaper to keep and to read. It waits for none while it is behind. */
const gapMs = 5_000;
const most = 20_000;

export function startArchive(bus: EventBus, objects: ObjectStore, pace: Pace): Consumer {
  return bus.startConsumer({ name: "archive", gapMs, most, pace, handle: archiveEvents(objects) });
}

export function archiveEvents(objects: ObjectStore): ConsumerOptions["handle"] {
  return async (events, tx) => {
    for (const [name, lines] of archiveObjects(events)) {
      await objects.put(name, await compress(Buffer.from(lines.join(""))), "application/x-ndjson");
    }
    // Objects are not undone with the database: the position may go back by no more than one hand-over.
    await tx.execute(sql`SELECT set_config('synchronous_commit', 'on', true)`);
  };
}

/** The objects of a hand-over: name → the events in it, a line each. Events come in the order of their positions. */
export function archiveObjects(
  events: readonly Pick<DomainEvent, "eventId" | "ts">[],
): ReadonlyMap<string, readonly string[]> {
  const nameOfHour = new Map<string, string>();
  const objects = new Map<string, string[]>();
  for (const event of events) {
    const hour = event.ts.slice(0, 13).replace("T", "/").replaceAll("-", "/");
    const name = nameOfHour.get(hour) ?? `events/${hour}/${numberOf(event.eventId)}.ndjson.gz`;
    nameOfHour.set(hour, name);
    const line = `${JSON.stringify(event)}\n`;
    const lines = objects.get(name);
    if (lines === undefined) objects.set(name, [line]);
    else lines.push(line);
  }
  return objects;
}

/** The number behind an event's id, so that names sort by time. Side events of a batch share its first number. */
function numberOf(eventId: string): string {
  const [id = "", side] = eventId.split(".");
  const number = (parseId("event", id) ?? 0n).toString().padStart(19, "0");
  return side === undefined ? number : `${number}.${side}`;
}
