/** The list of bets that a proposal voids, frozen: what is hashed is what the second person approves. */
import { createHash } from "node:crypto";
import { formatId } from "../kernel/public-id.ts";
import type { Currency } from "../wallet/currency.ts";
import type { ProposedMoney } from "../identity/approval-policy.ts";

export interface VoidListItem {
  readonly betId: bigint;
  readonly playerId: bigint;
  readonly currency: Currency;
  /** Of the stake, minor units. */
  readonly held: bigint;
}

/** Hex SHA-256 over one line a bet, in the order of the list. */
export function hashVoidList(items: readonly VoidListItem[]): string {
  const hash = createHash("sha256").update("pitboss-void-list-1\n");
  for (const { betId, playerId, currency, held } of items) {
    hash.update(`${formatId("bet", betId)} ${formatId("player", playerId)} ${held} ${currency}\n`);
  }
  return hash.digest("hex");
}

/** What goes back, by currency, in the order of the currencies' codes. */
export function sumVoidList(items: readonly VoidListItem[]): ProposedMoney[] {
  const sums = new Map<Currency, bigint>();
  for (const { currency, held } of items) sums.set(currency, (sums.get(currency) ?? 0n) + held);
  return [...sums]
    .map(([currency, amount]) => ({ currency, amount }))
    .sort((a, b) => (a.currency < b.currency ? -1 : 1));
}
