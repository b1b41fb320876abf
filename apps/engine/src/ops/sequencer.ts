/**
 * Numbers committed batches, and tells who waits for them that there are new ones. Every engine runs one; whichever
 * comes first does the work, and the others see what it did.
 */
import { numberBatches } from "@pitboss/db/ops/number-batches";
import type { Logger } from "../kernel/log.ts";
import { startLoop } from "./loop.ts";
import { createSteadySession } from "./steady-session.ts";

export interface Sequencer {
  /** Something was committed here: number it soon. */
  nudge(): void;
  /** The newest numbered position that this engine knows of. */
  head(): bigint;
  /** The head, once this engine has looked for it. */
  firstHead(): Promise<bigint>;
  /** Calls the listener whenever the head has moved; returns what ends that. */
  onHead(listener: (head: bigint) => void): () => void;
  stop(): Promise<void>;
}

/** What another engine committed is noticed after at most this long. */
const pollMs = 100;
/**
 * Numbering is a commit of its own, which waits for the same disk as the bets' commits; so what is committed within this
 * time is numbered together.
 */
const gapMs = 50;

export function startSequencer(options: {
  readonly databaseUrl: string;
  readonly applicationName: string;
  readonly log: Logger;
}): Sequencer {
  const session = createSteadySession(options);
  const listeners = new Set<(head: bigint) => void>();
  const first = Promise.withResolvers<bigint>();
  let head = 0n;

  const loop = startLoop({
    name: "sequencer",
    everyMs: pollMs,
    gapMs,
    log: options.log,
    run: async () => {
      const found = await session.use(numberBatches);
      const moved = found.head !== head;
      head = found.head;
      first.resolve(head);
      if (moved) for (const listener of listeners) listener(head);
      // What waits although nothing moved is in the hands of another engine.
      return found.waiting && moved;
    },
  });

  return {
    nudge: () => loop.nudge(),
    head: () => head,
    firstHead: () => first.promise,
    onHead(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async stop() {
      await loop.stop();
      await session.close();
    },
  };
}
