/** Puts together how this engine numbers, reads and hands out events. */
import type { Database } from "@pitboss/db/kernel/pool";
import type { Logger } from "../kernel/log.ts";
import type { EventBus } from "./event-bus.ts";
import { createEventSource, type EventSource } from "./event-source.ts";
import { createFanOut, type FanOut } from "./fan-out.ts";
import { createInProcessBus } from "./in-process-bus.ts";
import { createLeadership } from "./leadership.ts";
import { createNatsBus, type NatsBusOptions } from "./nats/nats-bus.ts";
import { startSequencer } from "./sequencer.ts";

export interface Events {
  /** To be called after every commit of this engine; events are then not a tenth of a second late. */
  nudge(): void;
  /** The newest position that this engine knows of. */
  head(): bigint;
  readonly bus: EventBus;
  readonly source: EventSource;
  readonly live: Pick<FanOut, "subscribe">;
  stop(): Promise<void>;
}

export interface EventsOptions {
  readonly databaseUrl: string;
  /** Prefix of the names under which its connections stand in pg_stat_activity. */
  readonly applicationName: string;
  readonly db: Database;
  readonly log: Logger;
  /** With it the bus is NATS JetStream; without it the outbox itself. */
  readonly nats?: Pick<NatsBusOptions, "url" | "stream" | "replicas" | "patienceMs" | "onLedgerRead">;
}

export function startEvents({ databaseUrl, applicationName, db, log, nats }: EventsOptions): Events {
  const sequencer = startSequencer({ databaseUrl, applicationName: `${applicationName}-sequencer`, log });
  const source = createEventSource({ databaseUrl, applicationName: `${applicationName}-events` });
  const context = { db, source, sequencer, log };
  const leadership = createLeadership({ databaseUrl, applicationName: `${applicationName}-lead` });
  const bus =
    nats === undefined
      ? createInProcessBus(context)
      : createNatsBus({ ...context, ...nats, applicationName, leadership });
  const live = createFanOut(context);
  return {
    nudge: () => sequencer.nudge(),
    head: () => sequencer.head(),
    bus,
    source,
    live,
    async stop() {
      await Promise.all([bus.stop(), live.stop()]);
      await leadership.close();
      await sequencer.stop();
      await source.close();
    },
  };
}
