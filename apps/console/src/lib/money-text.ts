/** How an amount reads: grouped as the reader's language does, from the decimal string, never through a float. */

export interface MoneyParts {
  /** "−" below zero, "+" above it where signs were asked for, else "". */
  readonly sign: "" | "+" | "−";
  readonly number: string;
}

export function moneyParts(amount: string, locale: string, signed: boolean): MoneyParts {
  const negative = amount.startsWith("-");
  const digits = negative ? amount.slice(1) : amount;
  const point = digits.indexOf(".");
  const decimals = point === -1 ? 0 : digits.length - point - 1;
  const format = new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
    useGrouping: true,
  });
  // A string goes through Intl exactly, however many digits it has (ECMA-402, StringIntlMV).
  const number = format.format(digits as Intl.StringNumericLiteral);
  const zero = /^[0.]*$/.test(digits);
  return { sign: negative && !zero ? "−" : signed && !zero ? "+" : "", number };
}
