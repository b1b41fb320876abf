/** The orders that a simulated bank was given: taken once, booked a moment later, and some of them sent back. */
import { createHash } from "node:crypto";
import { readIban } from "@pitboss/domain/cashier/bank/iban";
import { type Journal, openJournal, randomId } from "../journal.ts";
import { destinationOf } from "./destinations.ts";
import { type OrderedBatch, type OrderedPayment, readPain001 } from "./read-pain001.ts";
import type { PaymentStatus, StatusReport } from "./render-pain002.ts";

interface Batch {
  /** The house's message id. */
  readonly id: string;
  readonly digest: string;
  readonly paymentInfoId: string;
  readonly count: number;
  readonly sum: number;
  readonly refused: string | null;
}

export interface Payment {
  /** The bank's own reference of the order. */
  readonly id: string;
  readonly batch: string;
  readonly endToEndId: string;
  readonly instructed: number;
  readonly iban: string;
  readonly name: string;
  readonly remittance: string;
  status: PaymentStatus;
  reason: string | null;
  settled: number | null;
  /** Why it came back after it was paid. */
  returned: string | null;
}

/** What a payment brings about in the house's account. */
export interface Booked {
  readonly payment: Payment;
  /** Minor units, below zero where it leaves. */
  readonly amount: number;
  readonly returned: string | null;
}

export interface PaymentDesk {
  /** What the bank answers to a file. */
  take(xml: string): StatusReport;
  reportOfBatch(messageId: string): StatusReport | undefined;
  reportOfPayment(endToEndId: string): StatusReport | undefined;
  /** Sends back what was paid. */
  giveBack(endToEndId: string, reason: string): boolean;
  stop(): void;
}

interface Parts {
  readonly iban: string;
  readonly currency: string;
  readonly journal: string;
  /** How long it takes to book what was taken, ms. */
  readonly bookMs: number;
  onBooked(booked: Booked): void;
  onStatus(report: StatusReport): void;
}

export function openPayments(parts: Parts): PaymentDesk {
  const batches = openJournal<Batch>(`${parts.journal}.batches`);
  const payments = openJournal<Payment>(`${parts.journal}.payments`);
  const timers = new Set<NodeJS.Timeout>();
  const later = (factor: number, run: () => void): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      run();
    }, factor * parts.bookMs);
    timers.add(timer);
  };
  const reportOf = (batch: Batch, of: readonly Payment[]): StatusReport => ({
    id: `STS${randomId(8).toUpperCase()}`,
    at: new Date(),
    messageId: batch.id,
    paymentInfoId: batch.paymentInfoId,
    count: batch.count,
    sum: batch.sum,
    currency: parts.currency,
    refused: batch.refused,
    payments: of.map((one) => ({ ...one, order: one.status === "RJCT" && one.settled === null ? null : one.id })),
  });
  const ofBatch = (id: string): Payment[] => payments.all().filter((one) => one.batch === id);
  const tell = (payment: Payment): void => {
    const batch = batches.byId(payment.batch);
    if (batch !== undefined) parts.onStatus(reportOf(batch, [payment]));
  };
  const giveBack = (payment: Payment, reason: string): boolean => {
    if (payment.status !== "ACSC" || payment.returned !== null) return false;
    payments.change(payment, { returned: reason });
    parts.onBooked({ payment, amount: payment.settled ?? payment.instructed, returned: reason });
    return true;
  };
  const book = (payment: Payment): void => {
    const destination = destinationOf(payment.iban);
    if (destination === "silent") return;
    const settled = destination === "partial" ? Math.floor(payment.instructed / 2) : payment.instructed;
    payments.change(payment, { status: "ACSC", settled });
    parts.onBooked({ payment, amount: -settled, returned: null });
    tell(payment);
    if (destination === "returned") later(2, () => giveBack(payment, "AC04"));
  };
  const accept = (payment: Payment): void => {
    payments.change(payment, { status: "ACCP" });
    tell(payment);
    later(1, () => book(payment));
  };
  const goOn = (payment: Payment): void => {
    if (payment.status === "PDNG") later(4, () => accept(payment));
    else if (payment.status === "ACCP") later(1, () => book(payment));
  };
  // Whatever was under way when the process ended goes on.
  for (const payment of payments.all()) {
    goOn(payment);
    const unreturned = payment.status === "ACSC" && payment.returned === null;
    if (unreturned && destinationOf(payment.iban) === "returned") later(2, () => giveBack(payment, "AC04"));
  }

  return {
    take(xml) {
      const digest = createHash("sha256").update(xml).digest("hex");
      const order = readPain001(xml);
      if (order === undefined) return refuse(parts, undefined, "FF01");
      const known = batches.byId(order.messageId);
      // The same file again is the same batch; another one under its id is no batch at all.
      if (known !== undefined) {
        return known.digest === digest ? reportOf(known, ofBatch(known.id)) : refuse(parts, order, "AM05");
      }
      const batch: Batch = {
        id: order.messageId,
        digest,
        paymentInfoId: order.paymentInfoId,
        count: order.count,
        sum: order.sum,
        refused: findFault(order, parts),
      };
      batches.add(batch);
      if (batch.refused !== null) return reportOf(batch, []);
      for (const one of order.payments) {
        const made = openPayment(one, batch.id, payments);
        payments.add(made);
        goOn(made);
      }
      return reportOf(batch, ofBatch(batch.id));
    },
    reportOfBatch(messageId) {
      const batch = batches.byId(messageId);
      return batch && reportOf(batch, ofBatch(messageId));
    },
    reportOfPayment(endToEndId) {
      const payment = payments.find((one) => one.endToEndId === endToEndId && one.reason !== "AM05");
      const batch = payment && batches.byId(payment.batch);
      return payment && batch && reportOf(batch, [payment]);
    },
    giveBack(endToEndId, reason) {
      const payment = payments.find((one) => one.endToEndId === endToEndId && one.reason !== "AM05");
      return payment !== undefined && giveBack(payment, reason);
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

function openPayment(one: OrderedPayment, batch: string, payments: Journal<Payment>): Payment {
  const destination = destinationOf(one.iban);
  const reason =
    payments.find(({ endToEndId }) => endToEndId === one.endToEndId) !== undefined
      ? "AM05"
      : !readIban(one.iban).ok
        ? "AC01"
        : destination === "closed"
          ? "AC04"
          : null;
  return {
    id: `ORD${randomId(7).toUpperCase()}`,
    batch,
    endToEndId: one.endToEndId,
    instructed: one.amount,
    iban: one.iban,
    name: one.name,
    remittance: one.remittance,
    status: reason !== null ? "RJCT" : destination === "slow" ? "PDNG" : "ACCP",
    reason,
    settled: null,
    returned: null,
  };
}

/** Why a file is not taken at all, ISO 20022 external code. */
function findFault({ iban, count, sum, payments }: OrderedBatch, house: Parts): string | null {
  if (iban !== house.iban) return "AC02";
  if (payments.some(({ currency }) => currency !== house.currency)) return "AM03";
  if (count !== payments.length) return "AM18";
  return sum === payments.reduce((total, { amount }) => total + amount, 0) ? null : "AM10";
}

function refuse({ currency }: Parts, order: OrderedBatch | undefined, refused: string): StatusReport {
  return {
    id: `STS${randomId(8).toUpperCase()}`,
    at: new Date(),
    messageId: order?.messageId ?? "NOTPROVIDED",
    paymentInfoId: order?.paymentInfoId ?? "NOTPROVIDED",
    count: order?.count ?? 0,
    sum: order?.sum ?? 0,
    currency,
    refused,
    payments: [],
  };
}
