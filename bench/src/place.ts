/** Bets as they are sent: the brief's body, a new request and a new round each. */
import { randomUUID } from "node:crypto";
import { formatId } from "@pitboss/domain/kernel/public-id";
import type { World } from "./world.ts";

export interface Spread {
  /** All on one game, or over all of them. */
  readonly oneGame?: boolean;
}

/** Chance that need not be secret, at a tenth of the price. */
function below(bound: number): number {
  return Math.floor(Math.random() * bound);
}

export function placeBody(world: World, { oneGame = false }: Spread = {}): string {
  const requestId = randomUUID();
  const game = world.games[oneGame ? 0 : below(world.games.length)] ?? "";
  const player = formatId("player", BigInt(1 + below(world.players)));
  return `{"requestId":"${requestId}","playerId":"${player}","wallet":"cash","roundId":"R-2026-11-23-06:20:05-${requestId.slice(0, 13)}","gameId":"${game}","selection":[{"market":"straight","value":"17"}],"stake":{"amount":"0.10","currency":"EUR"}}`;
}
