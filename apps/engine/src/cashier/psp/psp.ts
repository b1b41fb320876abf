/**
 * A payment service provider as the cashier sees it: a port with one adapter for each wire dialect. An adapter turns the
 * house's questions into the provider's requests, and what the provider says into a `PaymentReport`. It guesses nothing:
 * what was not answered is `unanswered`, and whoever asked has to ask again.
 */
import type { PaymentReport } from "@pitboss/domain/cashier/deposit-machine";
import type { Currency } from "@pitboss/domain/wallet/currency";

/** A card as its provider describes it. */
export interface DescribedCard {
  readonly fingerprint: string;
  readonly brand: string;
  readonly last4: string;
  readonly expiresMonth: number;
  readonly expiresYear: number;
  readonly country: string | null;
}

export interface PaymentOrder {
  /** The house's own id of it, which the provider keeps with the payment. */
  readonly depositId: string;
  /** The provider takes an order with the same key once, and answers a repeat as it answered first. */
  readonly idempotencyKey: string;
  readonly playerId: string;
  readonly currency: Currency;
  /** Minor units, above zero. */
  readonly amount: bigint;
  readonly token: string;
  readonly returnUrl: string | null;
}

/** `unanswered` is no answer: the provider may or may not have done it. `refused` is a no to the question itself. */
export type Asked<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "unanswered"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

/** What a provider says of a payment; some messages don't tell its fee. */
export type Told = PaymentReport & { readonly feeKnown: boolean };

export type WebhookReading =
  | { readonly kind: "forged"; readonly why: string }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "event"; readonly eventId: string; readonly type: string };

/** What an event is about; `depositId` is the house's id as the provider gives it back. */
export type EventMeaning =
  | { readonly kind: "payment"; readonly depositId: string | null; readonly report: Told }
  | { readonly kind: "unknown"; readonly why: string };

export interface Psp {
  /** Its name in deposits, webhooks and the ledger's clearing accounts; never changes. */
  readonly code: string;
  readonly name: string;
  /** Undefined where the provider does not know the token. */
  describeCard(token: string): Promise<Asked<DescribedCard | undefined>>;
  /** Asks for the money. The same order again gets the answer of the first. */
  startPayment(order: PaymentOrder): Promise<Asked<Told>>;
  /** By the provider's id, or where that never arrived by the house's; undefined where there is no such payment. */
  findPayment(by: { readonly reference: string | null; readonly depositId: string }): Promise<Asked<Told | undefined>>;
  /** Gives the payment up. What comes back says whether it was given up or had been paid. */
  cancelPayment(reference: string): Promise<Asked<Told>>;
  /** Checks the signature on the raw bytes, in constant time. No I/O. */
  readWebhook(body: Buffer, headers: Readonly<Record<string, string>>, nowMs: number): WebhookReading;
  /** The headers that prove it, kept with the body. */
  readonly keptHeaders: readonly string[];
  readEvent(body: Buffer): EventMeaning;
}
