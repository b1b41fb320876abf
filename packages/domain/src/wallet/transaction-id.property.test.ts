import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  batchCapacity,
  batchOf,
  epochMs,
  firstIdAt,
  firstIdOfBatch,
  nextBatchStart,
  transactionTimeMs,
} from "./transaction-id.ts";

/** From 2025 to 2094, which is as far as 41 bits of milliseconds reach. */
const instants = fc.integer({ min: epochMs, max: epochMs + 2 ** 41 - 1 });
const slots = fc.bigInt({ min: 0n, max: 4_095n });

describe("a transaction id", () => {
  test("carries its instant to the millisecond", () => {
    fc.assert(
      fc.property(instants, slots, fc.integer({ min: 0, max: batchCapacity - 1 }), (ms, slot, place) => {
        const id = firstIdAt(ms) + (slot << 10n) + BigInt(place);
        expect(transactionTimeMs(id)).toBe(ms);
        expect(id).toBeLessThan(1n << 63n);
      }),
    );
  });

  test("sorts as its instant does, so that a balance as of an instant is a look-up by id", () => {
    fc.assert(
      fc.property(instants, instants, slots, slots, (a, b, slotA, slotB) => {
        fc.pre(a < b);
        expect(firstIdAt(a) + (slotA << 10n)).toBeLessThan(firstIdAt(b) + (slotB << 10n));
      }),
    );
  });

  test("tells its batch, and the batch its first id", () => {
    fc.assert(
      fc.property(instants, slots, fc.integer({ min: 0, max: batchCapacity - 1 }), (ms, slot, place) => {
        const first = firstIdAt(ms) + (slot << 10n);
        expect(firstIdOfBatch(batchOf(first + BigInt(place)))).toBe(first);
      }),
    );
  });

  test("of an instant before the ledger's epoch is the first that there is", () => {
    expect(firstIdAt(epochMs - 1)).toBe(0n);
    expect(firstIdAt(Date.UTC(1970, 0, 1))).toBe(0n);
  });
});

test("the end of time has an id that the database can still be asked for", () => {
  const last = firstIdAt(Date.UTC(9999, 11, 31));
  expect(last).toBeLessThan(1n << 63n);
  expect(last).toBeGreaterThan(firstIdAt(epochMs + 2 ** 41 - 1) + 4_095n * 1_024n);
});

describe("the first id of a batch", () => {
  test("is above everything that its wallets have seen, wherever the clock stands", () => {
    fc.assert(
      fc.property(
        instants,
        instants,
        slots,
        slots,
        fc.bigInt({ min: 0n, max: 1_023n }),
        (now, then, slot, seen, place) => {
          const proposed = firstIdAt(now) + (slot << 10n);
          const lastSeen = firstIdAt(then) + (seen << 10n) + place;
          const start = nextBatchStart(proposed, lastSeen);
          expect(start).toBeGreaterThan(lastSeen);
          expect(start).toBeGreaterThanOrEqual(proposed);
          expect(start % BigInt(batchCapacity)).toBe(0n);
        },
      ),
    );
  });

  test("never repeats or goes back while the clock steps back and forth", () => {
    const steps = fc.array(fc.tuple(fc.integer({ min: -60_000, max: 1_000 }), slots), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(steps, (list) => {
        let clock = Date.UTC(2026, 0, 1);
        let last = 0n;
        for (const [step, slot] of list) {
          clock += step;
          const start = nextBatchStart(firstIdAt(clock) + (slot << 10n), last);
          expect(start).toBeGreaterThan(last);
          last = start + BigInt(batchCapacity) - 1n;
        }
      }),
    );
  });

  test("is what the database proposed, where the clock has moved on", () => {
    const proposed = firstIdAt(Date.UTC(2026, 0, 1)) + (7n << 10n);
    expect(nextBatchStart(proposed, proposed - 1n)).toBe(proposed);
    expect(nextBatchStart(proposed, 0n)).toBe(proposed);
  });
});
