/**
 * Raw events to cold storage: compressed NDJSON, a folder for each hour of UTC. An object is named by the first position
 * that was handed over, so an attempt that is repeated overwrites what the one before it wrote, and nothing is there
 * twice.
 */
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import type { Consumer, EventBus } from "./event-bus.ts";
import type { ObjectStore } from "./objects/object-store.ts";
import type { Pace } from "./pace.ts";

const compress = promisify(gzip);
/** Cold storage may lag; fewer and larger objects are cheaper to keep and to read. */
const gapMs = 5_000;
const most = 20_000;

export function startArchive(bus: EventBus, objects: ObjectStore, pace: Pace): Consumer {
  return bus.startConsumer({
    name: "archive",
    gapMs,
    most,
    pace,
    handle: async (events, _tx, { from }) => {
      for (const [hour, lines] of groupByHour(events)) {
        const name = `events/${hour}/${from.toString().padStart(19, "0")}.ndjson.gz`;
        await objects.put(name, await compress(Buffer.from(lines.join(""))), "application/x-ndjson");
      }
    },
  });
}

/** `2026/11/23/07` → the events of that hour, a line each. */
function groupByHour(events: readonly DomainEvent[]): Map<string, string[]> {
  const hours = new Map<string, string[]>();
  for (const event of events) {
    const hour = event.ts.slice(0, 13).replace("T", "/").replaceAll("-", "/");
    const line = `${JSON.stringify(event)}\n`;
    const lines = hours.get(hour);
    if (lines === undefined) hours.set(hour, [line]);
    else lines.push(line);
  }
  return hours;
}
