/** What every procedure gets: the engine's parts, and who calls. */
import type { Result } from "@pitboss/domain/kernel/result";
import type { Actor } from "../../identity/actor.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";

export interface TrpcContext {
  readonly deps: StaffDeps;
  /** Found once a request; a procedure that needs nobody does not exist. */
  readonly actor: Result<Actor>;
  /** UUID spelling of the W3C trace id. */
  readonly traceId: string;
}
