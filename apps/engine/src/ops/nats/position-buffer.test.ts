import type { DomainEvent } from "@pitboss/domain/ops/events";
import fc from "fast-check";
import { expect, test } from "vitest";
import { createPositionBuffer } from "./position-buffer.ts";

const event = (id: string) => ({ eventId: id }) as unknown as DomainEvent;
const idsOf = (batches: readonly { events: readonly DomainEvent[] }[]) =>
  batches.flatMap(({ events }) => events.map(({ eventId }) => eventId));

function place(position: number, index: number, count: number) {
  return { position: BigInt(position), index, count };
}

test("a position is handed over only when all of its events are there", () => {
  const buffer = createPositionBuffer<string>(() => 0);
  buffer.add(place(1, 0, 2), event("a"), "m1");
  expect(buffer.take(0n, 10)).toEqual([]);
  expect(buffer.blocked(0n)).toEqual({ kind: "part", upTo: 1n, forMs: 0 });
  buffer.add(place(1, 1, 2), event("b"), "m2");
  expect(idsOf(buffer.take(0n, 10))).toEqual(["a", "b"]);
  expect(buffer.blocked(0n)).toBeUndefined();
});

test("a message that comes twice does not stand for another one", () => {
  const buffer = createPositionBuffer<string>(() => 0);
  buffer.add(place(1, 0, 2), event("a"), "m1");
  buffer.add(place(1, 0, 2), event("a"), "m1 again");
  expect(buffer.take(0n, 10)).toEqual([]);
});

test("a gap stops what is handed over, and is told with how long it has stood", () => {
  let now = 5;
  const buffer = createPositionBuffer<string>(() => now);
  buffer.add(place(4, 0, 1), event("d"), "m4");
  now = 12;
  expect(buffer.take(0n, 10)).toEqual([]);
  expect(buffer.blocked(0n)).toEqual({ kind: "gap", upTo: 3n, forMs: 7 });
  expect(buffer.blocked(3n)).toBeUndefined();
});

test("what was applied is forgotten, and its newest message is the one to acknowledge", () => {
  const buffer = createPositionBuffer<string>(() => 0);
  for (const position of [3, 1, 2]) buffer.add(place(position, 0, 1), event(`${position}`), `m${position}`);
  expect(buffer.drop(2n)).toBe("m2");
  expect(buffer.drop(2n)).toBeUndefined();
  expect(idsOf(buffer.take(2n, 10))).toEqual(["3"]);
});

test("in whatever order and however often messages come, all events come out once and in order", () => {
  const positions = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(positions, fc.infiniteStream(fc.nat()), (counts, random) => {
      const all = counts.flatMap((count, position) =>
        Array.from({ length: count }, (_, index) => place(position + 1, index, count)),
      );
      const named = (at: { position: bigint; index: number }) => event(`${at.position}.${at.index}`);
      const sent = [...all, ...all.filter((_, index) => index % 3 === 0)];
      const shuffled = sent
        .map((at) => ({ at, key: random.next().value as number }))
        .toSorted((a, b) => a.key - b.key)
        .map(({ at }) => at);
      const buffer = createPositionBuffer<bigint>(() => 0);
      const taken: string[] = [];
      let after = 0n;
      for (const at of shuffled) {
        buffer.add(at, named(at), at.position);
        buffer.drop(after);
        const batches = buffer.take(after, 3);
        taken.push(...idsOf(batches));
        after = batches.at(-1)?.position ?? after;
      }
      for (let batches = buffer.take(after, 3); batches.length > 0; batches = buffer.take(after, 3)) {
        taken.push(...idsOf(batches));
        after = batches.at(-1)?.position ?? after;
      }
      expect(taken).toEqual(all.map((at) => named(at).eventId));
    }),
  );
});
