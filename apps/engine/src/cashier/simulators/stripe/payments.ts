/** The payments of a simulated Stripe, kept in a journal so that they outlive the process, as a real provider's do. */
import { randomBytes } from "node:crypto";
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

export interface SimulatedPayment {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly token: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | undefined;
  /** The whole order, so that another one under the same key is told apart. */
  readonly order: string;
  readonly returnUrl: string | undefined;
  readonly created: number;
  status: "requires_payment_method" | "requires_action" | "processing" | "succeeded" | "canceled";
  received: number;
  failure: { readonly declineCode: string; readonly message: string } | null;
}

export interface Payments {
  add(payment: SimulatedPayment): void;
  change(payment: SimulatedPayment, change: Partial<SimulatedPayment>): void;
  byId(id: string): SimulatedPayment | undefined;
  byKey(idempotencyKey: string): SimulatedPayment | undefined;
  byMetadata(name: string, value: string): SimulatedPayment | undefined;
  all(): readonly SimulatedPayment[];
}

export function openPayments(journal: string): Payments {
  const all = new Map<string, SimulatedPayment>();
  const keys = new Map<string, SimulatedPayment>();
  const remember = (payment: SimulatedPayment): void => {
    all.set(payment.id, payment);
    if (payment.idempotencyKey !== undefined) keys.set(payment.idempotencyKey, payment);
  };
  mkdirSync(dirname(journal), { recursive: true });
  if (existsSync(journal)) {
    for (const line of readFileSync(journal, "utf8").split("\n")) {
      if (line !== "") remember(JSON.parse(line) as SimulatedPayment);
    }
  }
  const keep = (payment: SimulatedPayment): void => appendFileSync(journal, `${JSON.stringify(payment)}\n`);
  return {
    add(payment) {
      remember(payment);
      keep(payment);
    },
    change(payment, change) {
      Object.assign(payment, change);
      keep(payment);
    },
    byId: (id) => all.get(id),
    byKey: (key) => keys.get(key),
    all: () => [...all.values()],
    byMetadata: (name, value) => [...all.values()].find(({ metadata }) => metadata[name] === value),
  };
}

export function newStripeId(prefix: string): string {
  return `${prefix}_${randomBytes(12).toString("hex")}`;
}

/** What Stripe's usual European price keeps of a payment: 1.5 % and 25 minor units, but never more than there is. */
export function stripeFee(received: number): number {
  return Math.min(Math.round(received * 0.015) + 25, received);
}

/** The payment as Stripe writes it; with `expand` the charge and its fee stand in it. */
export function renderIntent(payment: SimulatedPayment, expand: boolean, base: string): object {
  const { id, amount, received, currency, status, metadata, failure, created, token } = payment;
  const charge = `ch_${id.slice(3)}`;
  const balance = { id: `txn_${id.slice(3)}`, object: "balance_transaction", fee: stripeFee(received), currency };
  return {
    id,
    object: "payment_intent",
    amount,
    amount_received: received,
    currency,
    status,
    metadata,
    created,
    livemode: false,
    payment_method: token,
    next_action:
      status === "requires_action"
        ? {
            type: "redirect_to_url",
            redirect_to_url: { url: `${base}/3ds/${id}`, return_url: payment.returnUrl ?? null },
          }
        : null,
    last_payment_error:
      failure === null
        ? null
        : { type: "card_error", code: "card_declined", decline_code: failure.declineCode, message: failure.message },
    latest_charge:
      status !== "succeeded" ? null : expand ? { id: charge, object: "charge", balance_transaction: balance } : charge,
  };
}
