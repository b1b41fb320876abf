/**
 * Where the engine asks for a fresh second factor, the reader is asked for it, and then the same call is made again. The
 * code that made the call knows nothing of it.
 */
import type { TRPCLink } from "@trpc/client";
import { observable } from "@trpc/server/observable";
import type { AppRouter } from "@pitboss/engine/edge/trpc/app-router";
import { failureOf } from "#lib/failure.ts";

/** Resolves to true once the factor was given, to false where the reader thought better of it. */
type Ask = () => Promise<boolean>;

let ask: Ask | undefined;
let asking: Promise<boolean> | undefined;

/** The dialogue registers itself here; there is one in the console's frame. */
export function answerStepUp(how: Ask): () => void {
  ask = how;
  return () => {
    if (ask === how) ask = undefined;
  };
}

/** Calls that are refused at the same moment wait for the same answer. */
function askOnce(): Promise<boolean> {
  asking ??= (ask?.() ?? Promise.resolve(false)).finally(() => {
    asking = undefined;
  });
  return asking;
}

export const stepUpLink: TRPCLink<AppRouter> =
  () =>
  ({ op, next }) =>
    observable((observer) => {
      let inner = attempt(true);
      function attempt(first: boolean) {
        return next(op).subscribe({
          next: (value) => observer.next(value),
          complete: () => observer.complete(),
          error: (error) => {
            if (!first || failureOf(error).code !== "STEP_UP_NEEDED") {
              observer.error(error);
              return;
            }
            void askOnce().then((given) => {
              if (given) inner = attempt(false);
              else observer.error(error);
            });
          },
        });
      }
      return () => inner.unsubscribe();
    });
