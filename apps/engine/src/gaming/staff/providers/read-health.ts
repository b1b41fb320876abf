/** How providers' calls are at the moment, and the circuits that are judged by them. */
import { type CallHealth, listCircuits, sumCallSlots } from "@pitboss/db/gaming/circuit-store";
import type { Circuit, CircuitState, CircuitWhy } from "@pitboss/domain/gaming/provider-circuit";
import { quantileMs } from "@pitboss/domain/kernel/latency";
import type { Context } from "../../../kernel/context.ts";
import { callBoundsMs } from "../../dialects/kit/call-counts.ts";

/** Of the last quarter of an hour, as all engines counted it. */
export interface ProviderHealth {
  readonly circuit: CircuitState;
  /** Null where it has been so for a day or longer. */
  readonly since: string | null;
  /** Of the last time that it opened. */
  readonly why: CircuitWhy | null;
  /** Those that were proven to be the provider's. */
  readonly calls: number;
  /** Refused by a rule of the house, which is everyday life. */
  readonly refused: number;
  /** Could not be understood, or were of what does not exist: by these the circuit opens. */
  readonly faulty: number;
  /** What the house could not do. */
  readonly house: number;
  readonly slow: number;
  /** Calls that nobody proved to be the provider's. */
  readonly strangers: number;
  /** The bucket's upper bound, ms; null where nothing came, or where it lies above the last bound. */
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  /** When it last called, to ten seconds; null where it did not. */
  readonly calledAt: string | null;
}

const healthMs = 15 * 60_000;
/** One that has stood for longer is shown without a time. */
const sinceKnownMs = 86_400_000;

/** Of a provider that has not called. */
export const unheard: ProviderHealth = {
  circuit: "CLOSED",
  since: null,
  why: null,
  calls: 0,
  refused: 0,
  faulty: 0,
  house: 0,
  slow: 0,
  strangers: 0,
  p50Ms: null,
  p95Ms: null,
  calledAt: null,
};

/** By the provider's number. */
export async function readHealth({ db, clock }: Pick<Context, "db" | "clock">): Promise<Map<number, ProviderHealth>> {
  const nowMs = clock.now();
  const [circuits, sums] = await Promise.all([
    listCircuits(db, new Date(nowMs)),
    sumCallSlots(db, new Date(nowMs - healthMs)),
  ]);
  const health = new Map<number, ProviderHealth>();
  for (const [id, circuit] of circuits) health.set(id, { ...unheard, ...presentCircuit(circuit, nowMs) });
  for (const { providerId, ...sum } of sums) {
    health.set(providerId, { ...(health.get(providerId) ?? unheard), ...presentSum(sum) });
  }
  return health;
}

function presentCircuit({ state, sinceMs, why }: Circuit, nowMs: number): Partial<ProviderHealth> {
  const since = nowMs - sinceMs < sinceKnownMs ? new Date(sinceMs).toISOString() : null;
  return { circuit: state, since, why };
}

function presentSum({ latency, ...counts }: Omit<CallHealth, "providerId">): Partial<ProviderHealth> {
  return {
    ...counts,
    p50Ms: quantileMs(latency, callBoundsMs, 0.5),
    p95Ms: quantileMs(latency, callBoundsMs, 0.95),
  };
}
