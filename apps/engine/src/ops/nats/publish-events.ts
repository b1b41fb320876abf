/**
 * Publishes events in the order of positions, one message an event. The stream itself says what it holds: each message
 * is published only behind the one that should stand before it (an expected sequence), so that whatever is lost, sent
 * twice, or sent by two engines at once, the stream stays a copy of the ledger's order with no gap and no repeat.
 */
import { jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { DomainEvent } from "@pitboss/domain/ops/events";
import type { EventBatch, EventSource } from "../event-source.ts";
import { ensureStream, type Place, placeHeaders, readPlace, subjectOf } from "./stream.ts";

export interface Publisher {
  /** Answers when all events of the batches are in the stream. */
  publish(connection: NatsConnection, batches: readonly EventBatch[]): Promise<void>;
}

interface Tail {
  /** The stream's last sequence. */
  sequence: number;
  /** Where the stream's last event stands; undefined on a stream without messages. */
  place: Place | undefined;
}

interface Message {
  readonly event: DomainEvent;
  readonly place: Place;
}

/** Messages under way at a time. */
const window = 500;
const timeoutMs = 5_000;

export function createPublisher(source: EventSource, stream: string, replicas: number): Publisher {
  let tail: Tail | undefined;
  let known: NatsConnection | undefined;

  async function publish(connection: NatsConnection, batches: readonly EventBatch[]): Promise<void> {
    if (known !== connection) tail = undefined;
    known = connection;
    try {
      if (tail === undefined) {
        tail = await readTail(connection, stream, replicas);
        await fillUp(connection, tail, batches);
      }
      await publishAfter(connection, tail, messagesOf(batches));
    } catch (error) {
      tail = undefined;
      throw error;
    }
  }

  /** A server that lost its newest messages with its machine is given them again. */
  async function fillUp(connection: NatsConnection, to: Tail, batches: readonly EventBatch[]): Promise<void> {
    const [first] = batches;
    if (first === undefined || to.place === undefined) return;
    for (let position = to.place.position - 1n; position < first.position - 1n; ) {
      const slice = await source.read(position, first.position - 1n);
      if (slice.upTo === position) return;
      await publishAfter(connection, to, messagesOf(slice.batches));
      position = slice.upTo;
    }
  }

  return { publish };
}

async function readTail(connection: NatsConnection, stream: string, replicas: number): Promise<Tail> {
  const manager = await jetstreamManager(connection);
  await ensureStream(manager, stream, replicas);
  const { state } = await manager.streams.info(stream);
  if (state.messages === 0) return { sequence: state.last_seq, place: undefined };
  const last = await manager.streams.getMessage(stream, { seq: state.last_seq });
  return { sequence: state.last_seq, place: last === null ? undefined : readPlace(last.header) };
}

function messagesOf(batches: readonly EventBatch[]): Message[] {
  return batches.flatMap(({ position, events }) =>
    events.map((event, index) => ({ event, place: { position, index, count: events.length } })),
  );
}

function isBehind(place: Place, last: Place | undefined): boolean {
  if (last === undefined) return true;
  return place.position > last.position || (place.position === last.position && place.index > last.index);
}

/** Moves `tail` with what is acknowledged; fails where the stream did not take a message at its place. */
async function publishAfter(connection: NatsConnection, tail: Tail, all: readonly Message[]): Promise<void> {
  const messages = all.filter(({ place }) => isBehind(place, tail.place));
  const client = jetstream(connection, { timeout: timeoutMs });
  for (let start = 0; start < messages.length; start += window) {
    const part = messages.slice(start, start + window);
    const { sequence } = tail;
    const acknowledged = await Promise.allSettled(
      part.map(({ event, place }, index) =>
        client.publish(subjectOf(event), JSON.stringify(event), {
          msgID: event.eventId,
          headers: placeHeaders(place),
          expect: { lastSequence: sequence + index },
        }),
      ),
    );
    for (const [index, result] of acknowledged.entries()) {
      if (result.status === "rejected") throw result.reason;
      if (result.value.seq !== sequence + index + 1) {
        throw new Error(`an event was published as ${result.value.seq} in place of ${sequence + index + 1}`);
      }
    }
    tail.sequence = sequence + part.length;
    tail.place = part.at(-1)?.place ?? tail.place;
  }
}
