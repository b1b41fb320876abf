/**
 * The currencies of the house. `exponent` is the number of decimals that the minor unit has (ISO 4217; crypto by
 * convention, ETH at gwei because wei would overflow 64 bits); `number` is what the ledger stores: ISO 4217's numeric
 * code where there is one, and a number above 1,000 of our own where there is none. Numbers are never reused.
 */
export const currencies = {
  EUR: { exponent: 2, number: 978, name: "Euro" },
  USD: { exponent: 2, number: 840, name: "US dollar" },
  GBP: { exponent: 2, number: 826, name: "Pound sterling" },
  CHF: { exponent: 2, number: 756, name: "Swiss franc" },
  SEK: { exponent: 2, number: 752, name: "Swedish krona" },
  NOK: { exponent: 2, number: 578, name: "Norwegian krone" },
  DKK: { exponent: 2, number: 208, name: "Danish krone" },
  PLN: { exponent: 2, number: 985, name: "Polish zloty" },
  CZK: { exponent: 2, number: 203, name: "Czech koruna" },
  HUF: { exponent: 2, number: 348, name: "Hungarian forint" },
  RON: { exponent: 2, number: 946, name: "Romanian leu" },
  CAD: { exponent: 2, number: 124, name: "Canadian dollar" },
  AUD: { exponent: 2, number: 36, name: "Australian dollar" },
  NZD: { exponent: 2, number: 554, name: "New Zealand dollar" },
  BRL: { exponent: 2, number: 986, name: "Brazilian real" },
  INR: { exponent: 2, number: 356, name: "Indian rupee" },
  TRY: { exponent: 2, number: 949, name: "Turkish lira" },
  ZAR: { exponent: 2, number: 710, name: "South African rand" },
  JPY: { exponent: 0, number: 392, name: "Japanese yen" },
  KRW: { exponent: 0, number: 410, name: "South Korean won" },
  ISK: { exponent: 0, number: 352, name: "Icelandic króna" },
  KWD: { exponent: 3, number: 414, name: "Kuwaiti dinar" },
  BHD: { exponent: 3, number: 48, name: "Bahraini dinar" },
  TND: { exponent: 3, number: 788, name: "Tunisian dinar" },
  USDT: { exponent: 6, number: 1001, name: "Tether" },
  USDC: { exponent: 6, number: 1002, name: "USD Coin" },
  BTC: { exponent: 8, number: 1003, name: "Bitcoin" },
  LTC: { exponent: 8, number: 1004, name: "Litecoin" },
  ETH: { exponent: 9, number: 1005, name: "Ether (gwei)" },
} as const satisfies Record<string, { exponent: number; number: number; name: string }>;

export type Currency = keyof typeof currencies;

const byNumber = new Map<number, Currency>(
  (Object.keys(currencies) as Currency[]).map((code) => [currencies[code].number, code]),
);

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(currencies, text);
}

export function exponentOf(currency: Currency): number {
  return currencies[currency].exponent;
}

/** The currency that the ledger stores under this number; a number that no currency has is a bug. */
export function currencyOfNumber(number: number): Currency {
  const currency = byNumber.get(number);
  if (currency === undefined) throw new Error(`no currency has the number ${number}`);
  return currency;
}
