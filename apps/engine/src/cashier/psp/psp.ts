/**
 * A payment service provider as the cashier sees it: a port with one adapter for each wire dialect. An adapter turns the
 * house's questions into the provider's requests, and what the provider says into a `PaymentReport`. It guesses nothing:
 * what was not answered is `unanswered`, and whoever asked has to ask again.
 */
import type { DisputeReport } from "@pitboss/domain/cashier/chargeback";
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

/**
 * `unanswered` is no answer: the provider may or may not have done it. `unsent` never left the house, so that the
 * provider can't have done it. `refused` is a no to the question itself.
 */
export type Asked<T> =
  | { readonly kind: "answered"; readonly value: T }
  | { readonly kind: "unanswered"; readonly why: string }
  | { readonly kind: "unsent"; readonly why: string }
  | { readonly kind: "refused"; readonly why: string };

/** What a provider says of a payment; some messages don't tell its fee. */
export type Told = PaymentReport & { readonly feeKnown: boolean };

export type WebhookReading =
  | { readonly kind: "forged"; readonly why: string }
  | { readonly kind: "unreadable"; readonly why: string }
  | { readonly kind: "event"; readonly eventId: string; readonly type: string };

/** An authorised payment whose money has to be asked for. */
export interface Capture {
  readonly reference: string;
  readonly depositId: string;
  readonly currency: Currency;
  readonly amount: bigint;
}

/** What an event is about; `depositId` is the house's id as the provider gives it back. */
export type EventMeaning =
  | {
      readonly kind: "payment";
      readonly depositId: string | null;
      readonly report: Told;
      /** Set where the provider waits to be asked for the money. Asking again changes nothing. */
      readonly capture?: Capture;
    }
  | { readonly kind: "dispute"; readonly depositId: string | null; readonly report: DisputeReport }
  /** Understood, and of no consequence here. */
  | { readonly kind: "nothing"; readonly why: string }
  | { readonly kind: "unknown"; readonly why: string };

export interface DisputeEvidence {
  /** The provider's own id of the dispute. */
  readonly reference: string;
  readonly text: string;
  readonly files: readonly { readonly name: string; readonly mediaType: string; readonly bytes: Uint8Array }[];
}

/** How a payment is found: by the provider's id, or by the house's; the order is at hand for who can only repeat it. */
export interface PaymentName {
  readonly reference: string | null;
  readonly depositId: string;
  readonly order: PaymentOrder;
}

export interface Psp {
  /** Its name in deposits, webhooks and the ledger's clearing accounts; never changes. */
  readonly code: string;
  readonly name: string;
  /** Whether a token has the form of this provider's. */
  ownsToken(token: string): boolean;
  /** Whether it tells its fee with the payment; others tell it in their settlement reports alone. */
  readonly tellsFees: boolean;
  /** Undefined where the provider does not know the token. */
  describeCard(token: string, playerId: string): Promise<Asked<DescribedCard | undefined>>;
  /** Asks for the money. The same order again gets the answer of the first. */
  startPayment(order: PaymentOrder): Promise<Asked<Told>>;
  /** Undefined where there is no such payment. Never makes one. */
  findPayment(by: PaymentName): Promise<Asked<Told | undefined>>;
  /** Gives the payment up. What comes back says whether it was given up or had been paid. */
  cancelPayment(reference: string): Promise<Asked<Told>>;
  /** Asks for the money of an authorised payment, once however often it is called; absent where none needs it. */
  readonly capturePayment?: (capture: Capture) => Promise<Asked<undefined>>;
  /** Says something against a dispute; the same evidence again changes nothing. Files are those that were stored. */
  submitEvidence(evidence: DisputeEvidence): Promise<Asked<undefined>>;
  /** Gives a dispute up. */
  acceptDispute(reference: string): Promise<Asked<undefined>>;
  /** Checks the signature on the raw bytes, in constant time. No I/O. */
  readWebhook(body: Buffer, headers: Readonly<Record<string, string>>, nowMs: number): WebhookReading;
  /** The headers that prove it, kept with the body. */
  readonly keptHeaders: readonly string[];
  /** What the provider wants to hear when its webhook is stored. */
  readonly webhookAnswer: { readonly type: string; readonly body: string };
  readEvent(body: Buffer): EventMeaning;
}

/** What most providers take for a yes: any answer with 200. */
export const plainWebhookAnswer = { type: "application/json; charset=utf-8", body: '{"received":true}' } as const;
