/** What responsible gaming and the player's profile have to say about a payout. */
import { type FactsOf, sumPayoutsSince } from "@pitboss/db/cashier/read-payout-facts";
import type { Executor } from "@pitboss/db/kernel/executor";
import { findGatedPlayer } from "@pitboss/db/risk/gate-store";
import { listProfiles, readProfile } from "@pitboss/db/risk/rules-store";
import { type LimitPeriod, windowStart } from "@pitboss/domain/compliance/limit-window";
import { createProfiles, type ProfileMeasure, strictestBound } from "@pitboss/domain/risk/limit-profile";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { readPacks } from "../../risk/gate-rules.ts";

const profileWindows = [
  ["withdrawalMax", undefined],
  ["withdrawalDay", "DAY"],
  ["withdrawalWeek", "WEEK"],
  ["withdrawalMonth", "MONTH"],
] as const satisfies readonly (readonly [ProfileMeasure, LimitPeriod | undefined])[];

interface Asked {
  readonly playerId: bigint;
  readonly currency: Currency;
  /** The payout itself, where it is written down already. */
  readonly payoutId?: bigint;
}

export async function readPayoutGate(db: Executor, asked: Asked, atMs: number): Promise<FactsOf["gate"]> {
  const player = await findGatedPlayer(db, asked.playerId);
  if (player === undefined) return { exclusion: null, bounds: [] };
  const { block, profile } = player.state;
  const { zone } = (await readPacks(db)).of(player.country, atMs);
  // Rows that name a game bound stakes alone, so that no game has to be known here.
  const profiles = createProfiles((await listProfiles(db)).map((record) => readProfile(record, () => undefined)));
  const version = profiles.of(profile, atMs);
  const bounds: { measure: string; limit: bigint; counted: bigint }[] = [];
  for (const [measure, period] of profileWindows) {
    const row = strictestBound(version, measure, { ...asked, country: player.country });
    if (row === undefined) continue;
    const since = period === undefined ? undefined : windowStart({ period, window: "ROLLING", zone }, atMs);
    const counted = since === undefined ? 0n : await sumPayoutsSince(db, asked, new Date(since));
    bounds.push({ measure, limit: row.amount, counted });
  }
  const excluded = block !== null && (block.untilMs === null || atMs < block.untilMs);
  return { exclusion: excluded ? block.kind : null, bounds };
}
