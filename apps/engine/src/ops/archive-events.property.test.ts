import { formatId } from "@pitboss/domain/kernel/public-id";
import fc from "fast-check";
import { expect, test } from "vitest";
import { archiveObjects } from "./archive-events.ts";

/** Events by position; the hour of a neighbour may be the one before or after, as at the border of an hour. */
const history = fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 1, maxLength: 60 }).map((hours) =>
  hours.map((hour, index) => ({
    eventId: formatId("event", BigInt(index + 1) << 10n),
    ts: `2026-11-23T0${hour}:59:59.999Z`,
  })),
);
/** How many events each attempt hands over, and whether its position was kept. */
const attempts = fc.array(fc.record({ size: fc.integer({ min: 1, max: 20 }), kept: fc.boolean() }), { maxLength: 60 });

test("however attempts are cut off and however they end, every event lies in the archive once", () => {
  fc.assert(
    fc.property(history, attempts, (events, tries) => {
      const store = new Map<string, readonly string[]>();
      let position = 0;
      const handOver = (size: number): number => {
        const slice = events.slice(position, position + size);
        for (const [name, lines] of archiveObjects(slice)) store.set(name, lines);
        return position + slice.length;
      };
      for (const { size, kept } of tries) {
        const reached = handOver(size);
        if (kept) position = reached;
      }
      while (position < events.length) position = handOver(7);
      const found = [...store.values()].flat().map((line) => (JSON.parse(line) as { eventId: string }).eventId);
      expect(found.toSorted()).toEqual(events.map(({ eventId }) => eventId).toSorted());
    }),
  );
});

test("events of one hour lie in one object, named by the first of them", () => {
  const at = (number: bigint, hour: string) => ({
    eventId: formatId("event", number),
    ts: `2026-11-23T${hour}:00:00.000Z`,
  });
  const objects = archiveObjects([at(1n, "07"), at(2n, "08"), at(3n, "07")]);
  expect([...objects].map(([name, lines]) => [name, lines.length])).toEqual([
    ["events/2026/11/23/07/0000000000000000001.ndjson.gz", 2],
    ["events/2026/11/23/08/0000000000000000002.ndjson.gz", 1],
  ]);
});
