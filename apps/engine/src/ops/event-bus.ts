/**
 * The port through which the rest of the system hears what happened. A consumer gets every event, in the order of
 * positions, each once: its position moves in the transaction of its effects. Adapters: in process, and NATS JetStream.
 */
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import type { Pace } from "./pace.ts";

export interface HandledRange {
  /** The first and the last position whose events are handed over. */
  readonly from: bigint;
  readonly to: bigint;
}

/**
 * Applies events that were applied before, a part of a stretch alone, so that only what is missing of them has an effect.
 * Answers how many events had one, and how many were known already.
 */
export type HandleAgain = (
  events: readonly DomainEvent[],
  tx: Transaction,
  range: HandledRange,
) => Promise<{ readonly applied: number; readonly known: number }>;

export interface ConsumerOptions {
  /** Names the consumer for ever; its position is kept under this name. One consumer of a name runs at a time. */
  readonly name: string;
  /**
   * Applies the events through `tx`. Whatever it throws undoes the transaction, and the same events come again. What
   * it does outside of `tx` it may have to do again, and so does in a way that a repeat changes nothing.
   */
  readonly handle: (events: readonly DomainEvent[], tx: Transaction, range: HandledRange) => Promise<void>;
  /** Where a consumer begins that was never started before; with the oldest event, unless this says otherwise. */
  readonly begin?: "oldest" | "newest";
  /** The least time between two calls of `handle`, ms: a consumer that may lag gets more at a time. 20 by default. */
  readonly gapMs?: number;
  /** Ends what is handed over at a time, once it has this many events. 2,000 by default. */
  readonly most?: number;
  /** For a consumer that nobody waits for: it rests while the engine is busy. */
  readonly pace?: Pace;
}

export interface Consumer {
  readonly name: string;
  /** The last position whose events were applied, as far as this engine knows. */
  position(): bigint;
  stop(): Promise<void>;
}

export interface EventBus {
  startConsumer(options: ConsumerOptions): Consumer;
  /** Ends the consumers first. */
  stop(): Promise<void>;
}

export const consumerDefaults = { gapMs: 20, most: 2_000 };
