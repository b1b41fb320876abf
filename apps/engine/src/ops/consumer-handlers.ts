/** What each durable consumer does with events, by its name: for the bus that hands them over, and for a replay. */
import type { Currency } from "@pitboss/domain/wallet/currency";
import { collectFacts } from "../reporting/facts/collect-facts.ts";
import { factsConsumer } from "../reporting/facts/facts-consumer.ts";
import { mendFacts } from "../reporting/facts/mend-facts.ts";
import { monitorEvents, monitoringConsumer } from "../risk/monitoring/monitor-events.ts";
import { systemClock } from "../kernel/context.ts";
import type { ColumnStore } from "../reporting/store/column-store.ts";
import { archiveEvents } from "./archive-events.ts";
import type { ConsumerOptions, HandleAgain } from "./event-bus.ts";
import type { ObjectStore } from "./objects/object-store.ts";

export type ConsumerHandlers = ReadonlyMap<string, ConsumerOptions["handle"]>;

export function createConsumerHandlers(
  objects: ObjectStore,
  store: ColumnStore,
  reporting: Currency,
): ConsumerHandlers {
  return new Map([
    ["archive", archiveEvents(objects)],
    [factsConsumer, collectFacts(store, reporting)],
    [monitoringConsumer, monitorEvents({ clock: systemClock, reporting })],
  ]);
}

/**
 * Consumers that can be handed a part of what they applied: they know each event by its id. The archive can't, since its
 * objects are whole stretches, and what watches can't, since it would judge players by their past.
 */
export function createAgainHandlers(store: ColumnStore, reporting: Currency): ReadonlyMap<string, HandleAgain> {
  return new Map([[factsConsumer, mendFacts(store, reporting)]]);
}
