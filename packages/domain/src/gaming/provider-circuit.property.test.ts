import fc from "fast-check";
import { expect, test } from "vitest";
import { judgeCall } from "./judge-call.ts";
import { type CallSlot, type Circuit, defaultCircuitPolicy, judgeCircuit, openMs, slotMs } from "./provider-circuit.ts";

const policy = { ...defaultCircuitPolicy, faultyPercent: 50, fewestCalls: 20, silentSeconds: 300 };
const closed: Circuit = { state: "CLOSED", sinceMs: 0, trips: 0, why: null };
const now = 10_000_000;
const slot = (agoMs: number, calls: number, more: Partial<CallSlot> = {}): CallSlot => ({
  atMs: now - agoMs,
  calls,
  faulty: 0,
  slow: 0,
  ...more,
});

test("a share of faulty calls opens it, and one call fewer does not", () => {
  expect(judgeCircuit(closed, [slot(20_000, 20, { faulty: 9 })], policy, now)).toBe(closed);
  expect(judgeCircuit(closed, [slot(20_000, 20, { faulty: 10 })], policy, now)).toEqual({
    state: "OPEN",
    sinceMs: now,
    trips: 1,
    why: { cause: "FAULTY", calls: 20, bad: 10 },
  });
  expect(judgeCircuit(closed, [slot(20_000, 19, { faulty: 19 })], policy, now)).toBe(closed);
});

test("slow calls open it; what has left the window counts no more", () => {
  expect(judgeCircuit(closed, [slot(10_000, 30, { slow: 15 })], policy, now).why?.cause).toBe("SLOW");
  expect(judgeCircuit(closed, [slot(60_000, 30, { faulty: 30 })], policy, now)).toBe(closed);
});

test("silence after calls opens it; silence after nothing does not", () => {
  const busy = slot(310_000, 40);
  expect(judgeCircuit(closed, [busy], policy, now).why).toEqual({ cause: "SILENT", calls: 40, bad: 0 });
  expect(judgeCircuit(closed, [busy, slot(1_000, 1)], policy, now)).toBe(closed);
  expect(judgeCircuit(closed, [slot(310_000, 19)], policy, now)).toBe(closed);
  expect(judgeCircuit(closed, [busy], { ...policy, silentSeconds: null }, now)).toBe(closed);
});

test("a probation that fails opens it for twice as long, up to the longest", () => {
  let circuit = judgeCircuit(closed, [slot(10_000, 20, { faulty: 20 })], policy, now);
  const lengths: number[] = [];
  for (let trip = 0; trip < 8; trip += 1) {
    lengths.push(openMs(circuit, policy) / 1_000);
    const dueMs = circuit.sinceMs + openMs(circuit, policy);
    expect(judgeCircuit(circuit, [], policy, dueMs - 1)).toBe(circuit);
    circuit = judgeCircuit(circuit, [], policy, dueMs);
    expect(circuit.state).toBe("PROBATION");
    // A quarter of the calls is enough on probation.
    const bad = { atMs: dueMs + slotMs, calls: 5, faulty: 5, slow: 0 };
    circuit = judgeCircuit(circuit, [bad], policy, dueMs + 2 * slotMs);
    expect(circuit.state).toBe("OPEN");
  }
  expect(lengths).toEqual([60, 120, 240, 480, 960, 960, 960, 960]);
});

test("a policy that says not to watch it closes it at once", () => {
  const open = judgeCircuit(closed, [slot(10_000, 20, { faulty: 20 })], policy, now);
  expect(judgeCircuit(open, [], { ...policy, watched: false }, now + 1)).toMatchObject({ state: "CLOSED", trips: 0 });
});

const anySlots = fc.array(
  fc.record({
    atMs: fc.integer({ min: now - 900_000, max: now }),
    calls: fc.integer({ min: 0, max: 500 }),
    faultyPart: fc.integer({ min: 0, max: 100 }),
    slowPart: fc.integer({ min: 0, max: 100 }),
  }),
  { maxLength: 90 },
);

test("whatever was counted, it is closed again once nothing bad comes for long enough", () => {
  fc.assert(
    fc.property(anySlots, (counted) => {
      const slots = counted.map(({ atMs, calls, faultyPart, slowPart }) => ({
        atMs,
        calls,
        faulty: Math.floor((calls * faultyPart) / 100),
        slow: Math.floor((calls * slowPart) / 100),
      }));
      let circuit: Circuit = closed;
      for (let at = now; at < now + 4 * 3_600_000; at += 5_000) circuit = judgeCircuit(circuit, slots, policy, at);
      expect(circuit).toMatchObject({ state: "CLOSED", trips: 0 });
    }),
    { numRuns: 50 },
  );
});

test("good calls alone never open it, however many and however often it is looked at", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 60 }), (calls) => {
      const slots = calls.map((count, index) => ({ atMs: now + index * slotMs, calls: count, faulty: 0, slow: 0 }));
      for (const { atMs } of slots) expect(judgeCircuit(closed, slots, policy, atMs + slotMs)).toBe(closed);
    }),
  );
});

test("a stranger's call and the house's own failing are not the provider's fault, and a refusal is none at all", () => {
  expect(
    ["OK", "REPEATED", "FUNDS_INSUFFICIENT", "REQUEST_INVALID", "INTERNAL", "SIGNATURE_INVALID"].map(judgeCall),
  ).toEqual(["WELL", "WELL", "REFUSED", "FAULTY", "HOUSE", "STRANGER"]);
});
