/** How long a player plays, what came of it, and the reality checks in between (UK RTS 13 and 14, MGA PPD art. 9). */
import { readPlaySession } from "@pitboss/db/compliance/read-play-session";
import { saveGate } from "@pitboss/db/risk/gate-store";
import type { SessionClockAnswer } from "@pitboss/domain/compliance/rg-contract";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import { realityCheckMs } from "@pitboss/domain/risk/gate";
import { catchUp } from "@pitboss/domain/risk/hold-limit";
import { formatMinor } from "@pitboss/domain/wallet/money";
import type { Acting } from "../../audit/acting.ts";
import { withAudit } from "../../audit/with-audit.ts";
import { findRgPlayer, lockRgPlayer, type RgDeps } from "./rg-player.ts";

const minuteMs = 60_000;

export async function showSessionClock({ db, clock }: RgDeps, playerId: bigint): Promise<Result<SessionClockAnswer>> {
  const nowMs = clock.now();
  const found = await findRgPlayer(db, playerId, nowMs);
  if (!found.ok) return found;
  const { pack, state } = found.value;
  const session = await readPlaySession(db, playerId, nowMs, pack.sessionGapMs);
  const running = session !== undefined && nowMs - session.lastMs < pack.sessionGapMs;
  const everyMs = realityCheckMs(pack, state);
  const checkedMs = state.clock?.checkedMs ?? session?.startedMs ?? nowMs;
  return ok({
    running,
    startedAt: session === undefined ? null : new Date(session.startedMs).toISOString(),
    lastBetAt: session === undefined ? null : new Date(session.lastMs).toISOString(),
    elapsedMinutes:
      session === undefined ? 0 : Math.floor(((running ? nowMs : session.lastMs) - session.startedMs) / minuteMs),
    bets: session?.bets ?? 0,
    netPosition: (session?.sums ?? []).map(({ currency, staked, returned, atStake }) => ({
      currency,
      staked: formatMinor(staked, currency),
      returned: formatMinor(returned, currency),
      net: formatMinor(returned - staked, currency),
      atStake: formatMinor(atStake, currency),
    })),
    realityCheck: {
      everyMinutes: everyMs === null ? null : everyMs / minuteMs,
      byLawMinutes: pack.rules.realityCheckMinutes,
      dueAt: everyMs === null || !running ? null : new Date(checkedMs + everyMs).toISOString(),
    },
  });
}

/** How often the player wants to be told; the law's own interval stays where it is shorter. */
export async function setRealityCheck(
  deps: RgDeps,
  acting: Acting,
  playerId: bigint,
  everyMinutes: number | null,
): Promise<Result<true>> {
  const nowMs = deps.clock.now();
  return withAudit(deps.db, acting, async (tx, note): Promise<Result<true>> => {
    const player = await lockRgPlayer(tx, playerId, nowMs);
    if (!player.ok) return player;
    const { state, pack } = player.value;
    // Play that runs already is counted from its own beginning.
    const session = await readPlaySession(tx, playerId, nowMs, pack.sessionGapMs);
    const clock = catchUp(state.clock, session);
    await saveGate(tx, { ...state, clock, realityCheckMs: everyMinutes === null ? null : everyMinutes * minuteMs });
    note({
      action: "rg.reality-check-set",
      subject: { kind: "player", id: formatId("player", playerId) },
      before: { everyMinutes: state.realityCheckMs === null ? null : state.realityCheckMs / minuteMs },
      after: { everyMinutes },
    });
    return ok(true);
  });
}

/** The player has seen how long they have played, and goes on. */
export async function seeRealityCheck(deps: RgDeps, acting: Acting, playerId: bigint): Promise<Result<true>> {
  const nowMs = deps.clock.now();
  return withAudit(deps.db, acting, async (tx, note): Promise<Result<true>> => {
    const player = await lockRgPlayer(tx, playerId, nowMs);
    if (!player.ok) return player;
    const { state } = player.value;
    if (state.clock !== null) await saveGate(tx, { ...state, clock: { ...state.clock, checkedMs: nowMs } });
    note({
      action: "rg.reality-check-seen",
      subject: { kind: "player", id: formatId("player", playerId) },
      after: { playedSince: state.clock === null ? null : new Date(state.clock.startedMs).toISOString() },
    });
    return ok(true);
  });
}
