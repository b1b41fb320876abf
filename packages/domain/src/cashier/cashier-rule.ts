/**
 * The numbers that the cashier goes by, as families of rules: how much may be deposited, whose yes a payout takes, where a
 * payout may be taken back, when a chargeback locks a player, how long a chain is waited for. A rule has a subject within
 * its family and holds from an instant on, until a newer one does. All of them change in one way, under four eyes.
 */
import { z } from "zod";
import { err, ok, type Failure, type Result } from "../kernel/result.ts";
import { type Currency, currencies, isCurrency } from "../wallet/currency.ts";
import { formatMinor, largestAmount, parseAmount } from "../wallet/money.ts";
import { cryptoAssetNames, isCryptoAsset } from "./crypto-asset.ts";
import { type PaymentMethod, paymentMethods } from "./payment-method.ts";

export const cashierRuleFamilies = ["DEPOSIT", "PAYOUT", "TAKE_BACK", "CHARGEBACK", "CRYPTO"] as const;
export type CashierRuleFamily = (typeof cashierRuleFamilies)[number];

/** `amount` is of the subject's currency, `euro` of EUR; both have minor units inside and decimals outside. */
export type CashierRuleField =
  | { readonly kind: "amount" | "euro"; readonly least: bigint }
  | { readonly kind: "count"; readonly least: bigint; readonly most: bigint }
  | { readonly kind: "flag" };

const money = { kind: "amount", least: 0n } as const;
const paid = { kind: "amount", least: 1n } as const;
const count = (least: bigint, most: bigint) => ({ kind: "count", least, most }) as const;
/** A stage of a payout may last a quarter of a year at most, in minutes. */
const minutes = count(1n, 129_600n);

const cashierRuleFields = {
  DEPOSIT: { minAmount: paid, maxAmount: paid, mostAnHour: count(1n, 10_000n), openMinutes: minutes },
  PAYOUT: {
    minAmount: paid,
    maxAmount: paid,
    autoBelow: money,
    twoFrom: paid,
    lowRiskBelow: count(0n, 101n),
    mostADay: count(1n, 100_000n),
    dayAmount: paid,
    turnoverPercent: count(0n, 1_000n),
    freshHours: count(0n, 8_760n),
    kycFrom: money,
    reviewMinutes: minutes,
    secondMinutes: minutes,
    sendMinutes: minutes,
    paidMinutes: minutes,
  },
  TAKE_BACK: { mayCancel: { kind: "flag" } },
  CHARGEBACK: { lockAt: count(1n, 1_000n), withinDays: count(1n, 3_650n) },
  CRYPTO: { confirmations: count(1n, 1_000n), hedgeFrom: { kind: "euro", least: 1n } },
} as const satisfies Record<CashierRuleFamily, Readonly<Record<string, CashierRuleField>>>;

/** By name: minor units, a count, or whether. */
export type CashierRuleValues = Readonly<Record<string, bigint | boolean>>;

/** As they are written: decimals of the currency, digits, `yes` or `no`. */
export type WrittenRuleValues = Readonly<Record<string, string>>;

export interface CashierRuleSubject {
  /** A payment method in small letters and a currency (`card EUR`), a currency, a country, an asset, or `*`. */
  readonly text: string;
  readonly method?: PaymentMethod;
  readonly currency?: Currency;
  readonly country?: string;
  readonly asset?: string;
}

export const cashierRuleTerms = z.strictObject({
  family: z.enum(cashierRuleFamilies),
  subject: z.string().trim().min(1).max(40),
  values: z.record(z.string().max(40), z.string().max(40)),
  /** ISO 8601, in the future; null is as soon as it is approved. */
  effectiveFrom: z.iso.datetime().nullable(),
});

export function fieldsOf(family: CashierRuleFamily): Readonly<Record<string, CashierRuleField>> {
  return cashierRuleFields[family];
}

/** Fails with `REQUEST_INVALID` where the family has no such subject. */
export function parseRuleSubject(
  family: CashierRuleFamily,
  text: string,
): Result<CashierRuleSubject, Failure<"REQUEST_INVALID">> {
  switch (family) {
    case "DEPOSIT": {
      const [word = "", currency = "", ...more] = text.split(" ");
      const method = paymentMethods.find((one) => one.toLowerCase() === word);
      if (method !== undefined && isCurrency(currency) && more.length === 0) return ok({ text, method, currency });
      return err("REQUEST_INVALID", `"${text}" is no payment method with a currency, as in "card EUR".`);
    }
    case "PAYOUT":
      if (isCurrency(text)) return ok({ text, currency: text });
      return err("REQUEST_INVALID", `${text} is not a currency of the house.`);
    case "TAKE_BACK":
      if (/^([A-Z]{2}|\*\*)$/.test(text)) return ok({ text, country: text });
      return err("REQUEST_INVALID", `${text} is no country of two letters, and not ** for everywhere else.`);
    case "CHARGEBACK":
      if (text === "*") return ok({ text });
      return err("REQUEST_INVALID", "One rule holds for all chargebacks; its subject is *.");
    case "CRYPTO":
      if (isCryptoAsset(text)) return ok({ text, asset: text });
      return err("REQUEST_INVALID", `${text} is not one of ${cryptoAssetNames.join(", ")}.`);
  }
}

/** Reads every field of the family, each within its bounds and all of them fitting together, or says what is wrong. */
export function parseRuleValues(
  family: CashierRuleFamily,
  { currency = "EUR" }: Pick<CashierRuleSubject, "currency">,
  written: WrittenRuleValues,
): Result<CashierRuleValues, Failure<"REQUEST_INVALID">> {
  const fields = fieldsOf(family);
  const unknown = Object.keys(written).find((name) => !Object.hasOwn(fields, name));
  if (unknown !== undefined) {
    return err("REQUEST_INVALID", `There is no ${unknown}; there are ${Object.keys(fields).join(", ")}.`);
  }
  const values: Record<string, bigint | boolean> = {};
  for (const [name, field] of Object.entries(fields)) {
    const value = readValue(name, field, written[name], currency);
    if (!value.ok) return value;
    values[name] = value.value;
  }
  const clash = findClash(values);
  return clash === undefined ? ok(values) : err("REQUEST_INVALID", clash);
}

function readValue(
  name: string,
  field: CashierRuleField,
  text: string | undefined,
  currency: Currency,
): Result<bigint | boolean, Failure<"REQUEST_INVALID">> {
  if (text === undefined) return err("REQUEST_INVALID", `${name} is missing.`);
  if (field.kind === "flag") {
    if (text === "yes" || text === "no") return ok(text === "yes");
    return err("REQUEST_INVALID", `${name} is yes or no.`);
  }
  if (field.kind === "count") {
    const value = /^\d{1,9}$/.test(text) ? BigInt(text) : undefined;
    if (value !== undefined && value >= field.least && value <= field.most) return ok(value);
    return err("REQUEST_INVALID", `${name} is a whole number from ${field.least} to ${field.most}.`);
  }
  const amount = parseAmount(text, field.kind === "euro" ? "EUR" : currency);
  if (!amount.ok) return err("REQUEST_INVALID", `${name}: ${amount.error.detail ?? "not an amount."}`);
  if (amount.value < field.least) return err("REQUEST_INVALID", `${name} is more than nothing.`);
  if (amount.value > largestAmount) return err("REQUEST_INVALID", `${name} is more than any payment may be.`);
  return amount;
}

/** Pairs of which the second may not be less. */
const ordered = [
  ["minAmount", "maxAmount"],
  ["autoBelow", "twoFrom"],
] as const;

function findClash(values: CashierRuleValues): string | undefined {
  const wrong = ordered.find(([low, high]) => {
    const [least, most] = [values[low], values[high]];
    return typeof least === "bigint" && typeof most === "bigint" && most < least;
  });
  return wrong === undefined ? undefined : `${wrong[1]} is at least ${wrong[0]}.`;
}

export function writeRuleValues(
  family: CashierRuleFamily,
  { currency = "EUR" }: Pick<CashierRuleSubject, "currency">,
  values: CashierRuleValues,
): WrittenRuleValues {
  return Object.fromEntries(
    Object.entries(fieldsOf(family)).map(([name, { kind }]) => {
      const value = values[name];
      if (typeof value !== "bigint") return [name, value === true ? "yes" : "no"];
      if (kind === "count") return [name, value.toString()];
      return [name, formatMinor(value, kind === "euro" ? "EUR" : currency)];
    }),
  );
}

/** What a family may have rules about where that is a short list; empty where it is anything of a form. */
export function offeredSubjects(family: CashierRuleFamily): readonly string[] {
  const codes = Object.keys(currencies);
  switch (family) {
    case "DEPOSIT":
      return paymentMethods.flatMap((method) => {
        const taken = method === "CRYPTO" ? cryptoAssetNames : codes.filter((code) => !isCryptoAsset(code));
        return taken.map((code) => `${method.toLowerCase()} ${code}`);
      });
    case "PAYOUT":
      return codes;
    case "CRYPTO":
      return cryptoAssetNames;
    case "CHARGEBACK":
      return ["*"];
    case "TAKE_BACK":
      return [];
  }
}
