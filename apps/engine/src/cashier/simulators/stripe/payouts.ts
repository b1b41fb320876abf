/** The payouts of a simulated Stripe, kept in a journal like its payments. */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname } from "node:path";

export interface SimulatedPayout {
  readonly id: string;
  readonly amount: number;
  readonly currency: string;
  readonly destination: string;
  readonly metadata: Readonly<Record<string, string>>;
  readonly idempotencyKey: string | undefined;
  /** The whole order, so that another one under the same key is told apart. */
  readonly order: string;
  readonly created: number;
  status: "pending" | "in_transit" | "paid" | "failed" | "canceled";
  failure: { readonly code: string; readonly message: string } | null;
  /** It was paid, whatever became of it since. */
  wasPaid?: boolean;
}

export interface Payouts {
  add(payout: SimulatedPayout): void;
  change(payout: SimulatedPayout, change: Partial<SimulatedPayout>): void;
  byId(id: string): SimulatedPayout | undefined;
  byKey(idempotencyKey: string): SimulatedPayout | undefined;
  /** Newest first. */
  list(filter: { destination: string | undefined; createdFrom: number }): SimulatedPayout[];
}

export function openPayouts(journal: string): Payouts {
  const all = new Map<string, SimulatedPayout>();
  mkdirSync(dirname(journal), { recursive: true });
  if (existsSync(journal)) {
    for (const line of readFileSync(journal, "utf8").split("\n")) {
      if (line === "") continue;
      const payout = JSON.parse(line) as SimulatedPayout;
      all.set(payout.id, payout);
    }
  }
  const keep = (payout: SimulatedPayout): void => appendFileSync(journal, `${JSON.stringify(payout)}\n`);
  return {
    add(payout) {
      all.set(payout.id, payout);
      keep(payout);
    },
    change(payout, change) {
      Object.assign(payout, change);
      keep(payout);
    },
    byId: (id) => all.get(id),
    byKey: (key) => [...all.values()].find(({ idempotencyKey }) => idempotencyKey === key),
    list: ({ destination, createdFrom }) =>
      [...all.values()]
        .filter((one) => one.created >= createdFrom && (destination === undefined || one.destination === destination))
        .reverse(),
  };
}

export function renderPayout({
  id,
  amount,
  currency,
  destination,
  metadata,
  created,
  status,
  failure,
}: SimulatedPayout) {
  return {
    id,
    object: "payout",
    amount,
    currency,
    destination,
    metadata,
    created,
    status,
    method: "instant",
    type: "card",
    livemode: false,
    failure_code: failure?.code ?? null,
    failure_message: failure?.message ?? null,
  };
}
