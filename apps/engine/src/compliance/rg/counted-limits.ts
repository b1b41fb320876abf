/** The limits that bets are counted for, in the gate's row; under the player's lock, so that no bet comes in between. */
import { readPlayTicks } from "@pitboss/db/compliance/read-play-ticks";
import { readPlaySession } from "@pitboss/db/compliance/read-play-session";
import type { Executor } from "@pitboss/db/kernel/executor";
import { firstSlot } from "@pitboss/domain/compliance/limit-window";
import type { LimitAmount, LimitKey } from "@pitboss/domain/compliance/player-limit";
import type { GateState } from "@pitboss/domain/risk/gate-state";
import { holdLimit } from "@pitboss/domain/risk/hold-limit";
import { limitWindowOf } from "@pitboss/domain/risk/jurisdiction-pack";
import type { RgPlayer } from "./rg-player.ts";

/** Undefined where the limit is one that bets are not counted for. */
export async function withLimit(
  tx: Executor,
  { id, pack, state }: RgPlayer,
  { kind, period, currency }: LimitKey,
  amount: LimitAmount,
  nowMs: number,
): Promise<GateState | undefined> {
  if (kind === "DEPOSIT") return undefined;
  const window = limitWindowOf(pack, period);
  const ticks = await readPlayTicks(tx, id, firstSlot(window, nowMs), pack.sessionGapMs);
  const session = await readPlaySession(tx, id, nowMs, pack.sessionGapMs);
  return holdLimit(state, { kind, period, currency }, amount, window, { ticks, session }, nowMs);
}
