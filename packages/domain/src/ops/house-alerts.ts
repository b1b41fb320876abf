/**
 * What the house tells people by itself: a job met a limit, a provider does not answer, two books differ, money is on its
 * way for too long.
 */
export const alertKinds = ["STALE_BETS", "PROVIDER_DOWN", "RECONCILIATION_DRIFT", "TRANSFERS_UNKNOWN"] as const;
export type AlertKind = (typeof alertKinds)[number];
