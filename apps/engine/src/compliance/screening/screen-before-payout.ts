/** Screens a player who was never screened, before money leaves the house to them for the first time. */
import { formatId } from "@pitboss/domain/kernel/public-id";
import { jobActing } from "../../audit/acting.ts";
import { screenPlayer } from "./screen-player.ts";
import type { ScreeningDeps } from "./screening-subject.ts";

export function screenBeforePayout(deps: ScreeningDeps): (playerId: bigint) => Promise<void> {
  return async (playerId) => {
    const screened = await screenPlayer(deps, jobActing("payouts"), playerId, "FIRST_PAYOUT");
    // The player is held to be not screened, and the payout waits for people.
    if (!screened.ok) {
      deps.log.info({ player: formatId("player", playerId), code: screened.error.code }, "a player was not screened");
    }
  };
}
