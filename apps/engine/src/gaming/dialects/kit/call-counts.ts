/** Counts how calls were answered, and writes the sums now and then: nothing that is not money waits on a bet's way. */
import { addCallSlots, type CountedSlot } from "@pitboss/db/gaming/circuit-store";
import { addCallCounts, type CallCount } from "@pitboss/db/gaming/provider-store";
import type { Database } from "@pitboss/db/kernel/pool";
import { judgeCall } from "@pitboss/domain/gaming/judge-call";
import { slotMs } from "@pitboss/domain/gaming/provider-circuit";
import { bucketOf, emptyBuckets } from "@pitboss/domain/kernel/latency";
import type { Logger } from "../../../kernel/log.ts";
import { startLoop } from "../../../ops/loop.ts";
import type { Integration } from "./integrations.ts";

const writeEveryMs = 2_000;
const hourMs = 3_600_000;

/** Upper bounds of the buckets in which answers are counted by how long they took, ms; the last one has none. */
export const callBoundsMs = [1, 2, 5, 10, 20, 50, 100, 250, 500, 1_000, 2_500, 5_000] as const;

export interface AnsweredCall {
  readonly operation: string;
  /** What it was answered with. */
  readonly code: string;
  readonly tookMs: number;
}

export interface CallCounts {
  count(integration: Integration, call: AnsweredCall, nowMs: number): void;
  stop(): Promise<void>;
}

type Counted<T> = { -readonly [K in keyof T]: T[K] };
type Slot = Counted<Omit<CountedSlot, "latency">> & { latency: number[] };

export function createCallCounts(db: Database, log: Logger): CallCounts {
  let counts = new Map<string, Counted<CallCount>>();
  let slots = new Map<string, Slot>();

  async function write(): Promise<boolean> {
    const taken = { counts, slots };
    counts = new Map();
    slots = new Map();
    try {
      await db.transaction(async (tx) => {
        await addCallCounts(tx, [...taken.counts.values()]);
        await addCallSlots(tx, [...taken.slots.values()]);
      });
    } catch (error) {
      // They are counted again with the next ones.
      for (const [key, row] of taken.counts) {
        counts.set(key, { ...row, calls: row.calls + (counts.get(key)?.calls ?? 0) });
      }
      for (const [key, row] of taken.slots) slots.set(key, addSlots(row, slots.get(key)));
      throw error;
    }
    return false;
  }

  const loop = startLoop({ name: "provider-calls", everyMs: writeEveryMs, gapMs: 50, run: write, log });
  return {
    count(integration, call, nowMs) {
      countAnswer(counts, integration.providerId, call, nowMs);
      countSlot(slots, integration, call, nowMs);
    },
    async stop() {
      await loop.stop();
      await write().catch((error: unknown) => log.warn({ err: error }, "the last counts of calls were not written"));
    },
  };
}

function countAnswer(
  counts: Map<string, Counted<CallCount>>,
  providerId: number,
  { operation, code }: AnsweredCall,
  nowMs: number,
): void {
  const startMs = nowMs - (nowMs % hourMs);
  const key = `${providerId} ${startMs} ${operation} ${code}`;
  const row = counts.get(key);
  if (row !== undefined) row.calls += 1;
  else counts.set(key, { providerId, hour: new Date(startMs).toISOString(), operation, code, calls: 1 });
}

const partOf = { REFUSED: "refused", FAULTY: "faulty", HOUSE: "house" } as const;

function countSlot(
  slots: Map<string, Slot>,
  { providerId, policy }: Integration,
  { code, tookMs }: AnsweredCall,
  nowMs: number,
): void {
  const startMs = nowMs - (nowMs % slotMs);
  const key = `${providerId} ${startMs}`;
  let slot = slots.get(key);
  if (slot === undefined) slots.set(key, (slot = emptySlot(providerId, startMs)));
  const verdict = judgeCall(code);
  if (verdict === "STRANGER") {
    slot.strangers += 1;
    return;
  }
  slot.calls += 1;
  if (verdict !== "WELL") slot[partOf[verdict]] += 1;
  if (tookMs > policy.circuit.slowMs) slot.slow += 1;
  const bucket = bucketOf(tookMs, callBoundsMs);
  slot.latency[bucket] = (slot.latency[bucket] ?? 0) + 1;
}

function emptySlot(providerId: number, startMs: number): Slot {
  const none = { calls: 0, refused: 0, faulty: 0, house: 0, slow: 0, strangers: 0 };
  return { providerId, slot: new Date(startMs).toISOString(), ...none, latency: emptyBuckets(callBoundsMs) };
}

function addSlots(one: Slot, other: Slot | undefined): Slot {
  if (other === undefined) return one;
  return {
    ...one,
    calls: one.calls + other.calls,
    refused: one.refused + other.refused,
    faulty: one.faulty + other.faulty,
    house: one.house + other.house,
    slow: one.slow + other.slow,
    strangers: one.strangers + other.strangers,
    latency: one.latency.map((count, bucket) => count + (other.latency[bucket] ?? 0)),
  };
}
