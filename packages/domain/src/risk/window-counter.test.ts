import { expect, test } from "vitest";
import { tickMs } from "../compliance/limit-window.ts";
import {
  addToSlot,
  emptyCounter,
  isCurrent,
  readCounter,
  slotsOf,
  storeCounter,
  storeOlder,
  sumFrom,
} from "./window-counter.ts";

const at = (tick: number): number => tick * tickMs;
const both = (amount: bigint) => ({ net: amount, gross: amount });

test("a slot that has left the window in part counts its gross, the others their net", () => {
  const counter = emptyCounter();
  addToSlot(counter, at(1), { net: -5n, gross: 7n }, at(0));
  addToSlot(counter, at(2), { net: -1n, gross: 3n }, at(0));
  addToSlot(counter, at(3), both(10n), at(0));
  expect(sumFrom(counter, at(1), at(1) + 1)).toBe(16n);
  expect(sumFrom(counter, at(2), at(2) + 1)).toBe(13n);
  expect(sumFrom(counter, at(3), at(3) + 1)).toBe(10n);
  expect(sumFrom(counter, at(4), at(4) + 1)).toBe(0n);
});

test("the newest slot and the sum are enough for a bet; what is older is needed when a slot or the window moves on", () => {
  const counter = emptyCounter();
  for (const tick of [1, 2, 3]) addToSlot(counter, at(tick), { net: BigInt(tick), gross: BigInt(tick * 2) }, at(1));
  expect(storeCounter(counter)).toBe("3|3|6|1|4");
  expect(storeOlder(counter)).toBe("1:1:2,2:2:4");
  const read = readCounter(storeCounter(counter).split("|"));
  expect(isCurrent(read, at(3), at(1))).toBe(true);
  addToSlot(read, at(3), both(5n), at(1));
  expect(sumFrom(read, at(1), at(1) + 1)).toBe(12n);
  expect(isCurrent(read, at(2), at(1))).toBe(false);
  expect(isCurrent(read, at(3), at(2))).toBe(false);
  expect(() => sumFrom(read, at(2), at(2) + 1)).toThrow(/loaded/);
  read.older = storeOlder(counter);
  addToSlot(read, at(2), both(100n), at(1));
  expect(sumFrom(read, at(1), at(1) + 1)).toBe(112n);
});

test("slots before the window are forgotten when a new one begins, and kept right until then", () => {
  const counter = emptyCounter();
  addToSlot(counter, at(1), both(1n), at(1));
  addToSlot(counter, at(2), both(2n), at(1));
  addToSlot(counter, at(1), both(-1n), at(2));
  expect([...slotsOf(counter)]).toEqual([
    [at(1), both(0n)],
    [at(2), both(2n)],
  ]);
  addToSlot(counter, at(3), both(3n), at(2));
  addToSlot(counter, at(1), both(50n), at(2));
  expect([...slotsOf(counter)]).toEqual([
    [at(2), both(2n)],
    [at(3), both(3n)],
  ]);
});
