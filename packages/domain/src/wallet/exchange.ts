/**
 * Conversions between currencies at captured rates. A rate table says how many units of each currency one euro buys;
 * every pair goes through the euro as an exact fraction, so that no rounded rate is ever multiplied. Only the converted
 * amount is rounded, half to even, and what that added is handed back for the rounding account.
 */
import { z } from "zod";
import { type Rational, rational, rationalOfDecimal } from "../kernel/rational.ts";
import { assert, err, ok, type Failure, type Result } from "../kernel/result.ts";
import { currencies, type Currency, exponentOf } from "./currency.ts";
import { divideHalfEven, formatDecimals, maxMinor } from "./money.ts";

const currencyCode = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);

/** A decimal above zero as a rate source writes it: at most 12 digits before and 18 after the point. */
export const rateForm = /^(?=.*[1-9])(0|[1-9][0-9]{0,11})(\.[0-9]{1,18})?$/;

/** Rates of one source as of one instant, from a file or from `parseEcbDaily`. */
export const rateTableSchema = z.strictObject({
  /** Whose rates they are; it is stored with every conversion. */
  source: z.string().min(1).max(64),
  /** The instant that the rates are of, ISO 8601 in UTC. */
  asOf: z.iso.datetime(),
  base: z.literal("EUR"),
  /** Units of the currency for one euro. The euro itself needs no entry, and can only be 1. */
  rates: z
    .partialRecord(currencyCode, z.string().regex(rateForm))
    .refine((rates) => rates.EUR === undefined || rates.EUR === "1", "One euro is one euro."),
});

export type RateTable = z.infer<typeof rateTableSchema>;

export interface Conversion {
  readonly from: Currency;
  readonly to: Currency;
  /** Units of `to` for one unit of `from`: exact where 18 significant digits hold it, else half-even to 12 of them. */
  readonly rate: string;
  readonly source: string;
  readonly asOf: string;
  /** Minor units of `to`: the exact product rounded half to even, and rounded down. */
  readonly converted: bigint;
  readonly floor: bigint;
  /** `converted` − `floor`: 1 where half-even rounded up, else 0. */
  readonly rounding: bigint;
}

export interface Freshness {
  /** The instant of the conversion, ms since 1970. */
  readonly nowMs: number;
  /** How old a table may be at that instant. */
  readonly ageMaxMs: number;
}

type Refusal = Failure<"RATE_NOT_FOUND"> | Failure<"RATE_STALE"> | Failure<"AMOUNT_INVALID">;

/**
 * Converts an amount in minor units, not below zero. Fails with RATE_NOT_FOUND where the table lacks one of the two
 * currencies or begins only after the conversion, with RATE_STALE where it is too old, and with AMOUNT_INVALID where the
 * result is more than the ledger holds.
 */
export function convert(
  amount: bigint,
  from: Currency,
  to: Currency,
  table: RateTable,
  freshness: Freshness,
): Result<Conversion, Refusal> {
  assert(amount >= 0n, "a conversion is of an amount that is not below zero");
  const fresh = checkFreshness(table, freshness);
  if (!fresh.ok) return fresh;
  const rate = crossRate(from, to, table);
  if (!rate.ok) return rate;
  const { num, den } = rate.value;
  // From minor units to minor units: by the rate and by the difference of the two currencies' decimals.
  const numerator = amount * num * 10n ** BigInt(exponentOf(to));
  const denominator = den * 10n ** BigInt(exponentOf(from));
  const converted = divideHalfEven(numerator, denominator);
  if (converted > maxMinor) return err("AMOUNT_INVALID", `The amount in ${to} is larger than the ledger can hold.`);
  const floor = numerator / denominator;
  return ok({
    from,
    to,
    rate: formatRate(rate.value),
    source: table.source,
    asOf: table.asOf,
    converted,
    floor,
    rounding: converted - floor,
  });
}

/** Units of `to` for one unit of `from`, exactly. */
export function crossRate(from: Currency, to: Currency, table: RateTable): Result<Rational, Failure<"RATE_NOT_FOUND">> {
  if (from === to) return ok(rational(1n, 1n));
  const [fromRate, toRate] = [euroRate(from, table), euroRate(to, table)];
  if (fromRate === undefined || toRate === undefined) {
    const missing = fromRate === undefined ? from : to;
    return err("RATE_NOT_FOUND", `${table.source} has no rate for ${missing} as of ${table.asOf}.`, { from, to });
  }
  return ok(rational(toRate.num * fromRate.den, toRate.den * fromRate.num));
}

function euroRate(currency: Currency, table: RateTable): Rational | undefined {
  if (currency === "EUR") return rational(1n, 1n);
  const text = table.rates[currency];
  return text === undefined ? undefined : rationalOfDecimal(text);
}

function checkFreshness(table: RateTable, { nowMs, ageMaxMs }: Freshness): Result<null, Refusal> {
  const ageMs = nowMs - Date.parse(table.asOf);
  if (ageMs < 0) return err("RATE_NOT_FOUND", `The rates of ${table.source} begin only at ${table.asOf}.`);
  if (ageMs <= ageMaxMs) return ok(null);
  return err("RATE_STALE", `The rates of ${table.source} are of ${table.asOf}.`, { asOf: table.asOf, ageMs, ageMaxMs });
}

const exactDigitsMax = 18;
const significantDigits = 12;

/** A positive fraction as a decimal, see `Conversion.rate`. */
export function formatRate({ num, den }: Rational): string {
  const exactDecimals = decimalsOf(den);
  if (exactDecimals !== undefined) {
    const digits = num * (10n ** BigInt(exactDecimals) / den);
    if (digits.toString().length <= exactDigitsMax) return formatDecimals(digits, exactDecimals);
  }
  // How many decimals give the wanted digits depends on where the first digit stands: whole digits, or zeros behind the
  // point.
  let decimals = significantDigits - (num / den === 0n ? 0 : (num / den).toString().length);
  while (decimals >= significantDigits && num * 10n ** BigInt(decimals - significantDigits + 1) < den) decimals += 1;
  if (decimals < 0) {
    const scale = 10n ** BigInt(-decimals);
    return `${divideHalfEven(num, den * scale) * scale}`;
  }
  const rounded = formatDecimals(divideHalfEven(num * 10n ** BigInt(decimals), den), decimals);
  return rounded.includes(".") ? rounded.replace(/\.?0+$/, "") : rounded;
}

/** How many decimals a fraction with this denominator, in lowest terms, has; undefined where they never end. */
function decimalsOf(den: bigint): number | undefined {
  let [rest, twos, fives] = [den, 0, 0];
  while (rest % 2n === 0n) [rest, twos] = [rest / 2n, twos + 1];
  while (rest % 5n === 0n) [rest, fives] = [rest / 5n, fives + 1];
  return rest === 1n ? Math.max(twos, fives) : undefined;
}
