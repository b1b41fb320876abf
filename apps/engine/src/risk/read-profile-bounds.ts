/** The house's bounds of a player's profile on deposits or withdrawals, with what was moved in their time before. */
import type { Executor } from "@pitboss/db/kernel/executor";
import type { GatedPlayer } from "@pitboss/db/risk/gate-store";
import { listProfiles, readProfile } from "@pitboss/db/risk/rules-store";
import { type LimitPeriod, windowStart } from "@pitboss/domain/compliance/limit-window";
import { createProfiles, type ProfileMeasure, strictestBound } from "@pitboss/domain/risk/limit-profile";
import type { Pack } from "@pitboss/domain/risk/jurisdiction-pack";
import type { Currency } from "@pitboss/domain/wallet/currency";

/** What one payment may be, and what those of a day, a week and a month may add up to. */
const windows = {
  deposit: [
    ["depositMax", undefined],
    ["depositDay", "DAY"],
    ["depositWeek", "WEEK"],
    ["depositMonth", "MONTH"],
  ],
  withdrawal: [
    ["withdrawalMax", undefined],
    ["withdrawalDay", "DAY"],
    ["withdrawalWeek", "WEEK"],
    ["withdrawalMonth", "MONTH"],
  ],
} as const satisfies Record<string, readonly (readonly [ProfileMeasure, LimitPeriod | undefined])[]>;

export interface ReadBound {
  readonly measure: ProfileMeasure;
  /** Minor units. */
  readonly limit: bigint;
  readonly counted: bigint;
}

export interface BoundsOf {
  readonly player: GatedPlayer;
  readonly pack: Pack;
  readonly currency: Currency;
  readonly atMs: number;
  /** What was moved in this currency since, without what is asked for now. */
  readonly sumSince: (sinceMs: number) => Promise<bigint>;
}

export async function readProfileBounds(
  db: Executor,
  kind: keyof typeof windows,
  { player, pack, currency, atMs, sumSince }: BoundsOf,
): Promise<ReadBound[]> {
  // Rows that name a game bound stakes alone, so that no game has to be known here.
  const profiles = createProfiles((await listProfiles(db)).map((record) => readProfile(record, () => undefined)));
  const version = profiles.of(player.state.profile, atMs);
  const bounds: ReadBound[] = [];
  for (const [measure, period] of windows[kind]) {
    const row = strictestBound(version, measure, { playerId: player.id, country: player.country, currency });
    if (row === undefined) continue;
    const since = period === undefined ? undefined : windowStart({ period, window: "ROLLING", zone: pack.zone }, atMs);
    bounds.push({ measure, limit: row.amount, counted: since === undefined ? 0n : await sumSince(since) });
  }
  return bounds;
}
