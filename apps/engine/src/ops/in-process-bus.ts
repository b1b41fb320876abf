/**
 * The bus without a bus: consumers read the ledger's events from their own positions. Several engines may run the same
 * consumers; the lock on a consumer's position lets one of them work at a time, and any other take over at once.
 */
import type { Transaction } from "@pitboss/db/kernel/executor";
import type { Database } from "@pitboss/db/kernel/pool";
import { advancePosition, ensureConsumer, lockPosition } from "@pitboss/db/ops/consumer-position";
import type { Logger } from "../kernel/log.ts";
import {
  type Consumer,
  consumerDefaults,
  type ConsumerOptions,
  type EventBus,
  type HandledRange,
} from "./event-bus.ts";
import { type EventBatch, type EventSource, eventsOf } from "./event-source.ts";
import { startLoop } from "./loop.ts";
import { lookAgainMs } from "./look-again.ts";
import type { Sequencer } from "./sequencer.ts";

export interface BusContext {
  readonly db: Database;
  readonly source: EventSource;
  readonly sequencer: Pick<Sequencer, "head" | "firstHead" | "onHead">;
  readonly log: Logger;
}

/** A consumer that sees whole batches with their positions. */
export type LedgerConsumerOptions = Omit<ConsumerOptions, "handle"> & {
  readonly apply: (batches: readonly EventBatch[], tx: Transaction, range: HandledRange) => Promise<void>;
};

/** Consumers look at their own position this often though nothing was announced, ms. */
const pollMs = 500;

export function createInProcessBus(context: BusContext): EventBus {
  const consumers = new Set<Consumer>();
  return {
    startConsumer({ handle, ...options }) {
      const consumer = startLedgerConsumer(context, {
        ...options,
        apply: async (batches, tx, range) => {
          const events = eventsOf(batches);
          if (events.length > 0) await handle(events, tx, range);
        },
      });
      consumers.add(consumer);
      return consumer;
    },
    async stop() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
    },
  };
}

export function startLedgerConsumer(context: BusContext, options: LedgerConsumerOptions): Consumer {
  const { db, source, sequencer, log } = context;
  const { name, begin = "oldest", gapMs = consumerDefaults.gapMs } = options;
  let position: bigint | undefined;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let known = false;

  async function run(): Promise<boolean | "behind"> {
    if (!known) {
      await ensureConsumer(db, name, begin);
      known = true;
    }
    const now = performance.now();
    if (position !== undefined && position >= sequencer.head() && now - lookedAt < lookAgainMs) return false;
    const reached = await db.transaction((tx) => advanceOnce(tx, source, options));
    lookedAt = now;
    if (reached === undefined) return false;
    position = reached.position;
    return reached.full ? "behind" : position < sequencer.head();
  }

  const loop = startLoop({
    name: `consumer ${name}`,
    everyMs: pollMs,
    gapMs,
    run,
    log,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
  });
  const forget = sequencer.onHead(() => loop.nudge());
  return {
    name,
    position: () => position ?? 0n,
    async stop() {
      forget();
      await loop.stop();
    },
  };
}

/**
 * Handles what comes next. Answers the position that was reached, and whether as much was handed over as may be at a time;
 * undefined where another engine is at it.
 */
async function advanceOnce(
  tx: Transaction,
  source: EventSource,
  { name, apply, most = consumerDefaults.most }: LedgerConsumerOptions,
): Promise<{ readonly position: bigint; readonly full: boolean } | undefined> {
  const position = await lockPosition(tx, name);
  if (position === undefined) return undefined;
  const { batches, upTo, full } = await readUpTo(source, position, most);
  if (upTo === position) return { position, full: false };
  await apply(batches, tx, { from: position + 1n, to: upTo });
  await advancePosition(tx, name, upTo);
  return { position: upTo, full };
}

/** Slices until there are `most` events, or no more. */
async function readUpTo(source: EventSource, after: bigint, most: number) {
  const batches: EventBatch[] = [];
  let upTo = after;
  let events = 0;
  while (events < most) {
    const slice = await source.read(upTo);
    if (slice.upTo === upTo) break;
    batches.push(...slice.batches);
    upTo = slice.upTo;
    for (const batch of slice.batches) events += batch.events.length;
  }
  return { batches, upTo, full: events >= most };
}
