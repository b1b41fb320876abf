/** What each durable consumer does with events, by its name: for the bus that hands them over, and for a replay. */
import { archiveEvents } from "./archive-events.ts";
import type { ConsumerOptions } from "./event-bus.ts";
import type { ObjectStore } from "./objects/object-store.ts";

export type ConsumerHandlers = ReadonlyMap<string, ConsumerOptions["handle"]>;

export function createConsumerHandlers(objects: ObjectStore): ConsumerHandlers {
  return new Map([["archive", archiveEvents(objects)]]);
}
