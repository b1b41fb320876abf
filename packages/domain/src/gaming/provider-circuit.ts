/**
 * A circuit for each game provider: where too many of its calls are faulty or slow, or where it falls silent, its games
 * are marked in the lobby and nobody starts them. What is under way goes on: the circuit stands on no bet's way. After a
 * while it is on probation, and closes by itself when that goes well. A pure fold over what was counted.
 */
import { z } from "zod";
import { isShareReached } from "../kernel/share.ts";

export const circuitPolicySchema = z
  .strictObject({
    watched: z.boolean().describe("False never marks its games, whatever its calls are like."),
    windowSeconds: z.int().min(10).max(3_600).describe("How far back calls count."),
    fewestCalls: z.int().min(1).max(100_000).describe("Fewer calls than this in the window say nothing of a share."),
    faultyPercent: z
      .int()
      .min(1)
      .max(100)
      .describe("Opens at this share of calls that could not be understood, or were of what does not exist."),
    slowMs: z.int().min(1).max(30_000).describe("A call whose answer took longer is slow."),
    slowPercent: z.int().min(1).max(100).describe("Opens at this share of slow calls."),
    silentSeconds: z
      .int()
      .min(60)
      .max(86_400)
      .nullable()
      .describe("Opens where it has called at least as often as above in a window, and then not at all for so long."),
    openSeconds: z
      .int()
      .min(10)
      .max(3_600)
      .describe("How long it stays open; twice as long after each failed probation."),
    longestOpenSeconds: z
      .int()
      .min(10)
      .max(86_400)
      .describe("However often a probation fails, it is tried again after."),
    probationSeconds: z.int().min(10).max(3_600).describe("It closes when its calls were good for so long."),
  })
  .refine(({ openSeconds, longestOpenSeconds }) => openSeconds <= longestOpenSeconds, {
    path: ["longestOpenSeconds"],
    message: "is shorter than it stays open at first",
  });

export type CircuitPolicy = z.infer<typeof circuitPolicySchema>;

export const defaultCircuitPolicy: CircuitPolicy = {
  watched: true,
  windowSeconds: 60,
  fewestCalls: 20,
  faultyPercent: 50,
  slowMs: 2_000,
  slowPercent: 50,
  silentSeconds: 900,
  openSeconds: 60,
  longestOpenSeconds: 960,
  probationSeconds: 60,
};

/** The life of a circuit: what may follow what. */
export const circuitMachine = {
  CLOSED: { trip: "OPEN" },
  OPEN: { tryAgain: "PROBATION", unwatch: "CLOSED" },
  PROBATION: { trip: "OPEN", pass: "CLOSED", unwatch: "CLOSED" },
} as const;
export type CircuitState = keyof typeof circuitMachine;

/** Calls are counted in slots of this length, ms. */
export const slotMs = 10_000;
/** A probation needs this part of the calls that otherwise say something: players come back only slowly. */
const probationPart = 4;

/** What was counted of one provider in one slot. */
export interface CallSlot {
  readonly atMs: number;
  readonly calls: number;
  readonly faulty: number;
  readonly slow: number;
}

export const circuitCauses = ["FAULTY", "SLOW", "SILENT"] as const;

/** Why it is open, with the numbers that it was judged by. */
export interface CircuitWhy {
  readonly cause: (typeof circuitCauses)[number];
  /** Of the window; those before the silence where it is silent. */
  readonly calls: number;
  readonly bad: number;
}

export interface Circuit {
  readonly state: CircuitState;
  readonly sinceMs: number;
  /** How often it has opened since it was last closed. */
  readonly trips: number;
  /** Of the last time that it opened; null where it never did. */
  readonly why: CircuitWhy | null;
}

/** The state that follows from what was counted, or the same object where nothing changes. */
export function judgeCircuit(
  circuit: Circuit,
  slots: readonly CallSlot[],
  policy: CircuitPolicy,
  nowMs: number,
): Circuit {
  const { state, sinceMs } = circuit;
  const moved = (to: CircuitState): Circuit => ({ ...circuit, state: to, sinceMs: nowMs });
  if (!policy.watched) {
    return state === "CLOSED" ? circuit : { ...moved(circuitMachine[state].unwatch), trips: 0 };
  }
  if (state === "OPEN") {
    return nowMs >= sinceMs + openMs(circuit, policy) ? moved(circuitMachine.OPEN.tryAgain) : circuit;
  }
  const why = findCause(circuit, slots, policy, nowMs);
  if (why !== undefined) return { ...moved(circuitMachine[state].trip), trips: circuit.trips + 1, why };
  if (state === "PROBATION" && nowMs >= sinceMs + policy.probationSeconds * 1_000) {
    return { ...moved(circuitMachine.PROBATION.pass), trips: 0 };
  }
  return circuit;
}

/** How long it stays open this time, ms. */
export function openMs({ trips }: Pick<Circuit, "trips">, policy: CircuitPolicy): number {
  const doublings = Math.min(Math.max(trips - 1, 0), 20);
  return Math.min(policy.openSeconds * 2 ** doublings, policy.longestOpenSeconds) * 1_000;
}

function findCause(
  { state, sinceMs }: Circuit,
  slots: readonly CallSlot[],
  policy: CircuitPolicy,
  nowMs: number,
): CircuitWhy | undefined {
  // What was counted before the state began has been judged.
  const fresh = slots.filter(({ atMs }) => atMs >= sinceMs);
  const windowMs = policy.windowSeconds * 1_000;
  const window = sumSlots(fresh.filter(({ atMs }) => atMs > nowMs - windowMs));
  const fewestCalls = state === "PROBATION" ? Math.ceil(policy.fewestCalls / probationPart) : policy.fewestCalls;
  const { calls, faulty, slow } = window;
  if (isShareReached({ calls, bad: faulty }, { fewestCalls, percent: policy.faultyPercent })) {
    return { cause: "FAULTY", calls, bad: faulty };
  }
  if (isShareReached({ calls, bad: slow }, { fewestCalls, percent: policy.slowPercent })) {
    return { cause: "SLOW", calls, bad: slow };
  }
  if (policy.silentSeconds === null) return undefined;
  const silentFrom = nowMs - policy.silentSeconds * 1_000;
  if (fresh.some((slot) => slot.calls > 0 && slot.atMs >= silentFrom)) return undefined;
  const before = sumSlots(fresh.filter(({ atMs }) => atMs >= silentFrom - windowMs && atMs < silentFrom));
  return before.calls >= policy.fewestCalls ? { cause: "SILENT", calls: before.calls, bad: 0 } : undefined;
}

function sumSlots(slots: readonly CallSlot[]): Omit<CallSlot, "atMs"> {
  return slots.reduce(
    (sum, slot) => ({ calls: sum.calls + slot.calls, faulty: sum.faulty + slot.faulty, slow: sum.slow + slot.slow }),
    { calls: 0, faulty: 0, slow: 0 },
  );
}
