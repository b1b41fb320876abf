/** A game as a provider's list names it, and as the house keeps it. */
import { z } from "zod";
import { type Currency, isCurrency } from "../wallet/currency.ts";
import { parseAmount } from "../wallet/money.ts";

export const gameDevices = ["DESKTOP", "MOBILE", "TABLET"] as const;

const word = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,39}$/, "lower-case letters, digits, - and _");
const country = z.string().regex(/^[A-Z]{2}$/, "a country as two capital letters");
const unique = (values: readonly string[]): boolean => new Set(values).size === values.length;

const bounds = z.strictObject({ min: z.string(), max: z.string() });

/** Decimal strings by currency, each an amount of its currency, the smallest above zero and not above the largest. */
const gameLimits = z.record(z.string(), bounds).superRefine((limits, context) => {
  for (const [currency, { min, max }] of Object.entries(limits)) {
    const fault = findLimitFault(currency, min, max);
    if (fault !== undefined) context.addIssue({ code: "custom", message: fault, path: [currency] });
  }
});

function findLimitFault(currency: string, min: string, max: string): string | undefined {
  if (!isCurrency(currency)) return `${currency} is no currency of the house`;
  const [low, high] = [parseAmount(min, currency), parseAmount(max, currency)];
  if (!low.ok || !high.ok) return `${min} to ${max} are no amounts of ${currency}`;
  return low.value > 0n && low.value <= high.value ? undefined : `${min} to ${max} is no range of stakes`;
}

export const gameEntry = z.strictObject({
  code: z.string().regex(/^[a-z][a-z0-9_]{1,79}$/, "lower-case letters, digits and _"),
  name: z.string().trim().min(1).max(120),
  category: word,
  tags: z.array(word).max(20).refine(unique, "each tag once").default([]),
  /** Where it can be played. */
  devices: z
    .array(z.enum(gameDevices))
    .min(1)
    .refine(unique, "each device once")
    .default(() => [...gameDevices]),
  /** In which languages it speaks; none named is all. */
  languages: z
    .array(z.string().regex(/^[a-z]{2}$/, "a language as two small letters"))
    .refine(unique)
    .default([]),
  /** From where it may not be played. */
  bannedCountries: z.array(country).refine(unique, "each country once").default([]),
  /** Codes of the jurisdictions' packs that it is certified for; none named is any. */
  jurisdictions: z
    .array(z.string().regex(/^[A-Z][A-Z0-9_]{1,15}$/, "a jurisdiction's code in capital letters"))
    .refine(unique)
    .default([]),
  limits: gameLimits,
  /** Versions of the return to player that the provider offers, in per cent. */
  rtpVersions: z
    .array(z.strictObject({ version: word, rtp: z.string().regex(/^(100|[1-9]?[0-9])(\.[0-9]{1,4})?$/, "per cent") }))
    .refine((versions) => unique(versions.map(({ version }) => version)), "each version once")
    .default([]),
  sideBets: z
    .array(z.strictObject({ code: word, name: z.string().trim().min(1).max(80) }))
    .refine((bets) => unique(bets.map(({ code }) => code)), "each side bet once")
    .default([]),
  /** What the provider's own limits are called, and reach. */
  providerLimits: z
    .array(z.strictObject({ limit: z.string().min(1).max(40), currency: z.string(), min: z.string(), max: z.string() }))
    .refine((limits) => unique(limits.map(({ limit, currency }) => `${limit} ${currency}`)), "each limit once")
    .superRefine((limits, context) => {
      for (const { currency, min, max } of limits) {
        const fault = findLimitFault(currency, min, max);
        if (fault !== undefined) context.addIssue({ code: "custom", message: fault });
      }
    })
    .default([]),
});

export type GameEntry = z.infer<typeof gameEntry>;

export type LimitFit =
  /** Every stake that the house takes, the provider takes under this limit. */
  | "FITS"
  /** The house takes stakes that the provider refuses under this limit. */
  | "WIDER_THAN_PROVIDER"
  /** The house does not offer the game in this currency. */
  | "NOT_OFFERED";

/** How a limit of the provider's stands to the house's own in the same currency. */
export function fitLimit(
  ours: GameEntry["limits"],
  { currency, min, max }: GameEntry["providerLimits"][number],
): LimitFit {
  const own = ours[currency];
  if (own === undefined || !isCurrency(currency)) return "NOT_OFFERED";
  const amount = (text: string, of: Currency): bigint => {
    const parsed = parseAmount(text, of);
    return parsed.ok ? parsed.value : 0n;
  };
  return amount(own.min, currency) >= amount(min, currency) && amount(own.max, currency) <= amount(max, currency)
    ? "FITS"
    : "WIDER_THAN_PROVIDER";
}
