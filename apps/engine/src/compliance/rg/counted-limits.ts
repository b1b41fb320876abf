/**
 * The limits that bets are counted for, in the gate's row. A limit that is set in the middle of its window begins with what
 * the ledger says of the window so far; under the player's lock, so that no bet comes in between.
 */
import { type PlayTick, readPlayTicks } from "@pitboss/db/compliance/read-play-ticks";
import { readPlaySession } from "@pitboss/db/compliance/read-play-session";
import type { Executor } from "@pitboss/db/kernel/executor";
import { firstSlot } from "@pitboss/domain/compliance/limit-window";
import type { LimitAmount, LimitKey } from "@pitboss/domain/compliance/player-limit";
import { count, type CountedKind, type CountedLimit, type GateState } from "@pitboss/domain/risk/gate-state";
import { limitWindowOf } from "@pitboss/domain/risk/jurisdiction-pack";
import { emptyCounter } from "@pitboss/domain/risk/window-counter";
import type { RgPlayer } from "./rg-player.ts";

/** Undefined where the limit is one that bets are not counted for. */
export async function withLimit(
  tx: Executor,
  { id, pack, state }: RgPlayer,
  key: LimitKey,
  amount: LimitAmount,
  nowMs: number,
): Promise<GateState | undefined> {
  const { kind } = key;
  if (kind === "DEPOSIT") return undefined;
  const same = (limit: CountedLimit): boolean =>
    limit.kind === kind && limit.period === key.period && limit.currency === key.currency;
  const others = state.limits.filter((limit) => !same(limit));
  if (amount === null) return { ...state, limits: others };
  const window = limitWindowOf(pack, key.period);
  const limit: CountedLimit = { ...window, kind, currency: key.currency, amount, counter: emptyCounter() };
  const since = firstSlot(limit, nowMs);
  for (const tick of await readPlayTicks(tx, id, since, pack.sessionGapMs)) {
    if (kind !== "SESSION" && tick.currency !== key.currency) continue;
    count(limit, countOf(kind, tick), tick.atMs, nowMs);
  }
  return { ...state, limits: [...others, limit], clock: state.clock ?? (await clockFromLedger()) };

  /** The clock of a player who was not followed until now goes on from the newest bet. */
  async function clockFromLedger(): Promise<GateState["clock"]> {
    const session = await readPlaySession(tx, id, nowMs, pack.sessionGapMs);
    if (session === undefined) return null;
    const { startedMs, lastMs } = session;
    return { startedMs, lastMs, checkedMs: startedMs, spinMs: null };
  }
}

function countOf(kind: CountedKind, tick: PlayTick): { readonly net: bigint; readonly gross: bigint } {
  switch (kind) {
    case "WAGER":
      return { net: tick.wagered, gross: tick.wagered };
    case "LOSS":
      return { net: tick.lost, gross: tick.lostGross };
    case "SESSION":
      return { net: tick.playedMs, gross: tick.playedMs };
  }
}
