/** Stripe's reporting API: a run is asked for, is ready a moment later, and its file is the itemised reconciliation of payouts. */
import type { FastifyInstance } from "fastify";
import type { Disputes } from "../disputes.ts";
import {
  type Batch,
  csvRow,
  disputeFee,
  type Movement,
  sayMajor,
  sayTime,
  type SettledLine,
  type Settlement,
} from "../settlement.ts";
import { newStripeId, type Payments, stripeFee } from "./payments.ts";
import type { Payouts } from "./payouts.ts";

const columns = [
  "automatic_payout_id",
  "automatic_payout_effective_at",
  "balance_transaction_id",
  "created_utc",
  "currency",
  "gross",
  "fee",
  "net",
  "reporting_category",
  "source_id",
  "payment_intent_id",
  "payment_metadata[deposit_id]",
];

const categories: Readonly<Record<SettledLine["kind"], string>> = {
  PAYMENT: "charge",
  PAYOUT: "card_payout",
  PAYOUT_RETURN: "card_payout_reversal",
  CHARGEBACK: "dispute",
  CHARGEBACK_REVERSAL: "dispute_reversal",
  FEE: "fee",
  RESERVE: "risk_reserved_funds",
  ADJUSTMENT: "other_adjustment",
};

/** A report is made within this, ms. */
const madeMs = 200;

/** `GET /v1/balance`: what is taken is pending until it is paid out; fees are off from the start. */
export function registerBalanceApi(server: FastifyInstance, settlement: Settlement): void {
  server.get("/v1/balance", () => {
    const balances = settlement.balances();
    const rows = (amount: (one: (typeof balances)[number]) => number) =>
      balances.map((one) => ({ amount: amount(one), currency: one.currency.toLowerCase() }));
    return { object: "balance", livemode: false, available: rows(() => 0), pending: rows(({ net }) => net) };
  });
}

export function registerReportApi(server: FastifyInstance, settlement: Settlement, base: () => string): void {
  const runs = new Map<string, { readonly asked: number; readonly from: number; readonly to: number }>();
  const render = (id: string, asked: number) => {
    const done = Date.now() - asked >= madeMs;
    const url = `${base()}/v1/files/file_${id.slice(4)}/contents`;
    return {
      id,
      object: "reporting.report_run",
      status: done ? "succeeded" : "pending",
      result: done ? { url } : null,
    };
  };
  server.post("/v1/reporting/report_runs", (request) => {
    const words = request.body as URLSearchParams;
    const [from, to] = ["start", "end"].map((name) => Number(words.get(`parameters[interval_${name}]`)) * 1_000);
    const id = newStripeId("frr");
    runs.set(id, { asked: Date.now(), from: from ?? 0, to: to ?? 0 });
    return render(id, Date.now());
  });
  server.get<{ Params: { id: string } }>("/v1/reporting/report_runs/:id", (request, reply) => {
    const run = runs.get(request.params.id);
    return run === undefined ? reply.code(404).send() : reply.send(render(request.params.id, run.asked));
  });
  server.get<{ Params: { id: string } }>("/v1/files/:id/contents", (request, reply) => {
    const run = runs.get(`frr_${request.params.id.slice(5)}`);
    if (run === undefined) return reply.code(404).send();
    // The end of the interval is told in whole seconds.
    const rows = settlement.list(run.from, run.to + 1_000).flatMap(rowsOf);
    return reply.type("text/csv; charset=utf-8").send(`${[csvRow(columns), ...rows].join("\n")}\n`);
  });
}

function rowsOf({ id, currency, paidAt, lines, paidOut }: Batch): string[] {
  const money = (minor: number): string => sayMajor(minor, currency);
  const row = (line: SettledLine): string => {
    const { kind, key, at, gross, fee, payment, reference, ours } = line;
    // What is charged for nothing in particular is the amount itself, and not its fee.
    const amounts = kind === "FEE" ? [-fee, 0, -fee] : [gross, fee, gross - fee];
    const source = kind === "PAYMENT" ? `ch_${payment.slice(3)}` : reference;
    return csvRow([
      id,
      sayTime(paidAt),
      `txn_${key.replace(/\W/g, "")}`,
      sayTime(at),
      currency.toLowerCase(),
      ...amounts.map(money),
      categories[kind],
      source,
      payment,
      ours,
    ]);
  };
  const payout = csvRow([
    id,
    sayTime(paidAt),
    `txn_${id}`,
    sayTime(paidAt),
    currency.toLowerCase(),
    money(-paidOut),
    money(0),
    money(-paidOut),
    "payout",
    id,
    "",
    "",
  ]);
  return [...lines.map(row), payout];
}

/** All that moved at Stripe, as its balance has it. */
export function stripeMovements(payments: Payments, payouts: Payouts, disputes: Disputes): Movement[] {
  const taken = payments
    .all()
    .filter(({ status }) => status === "succeeded")
    .map(
      ({ id, received, currency, metadata, created }): Movement => ({
        key: `charge:${id}`,
        kind: "PAYMENT",
        payment: id,
        reference: id,
        ours: metadata["deposit_id"] ?? "",
        currency: currency.toUpperCase(),
        gross: received,
        fee: stripeFee(received),
        at: new Date(created * 1_000).toISOString(),
      }),
    );
  const paid = payouts.list({ destination: undefined, createdFrom: 0 }).flatMap((payout): Movement[] => {
    const { id, amount, created, status, wasPaid } = payout;
    const currency = payout.currency.toUpperCase();
    const at = new Date(created * 1_000).toISOString();
    const one = { payment: "", reference: id, ours: "", currency, fee: 0, at };
    const left = { ...one, key: `payout:${id}`, kind: "PAYOUT", gross: -amount } as const;
    const back = { ...one, key: `return:${id}`, kind: "PAYOUT_RETURN", gross: amount } as const;
    if (status === "paid") return [left];
    return status === "failed" && wasPaid === true ? [left, back] : [];
  });
  return [...taken, ...paid, ...disputeMovements(disputes)];
}

/** What a bank took back, and gave back again. */
export function disputeMovements(disputes: Disputes): Movement[] {
  return disputes.all().flatMap((dispute): Movement[] => {
    const { id, payment, depositId, amount, opened, status } = dispute;
    const currency = dispute.currency.toUpperCase();
    const one = { payment, reference: id, ours: depositId, currency, at: opened };
    const taken = { ...one, key: `dispute:${id}`, kind: "CHARGEBACK", gross: -amount, fee: disputeFee } as const;
    const back = { ...one, key: `reversal:${id}`, kind: "CHARGEBACK_REVERSAL", gross: amount, fee: 0 } as const;
    return status === "WON" ? [taken, back] : [taken];
  });
}
