/** Amounts between a wire's units and the ledger's, exactly or not at all. */
import { err, type Failure, ok, type Result } from "@pitboss/domain/kernel/result";
import { type Currency, exponentOf } from "@pitboss/domain/wallet/currency";
import { formatDecimals, formatMinor, largestAmount, parseAmount } from "@pitboss/domain/wallet/money";
import { WireNumber } from "./exact-json.ts";

type Amount = Result<bigint, Failure<"AMOUNT_INVALID">>;

/** Whole units of 10^-`decimals`, as in Hub88's 100,000ths. */
export function readUnits(text: string, decimals: number, currency: Currency): Amount {
  const exponent = exponentOf(currency);
  const units = BigInt(text);
  const scale = 10n ** BigInt(Math.abs(decimals - exponent));
  if (decimals <= exponent) return small(units * scale);
  return units % scale === 0n ? small(units / scale) : err("AMOUNT_INVALID", `${currency} has ${exponent} decimals.`);
}

/** What a wire of that many decimals can show of an amount; what is finer is left out, so that no one is shown more. */
export function writeUnits(minor: bigint, decimals: number, currency: Currency): WireNumber {
  const exponent = exponentOf(currency);
  const scale = 10n ** BigInt(Math.abs(decimals - exponent));
  return new WireNumber(String(decimals >= exponent ? minor * scale : minor / scale));
}

const numberForm = /^(0|[1-9][0-9]*)(?:\.([0-9]+))?(?:[eE]([+-]?[0-9]{1,2}))?$/;

/**
 * A JSON number that may have decimals and an exponent (`1.5`, `2E+1`), of at most `decimals` places; zeros behind the
 * currency's own decimals say nothing and are dropped.
 */
export function readDecimalNumber({ text }: WireNumber, decimals: number, currency: Currency): Amount {
  const match = numberForm.exec(text);
  if (match === null || text.length > 40) return err("AMOUNT_INVALID", "It is not a number of money.");
  const [, whole = "", fraction = "", power = "0"] = match;
  const shift = Number(power);
  const digits = whole + fraction;
  const point = whole.length + shift;
  const left = point <= 0 ? "0" : digits.slice(0, point).padEnd(point, "0");
  const right = (point < 0 ? "0".repeat(-point) + digits : digits.slice(Math.max(point, 0))).replace(/0+$/, "");
  if (right.length > decimals) return err("AMOUNT_INVALID", `At most ${decimals} decimals are taken.`);
  const plain = left.replace(/^0+(?=[0-9])/, "") + (right === "" ? "" : `.${right}`);
  const minor = parseAmount(plain, currency);
  return minor.ok ? small(minor.value) : minor;
}

/** As a JSON number with the currency's decimals, at most `decimals` of them. */
export function writeDecimalNumber(minor: bigint, decimals: number, currency: Currency): WireNumber {
  const exponent = exponentOf(currency);
  if (exponent <= decimals) return new WireNumber(formatMinor(minor, currency));
  return new WireNumber(formatDecimals(minor / 10n ** BigInt(exponent - decimals), decimals));
}

function small(minor: bigint): Amount {
  return minor > largestAmount ? err("AMOUNT_INVALID", "It is larger than any amount that is taken here.") : ok(minor);
}
