/** What every use case of the engine gets, and nothing more: no container, no globals. */
import type { Database } from "@pitboss/db/kernel/pool";
import type { Logger } from "./log.ts";

export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

export interface Context {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Logger;
}
