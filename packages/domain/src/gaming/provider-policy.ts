/** What the house holds each game provider to. Data, versioned and explained; no provider is named in code. */
import { z } from "zod";
import { type Currency, currencies } from "../wallet/currency.ts";
import { parseAmount } from "../wallet/money.ts";
import { settledRollbacks } from "./commands.ts";
import { circuitPolicySchema, defaultCircuitPolicy } from "./provider-circuit.ts";

const currencyCode = z.enum(Object.keys(currencies) as [Currency, ...Currency[]]);

const betLimits = z
  .partialRecord(currencyCode, z.string())
  .superRefine((limits, context) => {
    for (const [currency, text] of Object.entries(limits)) {
      const amount = parseAmount(text, currency as Currency);
      if (!amount.ok || amount.value === 0n) {
        context.addIssue({ code: "custom", path: [currency], message: "is not an amount above zero of this currency" });
      }
    }
  })
  .describe("The largest stake by currency, as a decimal; a game's own limit counts where it is lower.");

/** How a provider's own wallet is used, where its games are played from one. */
export const gameBankSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(400)
    .refine(isSafeAddress, "is not https, and not on this machine")
    .describe("Where the provider takes transfers."),
  most: betLimits.describe("The most that a player may have there, by currency; other currencies don't go there."),
  sweepMinutes: z
    .int()
    .min(1)
    .max(10_080)
    .describe("How long nobody may have used a game bank before what is left in it is taken back."),
  answerWithinMs: z
    .int()
    .min(100)
    .max(30_000)
    .describe("How long its answer is waited for; then the outcome is unknown."),
  retryFirstSeconds: z.int().min(1).max(600).describe("When it is asked first what became of a transfer."),
  retryMostSeconds: z.int().min(1).max(3_600).describe("The longest time between two questions."),
  quietSeconds: z
    .int()
    .min(0)
    .max(3_600)
    .describe("How long after it was sent a transfer that the provider does not know is sent again."),
  alertMinutes: z
    .int()
    .min(1)
    .max(1_440)
    .default(15)
    .describe("How long the outcome of a transfer may be open before people are told."),
});
export type GameBankPolicy = z.infer<typeof gameBankSchema>;

export const defaultGameBank: Omit<GameBankPolicy, "url"> = {
  most: {},
  sweepMinutes: 240,
  answerWithinMs: 5_000,
  retryFirstSeconds: 2,
  retryMostSeconds: 120,
  quietSeconds: 30,
  alertMinutes: 15,
};

/** How free spins are issued with a provider, where its dialect has a way to. */
export const freeSpinsSchema = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .max(400)
    .refine(isSafeAddress, "is not https, and not on this machine")
    .describe("Where the provider takes them."),
  casinoId: z.string().trim().min(1).max(80).describe("What the provider calls the house."),
  asks: z
    .boolean()
    .describe("Whether it answers how an issue stands; where not, the same issue is sent again instead."),
  mostSpins: z.int().min(1).max(1_000).describe("The most of one issue."),
  longestDays: z.int().min(1).max(31).describe("How far in the future they may end."),
  answerWithinMs: z
    .int()
    .min(100)
    .max(30_000)
    .describe("How long its answer is waited for; then the outcome is unknown."),
  retryFirstSeconds: z.int().min(1).max(600).describe("When it is asked first what became of an issue."),
  retryMostSeconds: z.int().min(1).max(3_600).describe("The longest time between two questions."),
  quietSeconds: z
    .int()
    .min(0)
    .max(3_600)
    .describe("How long after it was sent an issue that the provider does not know is sent again."),
});
export type FreeSpinsPolicy = z.infer<typeof freeSpinsSchema>;

export const defaultFreeSpins: Omit<FreeSpinsPolicy, "url" | "casinoId"> = {
  asks: true,
  mostSpins: 100,
  longestDays: 30,
  answerWithinMs: 5_000,
  retryFirstSeconds: 2,
  retryMostSeconds: 120,
  quietSeconds: 30,
};

/** What is signed is not secret, but players' ids and amounts are nobody else's business. */
function isSafeAddress(url: string): boolean {
  const { protocol, hostname } = new URL(url);
  return protocol === "https:" || hostname === "127.0.0.1" || hostname === "[::1]" || hostname === "localhost";
}

export const providerPolicySchema = z.strictObject({
  settledRollback: z
    .enum(settledRollbacks)
    .describe(
      "A rollback of what is settled: refused, taken back where the balance covers it, or owed where it does not.",
    ),
  currencies: z
    .array(currencyCode)
    .max(100)
    .describe("The currencies that it is played in; all of its games' where empty."),
  closedCountries: z
    .array(z.string().regex(/^[A-Z]{2}$/, "is not a country's code"))
    .max(300)
    .describe("Players of these countries place no bets there."),
  betMax: betLimits,
  clockToleranceSeconds: z
    .int()
    .min(1)
    .max(3_600)
    .describe("How old a signed request may be, where the dialect says when."),
  networks: z
    .array(z.union([z.cidrv4(), z.cidrv6()]))
    .max(100)
    .describe("The networks that it calls from; any where empty."),
  mutualTls: z.boolean().describe("Whether its own certificate must have been checked in front of the engine."),
  answerWithinMs: z.int().min(100).max(30_000).describe("When it is told to try again instead of being kept waiting."),
  circuit: circuitPolicySchema
    .default(defaultCircuitPolicy)
    .describe("When its games are marked in the lobby because of how its calls are."),
  gameBank: gameBankSchema
    .nullable()
    .default(null)
    .describe("Its own wallet; null where bets come to the house one by one."),
  freeSpins: freeSpinsSchema
    .nullable()
    .default(null)
    .describe("How free spins are issued with it; null where the house issues none."),
});

export type ProviderPolicy = z.infer<typeof providerPolicySchema>;

export const defaultProviderPolicy: ProviderPolicy = {
  settledRollback: "REJECT",
  currencies: [],
  closedCountries: [],
  betMax: {},
  clockToleranceSeconds: 300,
  networks: [],
  mutualTls: false,
  answerWithinMs: 5_000,
  circuit: defaultCircuitPolicy,
  gameBank: null,
  freeSpins: null,
};
