/** What the house tells people by itself: a job met a limit, a provider does not answer, two books differ. */
export const alertKinds = ["STALE_BETS", "PROVIDER_DOWN", "RECONCILIATION_DRIFT"] as const;
export type AlertKind = (typeof alertKinds)[number];
