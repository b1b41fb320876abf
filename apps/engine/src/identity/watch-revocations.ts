/**
 * Asks once a second what was revoked, and tells the authenticator. So a token that anybody ended, on whichever engine
 * or in the console, is refused within about a second here; where the database can't be asked, within ten.
 */
import { listRevocations } from "@pitboss/db/identity/revocation-store";
import type { Context } from "../kernel/context.ts";
import { type Loop, startLoop } from "../ops/loop.ts";
import type { Authenticator } from "./authenticate.ts";

const everyMs = 1_000;

export function watchRevocations({ db, clock, log }: Context, authenticator: Authenticator): Loop {
  return startLoop({
    name: "revocations",
    everyMs,
    gapMs: 100,
    run: async () => {
      const asOfMs = clock.now();
      authenticator.take(await listRevocations(db), asOfMs);
      return false;
    },
    log,
  });
}
