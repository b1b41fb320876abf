/**
 * The accounts of a simulated provider: what it took, paid and was taken back from becomes, once a day or when it is asked
 * to, a batch for each currency with its fees and reserve, and a payout to the house's bank. Faults are written into the
 * batch beside the lines, so that whoever compares can say whether all of them were found.
 */
import type { FastifyInstance } from "fastify";
import { exponentOf, isCurrency } from "@pitboss/domain/wallet/currency";
import { formatDecimals } from "@pitboss/domain/wallet/money";
import type { Faults, SettlementFault } from "./faults.ts";
import { openJournal } from "./journal.ts";

export interface Movement {
  /** Names it for ever: it is settled once. */
  readonly key: string;
  readonly kind: "PAYMENT" | "PAYOUT" | "PAYOUT_RETURN" | "CHARGEBACK" | "CHARGEBACK_REVERSAL";
  /** The provider's id of the payment, and of the payout or dispute where it is about one. */
  readonly payment: string;
  readonly reference: string;
  /** The house's own id, as it was given along. */
  readonly ours: string;
  readonly currency: string;
  /** Minor units, signed as what the provider owes the house changes; the fee is what it keeps. */
  readonly gross: number;
  readonly fee: number;
  readonly at: string;
}

export interface SettledLine extends Omit<Movement, "kind"> {
  readonly kind: Movement["kind"] | "FEE" | "RESERVE" | "ADJUSTMENT";
}

export interface Batch {
  readonly id: string;
  readonly number: number;
  /** What the payout is called at the bank and in the report. */
  readonly reference: string;
  readonly currency: string;
  readonly paidAt: string;
  readonly lines: readonly SettledLine[];
  readonly paidOut: number;
  /** What really left for the house's bank: another amount, or nothing, where a fault says so. */
  readonly sent: number;
  readonly reserve: number;
  readonly faults: readonly { readonly fault: SettlementFault; readonly reference: string }[];
}

/** What the provider owes the house in a currency, minor units. */
export interface OwnBalance {
  readonly currency: string;
  /** Taken and not yet paid out: before what the provider keeps of it, and after. */
  readonly gross: number;
  readonly net: number;
  readonly reserved: number;
}

export interface Settlement {
  balances(): readonly OwnBalance[];
  /** Batches that were closed in the time, oldest first. */
  list(fromMs: number, toMs?: number): readonly Batch[];
  byId(id: string): Batch | undefined;
  stop(): void;
}

interface Options {
  readonly server: FastifyInstance;
  readonly journal: string;
  readonly faults: Faults;
  readonly newId: () => string;
  /** What a payout is called, where that is not its id. */
  readonly nameOf?: (number: number) => string;
  /** All that ever moved, in its order. */
  readonly movements: () => readonly Movement[];
  /** Tells the house's bank that money is on its way. */
  readonly pay?: (batch: Batch) => Promise<void>;
}

/** What is withheld of payments, and for how many days. */
const reserveShare = 0.05;
const reserveDays = 90;
const dayMs = 86_400_000;
const monthlyFee = 200;

export function registerSettlement({ server, journal, faults, newId, nameOf, movements, pay }: Options): Settlement {
  const batches = openJournal<Batch>(journal.replace(/\.jsonl$/, "-settlements.jsonl"));
  const settled = new Set(batches.all().flatMap(({ lines }) => lines.map(({ key }) => key)));
  const hidden = batches.all().flatMap((batch) => batch.faults.filter(({ fault }) => fault === "unsettled"));
  for (const { reference } of hidden) settled.add(reference);

  async function settle(): Promise<readonly Batch[]> {
    const due = movements().filter(({ key }) => !settled.has(key));
    for (const { key } of due) settled.add(key);
    const made = close(due, new Date());
    for (const batch of made) {
      batches.add(batch);
      await pay?.(batch);
    }
    return made;
  }

  function close(due: readonly Movement[], now: Date): Batch[] {
    const sorted = new Map<string, { lines: SettledLine[]; faults: Batch["faults"][number][] }>();
    const of = (currency: string) => {
      const there = sorted.get(currency) ?? { lines: [], faults: [] };
      sorted.set(currency, there);
      return there;
    };
    for (const movement of due) {
      const { lines, fault } = bend(movement, faults, now);
      for (const line of lines) of(line.currency).lines.push(line);
      // What was left out is named by its key, so that it is never settled after all.
      const reference = fault === "unsettled" ? movement.key : movement.reference;
      if (fault !== undefined) of(movement.currency).faults.push({ fault, reference });
    }
    for (const [currency, { lines, faults: bent }] of sorted) {
      if (lines.length === 0 || !faults.strikes("strangeLine")) continue;
      const id = newId();
      lines.push({ ...alone("ADJUSTMENT", currency, now, id), gross: -Math.min(777, scale(currency) * 7) });
      bent.push({ fault: "strangeLine", reference: id });
    }
    const next = batches.all().length + 1;
    return [...sorted].map(([currency, { lines, faults: bent }], index) =>
      finish(currency, lines, bent, now, next + index),
    );
  }

  function finish(
    currency: string,
    bare: readonly SettledLine[],
    bent: Batch["faults"],
    now: Date,
    number: number,
  ): Batch {
    const id = newId();
    const payments = sum(bare.filter(({ kind }) => kind === "PAYMENT").map(({ gross }) => gross));
    const reserve = Math.floor(payments * reserveShare);
    const lines = [...bare];
    if (batches.all().every((batch) => batch.currency !== currency || !sameMonth(batch.paidAt, now))) {
      lines.push({ ...alone("FEE", currency, now, `${id}-fee`), fee: Math.min(monthlyFee, scale(currency) * 2) });
    }
    if (reserve > 0) lines.push({ ...alone("RESERVE", currency, now, `${id}-reserve`), gross: -reserve });
    const old = batches
      .all()
      .filter((batch) => batch.currency === currency && batch.reserve > 0 && isOver(batch.paidAt, now));
    for (const batch of old) {
      const key = `${batch.id}-release`;
      if (settled.has(key)) continue;
      settled.add(key);
      lines.push({ ...alone("RESERVE", currency, now, key), gross: batch.reserve });
    }
    const paidOut = sum(lines.map(({ gross, fee }) => gross - fee));
    const faultsOfBank = paidOut > 0 ? bankFault(faults) : undefined;
    return {
      id,
      number,
      reference: nameOf?.(number) ?? id,
      currency,
      paidAt: now.toISOString(),
      lines,
      paidOut,
      sent: faultsOfBank === "lostPayout" ? 0 : faultsOfBank === "shortPayout" ? paidOut - 1 : paidOut,
      reserve,
      faults: faultsOfBank === undefined ? bent : [...bent, { fault: faultsOfBank, reference: id }],
    };
  }

  function balances(): OwnBalance[] {
    const open = new Map<string, { gross: number; net: number; reserved: number }>();
    const of = (currency: string) => {
      const there = open.get(currency) ?? { gross: 0, net: 0, reserved: 0 };
      open.set(currency, there);
      return there;
    };
    for (const { key, currency, gross, fee } of movements()) {
      if (settled.has(key)) continue;
      of(currency).gross += gross;
      of(currency).net += gross - fee;
    }
    for (const { id, currency, reserve } of batches.all()) {
      if (!settled.has(`${id}-release`)) of(currency).reserved += reserve;
    }
    return [...open].map(([currency, amounts]) => ({ currency, ...amounts }));
  }

  server.post("/_simulator/settle", () => settle());
  server.get("/_simulator/settlements", () => batches.all());
  let timer: NodeJS.Timeout | undefined;
  const wait = (): void => {
    timer = setTimeout(
      () => {
        void settle();
        wait();
      },
      dayMs - (Date.now() % dayMs),
    );
    timer.unref();
  };
  wait();
  return {
    balances,
    list: (fromMs, toMs = Number.POSITIVE_INFINITY) =>
      batches.all().filter(({ paidAt }) => Date.parse(paidAt) >= fromMs && Date.parse(paidAt) < toMs),
    byId: (id) => batches.byId(id),
    stop: () => clearTimeout(timer),
  };
}

interface Bent {
  readonly lines: readonly SettledLine[];
  readonly fault?: SettlementFault;
}

/** A payment or payout as the provider's books have it, with at most one fault. */
function bend(movement: Movement, faults: Faults, now: Date): Bent {
  if (movement.kind !== "PAYMENT" && movement.kind !== "PAYOUT") return { lines: [movement] };
  if (faults.strikes("unsettled")) return { lines: [], fault: "unsettled" };
  if (faults.strikes("settledTwice")) {
    return { lines: [movement, { ...movement, at: now.toISOString() }], fault: "settledTwice" };
  }
  if (faults.strikes("settledShort"))
    return { lines: [{ ...movement, gross: movement.gross - 1 }], fault: "settledShort" };
  if (movement.fee > 0 && faults.strikes("overcharged")) {
    return { lines: [{ ...movement, fee: movement.fee + 1 }], fault: "overcharged" };
  }
  if (faults.strikes("otherCurrency")) {
    const currency = movement.currency === "USD" ? "EUR" : "USD";
    return { lines: [{ ...movement, currency }], fault: "otherCurrency" };
  }
  return { lines: [movement] };
}

function bankFault(faults: Faults): SettlementFault | undefined {
  return faults.strikes("lostPayout") ? "lostPayout" : faults.strikes("shortPayout") ? "shortPayout" : undefined;
}

function alone(kind: SettledLine["kind"], currency: string, at: Date, key: string): SettledLine {
  return { key, kind, payment: "", reference: key, ours: "", currency, gross: 0, fee: 0, at: at.toISOString() };
}

function scale(currency: string): number {
  return isCurrency(currency) ? 10 ** exponentOf(currency) : 100;
}

function sum(amounts: readonly number[]): number {
  return amounts.reduce((total, amount) => total + amount, 0);
}

function sameMonth(iso: string, now: Date): boolean {
  return iso.slice(0, 7) === now.toISOString().slice(0, 7);
}

function isOver(iso: string, now: Date): boolean {
  return now.getTime() - Date.parse(iso) >= reserveDays * dayMs;
}

/** A dispute costs that much, whoever wins it, minor units. */
export const disputeFee = 1_500;

/** A decimal with its sign, as reports write it. */
export function sayMajor(minor: number, currency: string): string {
  const digits = isCurrency(currency) ? exponentOf(currency) : 2;
  return formatDecimals(BigInt(minor), digits);
}

/** `2026-03-05 00:00:00`, UTC. */
export function sayTime(iso: string): string {
  return iso.slice(0, 19).replace("T", " ");
}

/** A row of cells that may hold commas. */
export function csvRow(cells: readonly (string | number)[]): string {
  return cells
    .map((cell) => (/[",\n]/.test(String(cell)) ? `"${String(cell).replaceAll('"', '""')}"` : cell))
    .join(",");
}
