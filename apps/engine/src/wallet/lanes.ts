/** All lanes of this engine, and the way in: a player's commands always take the same lane. */
import { openSession } from "@pitboss/db/kernel/session";
import type { Envelope } from "@pitboss/db/wallet/door/envelope";
import { stripes } from "@pitboss/db/wallet/door/load-book";
import type { Logger } from "../kernel/log.ts";
import { createLane, type LaneAnswer } from "./lane.ts";
import type { BatchContext } from "./run-batch.ts";

export interface LanesOptions {
  readonly databaseUrl: string;
  readonly count: number;
  readonly maxBatch: number;
  readonly maxQueue: number;
  readonly engineId: string;
  readonly batch: Omit<BatchContext, "onWriting" | "preferredStripe">;
  readonly log: Logger;
  readonly observe: (batch: { size: number; ms: number }) => void;
}

export interface Lanes {
  readonly submit: (envelope: Envelope) => Promise<LaneAnswer>;
  readonly up: () => boolean;
  readonly stop: () => Promise<void>;
}

/**
 * A session's plans are made once, perhaps while tables are still empty. Every statement of the door is a look-up by
 * key, so plans that read whole tables are ruled out for the session instead of hoped against. (Measured: a plan made
 * on an empty table cost ten times the time of a batch.) A lock that can't be had fails the batch, not the lane.
 */
export const laneSettings = {
  enable_seqscan: "off",
  enable_mergejoin: "off",
  enable_hashjoin: "off",
  plan_cache_mode: "force_generic_plan",
  jit: "off",
  lock_timeout: "3s",
  statement_timeout: "8s",
  idle_in_transaction_session_timeout: "30s",
};

/** A little longer than the lanes' `statement_timeout`: a database that went silent fails its bets after this, ms. */
const laneAnswerWithinMs = 10_000;

export function createLanes(options: LanesOptions): Lanes {
  const lanes = Array.from({ length: options.count }, (_, index) =>
    createLane({
      name: `lane-${index}`,
      open: (onLost) =>
        openSession({
          url: options.databaseUrl,
          applicationName: `pitboss-${options.engineId}-lane-${index}`,
          settings: laneSettings,
          answerWithinMs: laneAnswerWithinMs,
          onLost,
        }),
      batch: { ...options.batch, preferredStripe: (index * 7 + 1) % stripes },
      maxBatch: options.maxBatch,
      maxQueue: options.maxQueue,
      log: options.log,
      observe: options.observe,
    }),
  );
  const count = BigInt(lanes.length);
  return {
    submit: (envelope) => {
      const lane = lanes[Number(envelope.command.playerId % count)];
      if (lane === undefined) throw new Error("there is a lane for every player");
      return lane.submit(envelope);
    },
    up: () => lanes.every((lane) => lane.up()),
    stop: async () => {
      await Promise.all(lanes.map((lane) => lane.stop()));
    },
  };
}
