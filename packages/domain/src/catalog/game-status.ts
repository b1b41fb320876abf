/** Whether a game takes bets, and if not, why; the first that holds, in this order. */
export const gameStatuses = ["CLOSED", "PROVIDER_PAUSED", "MAINTENANCE", "OPEN"] as const;
export type GameStatus = (typeof gameStatuses)[number];
