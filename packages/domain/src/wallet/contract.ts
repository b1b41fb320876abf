/** The public contract of the wallet: conversions and rates, as they go over the wire. */
import { z } from "zod";
import { amountField, requestIdField } from "../gaming/contract.ts";

const instant = (description: string) => z.string().meta({ description, example: "2026-03-02T00:00:00.000Z" });
const rateField = z.string().meta({
  description: "Units of the target currency for one unit of the source: exact, or to 12 significant digits.",
  example: "1.0321",
});

export const convertBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: z.string().max(20).meta({ example: "p_1" }),
    from: amountField,
    to: z.string().max(10).meta({ description: "The currency to convert to.", example: "USD" }),
    expected: z
      .string()
      .max(40)
      .optional()
      .meta({ description: "Refused where less than this comes out, in the target currency.", example: "10.30" }),
  })
  .meta({ id: "ConvertCash" });
export type ConvertBody = z.infer<typeof convertBody>;

export const convertAnswer = z
  .object({
    status: z.literal("CONVERTED"),
    transactionId: z.string().meta({ example: "tx_1q4c9g8v0400" }),
    from: amountField,
    to: amountField,
    rate: rateField,
    source: z.string().meta({ description: "Whose rate it is.", example: "ECB" }),
    asOf: instant("The instant that the rate is of, UTC."),
    balances: z
      .record(z.string(), z.string())
      .meta({ description: "Cash available afterwards in both currencies.", example: { EUR: "240.00", USD: "10.32" } }),
  })
  .meta({ id: "CashConverted" });

export const postedAnswer = z
  .object({
    status: z.literal("POSTED"),
    transactionId: z.string().meta({ example: "tx_1q4c9g8v0400" }),
    balanceAfter: z.string().meta({ description: "Cash available afterwards.", example: "250.00" }),
    currency: z.string().meta({ example: "EUR" }),
  })
  .meta({ id: "MoneyMoved" });

export const ratesAnswer = z
  .object({
    source: z.string().meta({ example: "ECB" }),
    asOf: instant("The instant that the rates are of, UTC."),
    base: z.literal("EUR"),
    rates: z
      .record(z.string(), z.string())
      .meta({ description: "Units of each currency for one euro.", example: { USD: "1.0321", JPY: "162.63" } }),
    usable: z.boolean().meta({ description: "False where the table is too old to convert at." }),
    usableUntil: z
      .string()
      .nullable()
      .meta({ description: "Null where it holds until another comes.", example: "2026-03-08T00:00:00.000Z" }),
  })
  .meta({ id: "Rates" });

export const quoteAnswer = z
  .object({
    from: amountField,
    to: amountField,
    rate: rateField,
    source: z.string(),
    asOf: instant("Of the rate, UTC."),
  })
  .meta({ id: "ConversionQuote" });
