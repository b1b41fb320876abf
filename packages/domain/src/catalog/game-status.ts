/** Whether a game can be started, and if not, why; the first that holds, in this order. */
export const gameStatuses = ["CLOSED", "PROVIDER_PAUSED", "MAINTENANCE", "PROVIDER_DOWN", "OPEN"] as const;
export type GameStatus = (typeof gameStatuses)[number];

/** A provider in trouble starts no new games; bets of those that are being played are taken all the same. */
export function takesBets(status: GameStatus): boolean {
  return status === "OPEN" || status === "PROVIDER_DOWN";
}
