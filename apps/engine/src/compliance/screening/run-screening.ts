/** All players against what has changed, some at a time, in the background; a run that was cut off goes on where it was. */
import { type HitRecord, lockPlayerHits } from "@pitboss/db/compliance/screening-hit-store";
import {
  claimRun,
  listPlayersToScreen,
  noteRunProgress,
  type RunProgress,
} from "@pitboss/db/compliance/screening-run-store";
import { touchScreening } from "@pitboss/db/compliance/standing-store";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { Result } from "@pitboss/domain/kernel/result";
import { jobActing } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { isDatabaseAway } from "../../wallet/database-error.ts";
import { actorOf, applyScreening, type AppliedScreening, isUnchanged } from "./screen-player.ts";
import type { ScreeningBase } from "./screening-lists.ts";
import type { ScreeningDeps } from "./screening-subject.ts";

const atOnce = 100;
/** How long one engine has for so many; then another may go on, ms. */
const leaseMs = 60_000;
const acting = jobActing("screen-players");

/** True where there is more to do at once. */
export async function continueRun(deps: ScreeningDeps): Promise<boolean> {
  const { db, clock } = deps;
  const now = clock.now();
  const run = await claimRun(db, new Date(now), new Date(now + leaseMs));
  if (run === undefined) return false;
  const base = await deps.screening.current(db);
  const players = await listPlayersToScreen(db, run.cursor, atOnce);
  const counts = { opened: 0, reopened: 0, vanished: 0, failed: 0 };
  const same: bigint[] = [];
  for (const playerId of players) {
    const screened = await tryOne(deps, base, playerId);
    if (screened === "same") same.push(playerId);
    else if (screened === "broken") counts.failed += 1;
    else if (!screened.ok) {
      counts.failed += 1;
      deps.log.warn(
        { player: formatId("player", playerId), code: screened.error.code },
        "a player could not be screened",
      );
    } else {
      counts.opened += screened.value.opened;
      counts.reopened += screened.value.reopened;
      counts.vanished += screened.value.vanished;
    }
  }
  await touchScreening(db, same, new Date(clock.now()));
  const progress: RunProgress = {
    ...counts,
    cursor: players.at(-1) ?? run.cursor,
    done: players.length,
    finished: players.length < atOnce,
  };
  await noteRunProgress(db, run.id, progress);
  return !progress.finished;
}

/** One player whose data are broken does not keep the others from being screened. */
async function tryOne(deps: ScreeningDeps, base: ScreeningBase, playerId: bigint) {
  try {
    return await screenOne(deps, base, playerId);
  } catch (error) {
    if (isDatabaseAway(error)) throw error;
    deps.log.error({ err: error, player: formatId("player", playerId) }, "a player could not be screened");
    return "broken" as const;
  }
}

async function screenOne(
  deps: ScreeningDeps,
  base: ScreeningBase,
  playerId: bigint,
): Promise<"same" | Result<AppliedScreening>> {
  const { db } = deps;
  const hits: HitRecord[] = await db.transaction((tx) => lockPlayerHits(tx, playerId));
  const unchanged = await isUnchanged(db, deps, base, playerId, hits);
  if (!unchanged.ok) return unchanged;
  if (unchanged.value) return "same";
  return withAudit(db, acting, async (tx, note) => {
    const applied = await applyScreening(tx, deps, base, { playerId, by: actorOf(acting) });
    if (!applied.ok) return applied;
    const { state, opened, reopened, vanished } = applied.value;
    note({
      action: "screening.check",
      subject: { kind: "screening", id: formatId("player", playerId) },
      reason: "RUN",
      after: { state, opened, reopened, vanished },
    });
    return applied;
  });
}
