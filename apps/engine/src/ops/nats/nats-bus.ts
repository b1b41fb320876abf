/**
 * The bus on NATS JetStream: a relay publishes the ledger's events into a stream, and consumers are durable there. The
 * relay is itself a consumer of the ledger, so that one engine publishes at a time and its position moves only after
 * the server has acknowledged.
 */
import type { NatsConnection } from "@nats-io/transport-node";
import type { Consumer, EventBus } from "../event-bus.ts";
import { type BusContext, startLedgerConsumer } from "../in-process-bus.ts";
import type { Leadership } from "../leadership.ts";
import { startNatsConsumer } from "./nats-consumer.ts";
import { createPublisher } from "./publish-events.ts";
import { connectNats } from "./stream.ts";

export interface NatsBusOptions extends BusContext {
  readonly url: string;
  readonly applicationName: string;
  readonly leadership: Leadership;
  readonly stream?: string;
  /** Copies that a cluster of servers keeps of the stream. */
  readonly replicas?: number;
  readonly patienceMs?: number;
  /** Told where events had to be read from the ledger because the stream did not bring them. */
  readonly onLedgerRead?: (consumer: string, positions: number) => void;
}

/** The name under which the relay's position stands beside those of the consumers. */
const relayName = "relay.nats";
const defaultPatienceMs = 15_000;

export function createNatsBus(options: NatsBusOptions): EventBus {
  const { source, stream = "PITBOSS_EVENTS", replicas = 1, log } = options;
  const consumers = new Set<Consumer>();
  let connected: Promise<NatsConnection> | undefined;

  /** The connection; a failure to connect is not kept, so that the next one who asks tries again. */
  function connection(): Promise<NatsConnection> {
    connected ??= connectNats(options.url, options.applicationName).catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    return connected;
  }

  const publisher = createPublisher(source, stream, replicas);
  const relay = startLedgerConsumer(options, {
    name: relayName,
    apply: async (batches) => publisher.publish(await connection(), batches),
  });
  const context = {
    ...options,
    stream,
    replicas,
    connection,
    patienceMs: options.patienceMs ?? defaultPatienceMs,
    onLedgerRead: (consumer: string, positions: number) => {
      log.warn({ consumer, positions }, "events were read from the ledger that the stream did not bring");
      options.onLedgerRead?.(consumer, positions);
    },
  };
  return {
    startConsumer(consumerOptions) {
      const consumer = startNatsConsumer(context, consumerOptions);
      consumers.add(consumer);
      return consumer;
    },
    async stop() {
      await Promise.all([...consumers].map((consumer) => consumer.stop()));
      await relay.stop();
      const open = await connected?.catch(() => undefined);
      await open?.close();
    },
  };
}
