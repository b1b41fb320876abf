/** The stream of events on NATS, and what a message of it says besides its event. */
import { AckPolicy, type JetStreamManager, JetStreamApiError, RetentionPolicy, StorageType } from "@nats-io/jetstream";
import { connect, headers, type MsgHdrs, nanos, type NatsConnection } from "@nats-io/transport-node";
import type { DomainEvent } from "@pitboss/domain/ops/events";

const subjectRoot = "pitboss.events";

/** One subject a player and event, so that a reader can follow one player, or one kind of event of all players. */
export function subjectOf({ playerId, event }: DomainEvent): string {
  return `${subjectRoot}.${playerId}.${event}`;
}

/** Where an event stands: at this place among the events of this position. */
export interface Place {
  readonly position: bigint;
  /** From 0. */
  readonly index: number;
  /** How many events the position has. */
  readonly count: number;
}

export function placeHeaders({ position, index, count }: Place): MsgHdrs {
  const written = headers();
  written.set("Pitboss-Position", `${position}`);
  written.set("Pitboss-Index", `${index}`);
  written.set("Pitboss-Count", `${count}`);
  return written;
}

/** Undefined where the message is none of ours. */
export function readPlace(read: MsgHdrs | undefined): Place | undefined {
  const position = read?.get("Pitboss-Position") ?? "";
  if (!/^[0-9]+$/.test(position)) return undefined;
  return {
    position: BigInt(position),
    index: Number(read?.get("Pitboss-Index")),
    count: Number(read?.get("Pitboss-Count")),
  };
}

const dayMs = 86_400_000;
/** How long the stream keeps events; whoever needs older ones reads the archive, or the ledger. */
const keepMs = 7 * dayMs;
/** How long the server drops a message whose id it has seen, ms. */
const dedupeMs = 120_000;
const ackWaitMs = 60_000;
/** More than any batch has events, so that a position always arrives whole. */
const mostPending = 10_000;

/** Errors of JetStream's API that say that there is no such stream or consumer. */
const streamMissing = 10_059;
const consumerMissing = 10_014;

export async function ensureStream(manager: JetStreamManager, stream: string, replicas: number): Promise<void> {
  try {
    await manager.streams.info(stream);
  } catch (error) {
    if (!isApiError(error, streamMissing)) throw error;
    await manager.streams.add({
      name: stream,
      subjects: [`${subjectRoot}.>`],
      retention: RetentionPolicy.Limits,
      storage: StorageType.File,
      max_age: nanos(keepMs),
      duplicate_window: nanos(dedupeMs),
      num_replicas: replicas,
    });
  }
}

export async function ensureDurable(manager: JetStreamManager, stream: string, name: string): Promise<void> {
  try {
    await manager.consumers.info(stream, name);
  } catch (error) {
    if (!isApiError(error, consumerMissing)) throw error;
    await manager.consumers.add(stream, {
      durable_name: name,
      // One acknowledgement stands for all messages up to it, as one position stands for all events up to it.
      ack_policy: AckPolicy.All,
      ack_wait: nanos(ackWaitMs),
      max_ack_pending: mostPending,
    });
  }
}

function isApiError(error: unknown, code: number): boolean {
  return error instanceof JetStreamApiError && error.code === code;
}

/** Connects once and then stays: an established connection reconnects by itself for as long as it takes. */
export async function connectNats(url: string, name: string): Promise<NatsConnection> {
  const { username, password, protocol, host } = new URL(url);
  const user = decodeURIComponent(username);
  const credentials =
    user === "" ? {} : password === "" ? { token: user } : { user, pass: decodeURIComponent(password) };
  return connect({
    servers: host,
    name,
    ...credentials,
    ...(protocol === "tls:" ? { tls: {} } : {}),
    maxReconnectAttempts: -1,
    reconnectTimeWait: 250,
    reconnectJitter: 100,
    pingInterval: 5_000,
    timeout: 3_000,
  });
}
