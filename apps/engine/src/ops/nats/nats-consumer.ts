/**
 * A durable consumer of the stream. NATS brings the events; what was applied, the database says: the position moves in
 * the transaction of the effects, and only then is anything acknowledged. What comes again is passed over, and what
 * does not come is read from the ledger.
 */
import { type ConsumerMessages, jetstream, jetstreamManager, type JsMsg } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { advancePosition, ensureConsumer, lockPosition, readPosition } from "@pitboss/db/ops/consumer-position";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import { type Consumer, consumerDefaults, type ConsumerOptions } from "../event-bus.ts";
import { type EventBatch, eventsOf } from "../event-source.ts";
import type { BusContext } from "../in-process-bus.ts";
import type { Leadership } from "../leadership.ts";
import { startLoop } from "../loop.ts";
import { lookAgainMs } from "../look-again.ts";
import { createPositionBuffer } from "./position-buffer.ts";
import { ensureDurable, ensureStream, readPlace } from "./stream.ts";

export interface NatsConsumerContext extends BusContext {
  readonly connection: () => Promise<NatsConnection>;
  readonly leadership: Leadership;
  readonly stream: string;
  readonly replicas: number;
  /** How long events are waited for that should have come, ms; then they are read from the ledger. */
  readonly patienceMs: number;
  readonly onLedgerRead: (consumer: string, positions: number) => void;
}

/** How often the lead is asked for, and the ledger looked at, though nothing comes, ms. */
const pollMs = 1_000;
const prefetch = 1_000;
/** Positions that the ledger is ahead by, at which a consumer no longer lets events come together before it takes them. */
const farBehind = 200n;
/** How long the rest of a position is waited for, ms. */
const restMs = 2_000;

export function startNatsConsumer(context: NatsConsumerContext, options: ConsumerOptions): Consumer {
  const { db, source, sequencer, log, leadership, stream } = context;
  const { name, begin = "oldest", handle, gapMs = consumerDefaults.gapMs, most = consumerDefaults.most } = options;
  const buffer = createPositionBuffer<JsMsg>(() => performance.now());
  let messages: ConsumerMessages | undefined;
  let position: bigint | undefined;
  /** When the stored position was last read or moved, ms. */
  let lookedAt = Number.NEGATIVE_INFINITY;
  /** When this consumer was last as far as the ledger, ms. */
  let level = performance.now();

  async function run(): Promise<boolean | "behind"> {
    if (!(await leadership.holds(`consumer ${name}`))) {
      await leave();
      return false;
    }
    if (position === undefined) await ensureConsumer(db, name, begin);
    if (position === undefined || performance.now() - lookedAt >= lookAgainMs) {
      position = await readPosition(db, name);
      lookedAt = performance.now();
    }
    await listen().catch((error: unknown) => {
      // While NATS is away the ledger is still there.
      log.debug({ err: error, consumer: name }, "the stream can't be listened to at the moment");
    });
    buffer.drop(position)?.ack();
    const batches = buffer.take(position, most);
    if (batches.length === 0) return readMissing(position);
    const upTo = batches.at(-1)?.position ?? position;
    if ((await apply(batches, position, upTo)) === "busy") return false;
    return sequencer.head() - upTo > farBehind ? "behind" : true;
  }

  async function listen(): Promise<void> {
    if (messages !== undefined) return;
    const connection = await context.connection();
    const manager = await jetstreamManager(connection);
    await ensureStream(manager, stream, context.replicas);
    await ensureDurable(manager, stream, name);
    const consumer = await jetstream(connection).consumers.get(stream, name);
    const opened = await consumer.consume({ max_messages: prefetch, expires: 10_000, callback: take });
    messages = opened;
    void opened.closed().then(() => {
      if (messages === opened) messages = undefined;
    });
  }

  function take(message: JsMsg): void {
    const place = readPlace(message.headers);
    if (place === undefined) return;
    buffer.add(place, message.json<DomainEvent>(), message);
    loop.nudge();
  }

  /** Reads from the ledger what the stream should have brought by now. */
  async function readMissing(after: bigint): Promise<boolean> {
    const now = performance.now();
    if (after >= sequencer.head()) level = now;
    const blocked = buffer.blocked(after);
    if (blocked === undefined && now - level < context.patienceMs) return false;
    // The rest of a position is on its way. A gap is most likely a position without events, which brings no message.
    if (blocked?.kind === "part" && blocked.forMs < restMs) return true;
    const slice = await source.read(after, blocked?.upTo);
    if (slice.upTo === after) return false;
    const told = slice.batches.filter(({ events }) => events.length > 0).length;
    if (told > 0) context.onLedgerRead(name, told);
    return (await apply(slice.batches, after, slice.upTo)) !== "busy";
  }

  async function apply(batches: readonly EventBatch[], after: bigint, upTo: bigint): Promise<"applied" | "busy"> {
    const reached = await db.transaction(async (tx) => {
      const stored = await lockPosition(tx, name);
      // Another engine was here: what it applied is passed over in the next round.
      if (stored !== after) return stored;
      const events = eventsOf(batches);
      if (events.length > 0) await handle(events, tx, { from: after + 1n, to: upTo });
      await advancePosition(tx, name, upTo);
      return upTo;
    });
    if (reached === undefined) return "busy";
    position = reached;
    lookedAt = performance.now();
    buffer.drop(reached)?.ack();
    return "applied";
  }

  async function leave(): Promise<void> {
    const left = messages;
    messages = undefined;
    position = undefined;
    buffer.clear();
    await left?.close();
  }

  const loop = startLoop({
    name: `consumer ${name}`,
    everyMs: pollMs,
    gapMs,
    run,
    log,
    ...(options.pace === undefined ? {} : { pace: options.pace }),
  });
  return {
    name,
    position: () => position ?? 0n,
    async stop() {
      await loop.stop();
      await leave();
    },
  };
}
