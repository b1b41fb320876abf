/** A player's limits as they stand: those of their own, those of the law, what is used of each, and what waits. */
import { sumDepositsSince } from "@pitboss/db/compliance/deposit-sums";
import { type LimitRecord, listOpenLimits } from "@pitboss/db/compliance/limit-store";
import type { Executor } from "@pitboss/db/kernel/executor";
import { type LimitWindow, windowEnd, windowStart } from "@pitboss/domain/compliance/limit-window";
import { formatLimit, type LimitKey, waitingStateAt } from "@pitboss/domain/compliance/player-limit";
import type { LimitsAnswer } from "@pitboss/domain/compliance/rg-contract";
import { formatId } from "@pitboss/domain/kernel/public-id";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import { countedAt } from "@pitboss/domain/risk/gate-state";
import { limitWindowOf, minorOf } from "@pitboss/domain/risk/jurisdiction-pack";
import { findRgPlayer, type RgDeps, type RgPlayer } from "./rg-player.ts";

export async function showLimits({ db, clock }: RgDeps, playerId: bigint): Promise<Result<LimitsAnswer>> {
  const nowMs = clock.now();
  const player = await findRgPlayer(db, playerId, nowMs);
  if (!player.ok) return player;
  const { pack } = player.value;
  const open = await listOpenLimits(db, playerId);
  const held: Held[] = open.flatMap((limit) =>
    limit.state === "CONFIRMED" && limit.amount !== null ? [{ ...limit, amount: limit.amount, limit }] : [],
  );
  const lawful: Held[] = pack.rules.limits.map((law) => ({
    ...law,
    amount: minorOf(law.amount, law.currency),
    limit: null,
  }));
  return ok({
    jurisdiction: pack.code,
    window: pack.rules.window,
    zone: pack.zone,
    increaseHours: pack.rules.increaseHours,
    confirmHours: pack.rules.confirmHours,
    limits: await Promise.all([...lawful, ...held].map((one) => presentHeld(db, player.value, one, nowMs))),
    waiting: open.flatMap((limit) => presentWaiting(limit, nowMs)),
  });
}

interface Held extends LimitKey {
  readonly amount: bigint;
  /** Null on the law's. */
  readonly limit: LimitRecord | null;
}

async function presentHeld(
  db: Executor,
  player: RgPlayer,
  held: Held,
  nowMs: number,
): Promise<LimitsAnswer["limits"][number]> {
  const { kind, period, currency, amount, limit } = held;
  const { used, window } = await usedOf(db, player, held, nowMs);
  const end = windowEnd(window, nowMs);
  const within = used < 0n ? 0n : used;
  return {
    limitId: limit === null ? null : formatId("limit", limit.id),
    kind,
    period,
    currency,
    amount: formatLimit(amount, currency),
    since: limit?.requestedAt.toISOString() ?? null,
    used: formatLimit(within, currency),
    remaining: formatLimit(amount > used ? amount - used : 0n, currency),
    resetsAt: end === null ? null : new Date(end).toISOString(),
    byLaw: limit === null,
  };
}

/** In minor units, or minutes; less than nothing where the player has won more than they lost. */
async function usedOf(
  db: Executor,
  { id, pack, state }: RgPlayer,
  { kind, period, currency }: LimitKey,
  nowMs: number,
): Promise<{ readonly used: bigint; readonly window: LimitWindow }> {
  const window = limitWindowOf(pack, period);
  if (kind === "DEPOSIT") {
    const [sums] = await sumDepositsSince(db, id, [windowStart(window, nowMs)]);
    return { used: (currency === null ? undefined : sums?.get(currency)) ?? 0n, window };
  }
  const counted = state.limits.find((one) => one.kind === kind && one.period === period && one.currency === currency);
  if (counted === undefined) return { used: 0n, window };
  const used = countedAt(counted, nowMs);
  return { used: kind === "SESSION" ? used / 60_000n : used, window: counted };
}

function presentWaiting(limit: LimitRecord, nowMs: number): LimitsAnswer["waiting"] {
  const { readyAt, lapsesAt, state, kind, period, currency, amount } = limit;
  if (readyAt === null || lapsesAt === null || state === "CONFIRMED") return [];
  const times = { state: "PENDING" as const, readyAtMs: readyAt.getTime(), lapsesAtMs: lapsesAt.getTime() };
  const status = waitingStateAt(times, nowMs);
  if (status === "LAPSED") return [];
  return [
    {
      limitId: formatId("limit", limit.id),
      kind,
      period,
      currency,
      amount: amount === null ? null : formatLimit(amount, currency),
      status,
      readyAt: readyAt.toISOString(),
      lapsesAt: lapsesAt.toISOString(),
    },
  ];
}
