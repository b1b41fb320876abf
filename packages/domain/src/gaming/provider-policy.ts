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
};
