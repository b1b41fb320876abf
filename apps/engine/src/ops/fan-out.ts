/**
 * Events for live views, from now on, in memory. Nothing is read while nobody listens, and a listener that comes gets
 * what happens after it came. A view that fell far behind goes on at the present: it shows what is, and keeps no books.
 */
import type { DomainEvent } from "@pitboss/domain/ops/events";
import type { Logger } from "../kernel/log.ts";
import { type EventSource, eventsOf } from "./event-source.ts";
import { type Loop, startLoop } from "./loop.ts";
import type { Sequencer } from "./sequencer.ts";

export type Listener = (events: readonly DomainEvent[]) => void;

export interface FanOut {
  /** Calls the listener with the events of each reading, in order; returns what ends that. */
  subscribe(listener: Listener): () => void;
  stop(): Promise<void>;
}

export interface FanOutContext {
  readonly source: EventSource;
  readonly sequencer: Pick<Sequencer, "head" | "firstHead" | "onHead">;
  readonly log: Logger;
}

/** Positions that a view may be behind before it leaves out what lies between. */
const patience = 5_000n;
const gapMs = 50;
const pollMs = 1_000;

export function createFanOut({ source, sequencer, log }: FanOutContext): FanOut {
  const listeners = new Set<Listener>();
  let position: bigint | undefined;
  let loop: Loop | undefined;
  let headKnown = false;
  void sequencer.firstHead().then(() => (headKnown = true));
  let ending: Promise<void> = Promise.resolve();

  async function run(): Promise<boolean> {
    if (listeners.size === 0) return false;
    if (position === undefined) {
      await sequencer.firstHead();
      position = sequencer.head();
    }
    if (sequencer.head() - position > patience) position = sequencer.head();
    if (position >= sequencer.head()) return false;
    const slice = await source.read(position);
    position = slice.upTo;
    const events = eventsOf(slice.batches);
    if (events.length > 0) for (const listener of listeners) call(listener, events);
    return position < sequencer.head();
  }

  function call(listener: Listener, events: readonly DomainEvent[]): void {
    try {
      listener(events);
    } catch (error) {
      log.error({ err: error }, "a live view failed on an event");
    }
  }

  const forget = sequencer.onHead(() => loop?.nudge());
  return {
    subscribe(listener) {
      listeners.add(listener);
      if (headKnown) position ??= sequencer.head();
      loop ??= startLoop({ name: "fan-out", everyMs: pollMs, gapMs, run, log });
      return () => {
        listeners.delete(listener);
        if (listeners.size > 0) return;
        const ended = loop;
        loop = undefined;
        position = undefined;
        ending = Promise.resolve(ended?.stop());
      };
    },
    async stop() {
      forget();
      listeners.clear();
      await ending;
      await loop?.stop();
    },
  };
}
