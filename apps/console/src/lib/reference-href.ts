const places = { bet: "/bets", deposit: "/deposits", payout: "/payouts", transaction: "/ledger" } as const;

/** Where the thing is shown that a transaction is about. */
export function referenceHref(kind: keyof typeof places, id: string): string {
  return `${places[kind]}/${id}`;
}
