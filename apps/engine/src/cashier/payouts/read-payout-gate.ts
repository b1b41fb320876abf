/** What responsible gaming and the player's profile have to say about a payout. */
import { type FactsOf, sumPayoutsSince } from "@pitboss/db/cashier/read-payout-facts";
import type { Executor } from "@pitboss/db/kernel/executor";
import { findGatedPlayer } from "@pitboss/db/risk/gate-store";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { readPacks } from "../../risk/gate-rules.ts";
import { readProfileBounds } from "../../risk/read-profile-bounds.ts";

interface Asked {
  readonly playerId: bigint;
  readonly currency: Currency;
  /** The payout itself, where it is written down already. */
  readonly payoutId?: bigint;
}

export async function readPayoutGate(db: Executor, asked: Asked, atMs: number): Promise<FactsOf["gate"]> {
  const player = await findGatedPlayer(db, asked.playerId);
  if (player === undefined) return { exclusion: null, bounds: [] };
  const pack = (await readPacks(db)).of(player.country, atMs);
  const sumSince = (sinceMs: number): Promise<bigint> => sumPayoutsSince(db, asked, new Date(sinceMs));
  const bounds = await readProfileBounds(db, "withdrawal", { player, pack, currency: asked.currency, atMs, sumSince });
  const { block } = player.state;
  const excluded = block !== null && (block.untilMs === null || atMs < block.untilMs);
  return { exclusion: excluded ? block.kind : null, bounds };
}
