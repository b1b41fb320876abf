/**
 * A way by which money leaves the house: a port with one adapter for each provider's dialect. An adapter turns an order
 * into the provider's request and what the provider says into a `PayoutReport`. It guesses nothing: what was not
 * answered is `unanswered`, and then the provider is asked about the order before it is sent again.
 */
import type { PayoutReport } from "@pitboss/domain/cashier/payout-machine";
import type { Currency } from "@pitboss/domain/wallet/currency";

export interface PayoutOrder {
  /** The house's own id of it, which the provider keeps with the payout. */
  readonly payoutId: string;
  /** The same for ever; a provider that knows keys takes an order with the same key once. */
  readonly idempotencyKey: string;
  readonly playerId: string;
  readonly currency: Currency;
  /** Minor units, above zero. */
  readonly amount: bigint;
  /** The provider's name of what it goes to. */
  readonly token: string;
}

export type Submitted =
  | { readonly kind: "accepted"; readonly report: PayoutReport }
  /** A no to the order itself: there is no payout, and there will be none. `code` is the provider's word. */
  | { readonly kind: "refused"; readonly code: string; readonly why: string }
  | { readonly kind: "unanswered"; readonly why: string };

export type Queried =
  | { readonly kind: "found"; readonly report: PayoutReport }
  | { readonly kind: "not-found" }
  | { readonly kind: "unanswered"; readonly why: string };

export interface PayoutQuery {
  /** The provider's id; null where that never arrived, and then the house's own is looked for. */
  readonly reference: string | null;
  readonly payoutId: string;
  readonly token: string;
  /** What was ordered, minor units. */
  readonly amount: bigint;
  /** When it was sent first, ms; nothing before that is looked through. */
  readonly firstSentMs: number;
}

export type PayoutEventMeaning =
  | { readonly kind: "payout"; readonly payoutId: string | null; readonly report: PayoutReport }
  /** It is about a payout, and can't be understood. */
  | { readonly kind: "unknown"; readonly why: string }
  /** It is about something else. */
  | { readonly kind: "other" };

export interface PayoutRail {
  /** The provider's name in payouts, webhooks and the ledger's clearing accounts; the same as its deposits have. */
  readonly code: string;
  /** A provider may learn late of what it was sent: before this has passed its "no such payout" is not believed, ms. */
  readonly quietMs: number;
  /** How long it takes an order with the same key once; 0 where it knows no keys, ms. */
  readonly keyLivesMs: number;
  /** True where orders leave many at a time, in files: then `submit` is never asked. */
  readonly inFiles?: true;
  /** Where it pays in one currency alone. */
  readonly currency?: Currency;
  submit(order: PayoutOrder): Promise<Submitted>;
  query(query: PayoutQuery): Promise<Queried>;
  /** Of a webhook whose signature was checked. */
  readPayoutEvent(body: Buffer): PayoutEventMeaning;
}
