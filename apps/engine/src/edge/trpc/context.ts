/** What every procedure gets: the engine's parts, and who calls. */
import type { Result } from "@pitboss/domain/kernel/result";
import type { Actor } from "../../identity/actor.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { LiveFeed } from "../../ops/live/live-feed.ts";

export interface TrpcContext {
  readonly deps: StaffDeps;
  readonly live: LiveFeed;
  /** Found once a request; a procedure that needs nobody does not exist. */
  readonly actor: Result<Actor>;
  /** UUID spelling of the W3C trace id. */
  readonly traceId: string;
}
