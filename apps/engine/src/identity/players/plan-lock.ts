/** Plans of locking players and letting them play again, for a terminal. */
import { findPlayerStatus } from "@pitboss/db/identity/player-directory";
import { parseId } from "@pitboss/domain/kernel/public-id";
import type { PlayerStatus } from "@pitboss/domain/wallet/ledger-codes";
import { z } from "zod";
import { type Look, planned } from "../../edge/trpc/plan.ts";
import { createCaller, router } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../staff-deps.ts";
import { lockPlayer, unlockPlayer } from "./change-player.ts";

const callerOf = createCaller(router({ lockPlayer, unlockPlayer }));

const planLock = planned({
  action: "player.lock",
  permission: "player.lock",
  params: z.object({ signOut: z.boolean() }),
  look: ({ deps }, targets, { signOut }) =>
    lookAtEach(
      deps,
      targets,
      "ACTIVE",
      "BLOCKED",
      signOut ? "Lock out of play, ending all sessions" : "Lock out of play",
    ),
  apply: async ({ trpc }, id, { signOut }, reason) => ({
    ...(await callerOf(trpc).lockPlayer({ playerId: id, signOut, reason })),
  }),
});

const planUnlock = planned({
  action: "player.unlock",
  permission: "player.unlock",
  params: z.object({}),
  look: ({ deps }, targets) => lookAtEach(deps, targets, "BLOCKED", "ACTIVE", "Let play again"),
  apply: async ({ trpc }, id, _params, reason) => ({
    ...(await callerOf(trpc).unlockPlayer({ playerId: id, reason })),
  }),
});

export const planPlayers = { playerLock: planLock, playerUnlock: planUnlock };

async function lookAtEach(
  { db }: StaffDeps,
  targets: readonly string[],
  from: PlayerStatus,
  to: PlayerStatus,
  what: string,
): Promise<Look[]> {
  const looks: Look[] = [];
  for (const id of targets) {
    const number = parseId("player", id);
    const status = number === undefined ? undefined : await findPlayerStatus(db, number);
    if (status === undefined) looks.push({ id, failure: { code: "PLAYER_NOT_FOUND" } });
    else if (status !== from)
      looks.push({ id, failure: { code: "NOTHING_CHANGES", detail: `The player is ${status}.` } });
    else looks.push({ id, what, before: { status }, after: { status: to } });
  }
  return looks;
}
