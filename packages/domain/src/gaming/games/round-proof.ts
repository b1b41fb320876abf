/**
 * The proof of a round on a built-in game: all that anyone needs to compute it again, once the server seed is no longer
 * secret. `docs/verify/verify-round.mjs` checks one with nothing of this house's code.
 */
import type { JsonObject } from "../../kernel/json.ts";
import type { Currency } from "../../wallet/currency.ts";
import { formatMinor } from "../../wallet/money.ts";
import { type FairInput, hashServerSeed } from "../fairness.ts";
import type { BuiltInGame, PlacedSelection, Play } from "./built-in-game.ts";

export interface RoundProof {
  readonly format: "pitboss-round-v1";
  readonly gameId: string;
  readonly rulesVersion: number;
  /** What was published before the first bet on the seed. */
  readonly serverSeedHash: string;
  readonly serverSeed: string;
  readonly clientSeed: string;
  readonly nonce: number;
  /** Decimal strings with all of the currency's decimals, here and below. */
  readonly stake: { readonly amount: string; readonly currency: Currency };
  readonly selection: readonly {
    readonly market: string;
    readonly value: string;
    readonly stake: string;
  }[];
  readonly result: JsonObject;
  /** Gross. */
  readonly payout: string;
}

/** Gives the server seed away: only for a seed that no bet is taken on any more. */
export function buildRoundProof(
  game: BuiltInGame,
  seeds: FairInput,
  selection: readonly PlacedSelection[],
  currency: Currency,
  play: Pick<Play, "payout" | "result">,
): RoundProof {
  const stake = selection.reduce((sum, placed) => sum + placed.stake, 0n);
  return {
    format: "pitboss-round-v1",
    gameId: game.id,
    rulesVersion: game.rules.version,
    serverSeedHash: hashServerSeed(seeds.serverSeed),
    serverSeed: seeds.serverSeed,
    clientSeed: seeds.clientSeed,
    nonce: seeds.nonce,
    stake: { amount: formatMinor(stake, currency), currency },
    selection: selection.map((placed) => ({
      ...placed,
      stake: formatMinor(placed.stake, currency),
    })),
    result: play.result,
    payout: formatMinor(play.payout, currency),
  };
}
