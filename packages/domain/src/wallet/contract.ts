/** The public contract of the wallet: conversions and rates, as they go over the wire. */
import { z } from "zod";
import { amountField, requestIdField } from "../gaming/contract.ts";

const instant = (description: string) => z.string().meta({ description, example: "2026-03-02T00:00:00.000Z" });
const rateField = z.string().meta({
  description: "Units of the target currency for one unit of the source: exact, or to 12 significant digits.",
  example: "1.0321",
});

const walletFields = {
  kind: z.string().meta({ description: "CASH, BONUS, RECEIVABLE or IN_GAME_BANK.", example: "CASH" }),
  grant: z.string().nullable().meta({ description: "Of a bonus wallet, the grant that it belongs to." }),
  provider: z.string().nullable().meta({ description: "Of money in a game bank, the provider with which it lies." }),
  available: z.string().meta({ description: "What can be spent.", example: "245.30" }),
  held: z.string().meta({ description: "What open bets and payouts have set aside.", example: "10.00" }),
};

export const walletAnswer = z
  .object({
    playerId: z.string().meta({ example: "p_1" }),
    asOf: z.string().nullable().meta({ description: "The instant that was asked for; null is now." }),
    wallets: z.array(z.object({ ...walletFields, currency: z.string().meta({ example: "EUR" }) })),
  })
  .meta({
    id: "Wallets",
    examples: [
      {
        playerId: "p_123",
        asOf: null,
        wallets: [
          { kind: "CASH", currency: "EUR", available: "245.30", held: "10.00", grant: null, provider: null },
          { kind: "BONUS", currency: "EUR", available: "30.00", held: "0.00", grant: "welcome-2026", provider: null },
        ],
      },
    ],
  });

const postingFields = {
  transactionId: z.string().meta({ example: "tx_1q4c9g8v0400" }),
  type: z.string().meta({ example: "HOLD" }),
  at: instant("When it was posted, UTC."),
  wallet: z.string().meta({ example: "CASH" }),
  currency: z.string().meta({ example: "EUR" }),
  available: z
    .string()
    .meta({ description: "Change of what can be spent; negative where it fell.", example: "-10.00" }),
  held: z.string().meta({ description: "Change of what is set aside.", example: "10.00" }),
  balanceAfter: z.string().meta({ example: "245.30" }),
  heldAfter: z.string().meta({ example: "10.00" }),
  betId: z.string().nullable().meta({ example: "bet_1q4c9g8v0400" }),
  roundId: z.string().nullable(),
  gameId: z.string().nullable(),
  requestId: z.string().nullable().meta({ description: "The request that caused it." }),
  traceId: z.string(),
  details: z.unknown().meta({ description: "What the type alone does not say: a conversion's rate, a reason." }),
};
const postingExample = {
  transactionId: "tx_1q4c9g8v0400",
  type: "HOLD",
  at: "2025-10-17T19:20:01.004Z",
  wallet: "CASH",
  currency: "EUR",
  available: "-10.00",
  held: "10.00",
  balanceAfter: "245.30",
  heldAfter: "10.00",
  betId: "bet_1q4c9g8v0400",
  roundId: "R-2025-10-17-19:20:05-PRAGM-Table12",
  gameId: "pragm_live_roulette",
  requestId: "9a7f1c1e-52a4-4a3e-9a51-0a4c5f0b7d11",
  traceId: "tr_4bf92f3577b34da6a3ce929d0e0e4736",
  details: null,
};
const nextPage = z.string().nullable().meta({ description: "Cursor of the next page; null on the last." });

export const transactionsAnswer = z
  .object({ transactions: z.array(z.object(postingFields)), next: nextPage })
  .meta({ id: "WalletTransactions", examples: [{ transactions: [postingExample], next: "tx_1q4c9g8v0400" }] });

export const explainAnswer = z
  .object({
    playerId: z.string().meta({ example: "p_1" }),
    currency: z.string().meta({ example: "EUR" }),
    explained: z.boolean().meta({
      description: "True where every balance is the sum of its postings, and no link of its chain is missing.",
    }),
    wallets: z.array(
      z.object({
        ...walletFields,
        postings: z.number().int().meta({ description: "How many there are in all.", example: 2 }),
        sumOfAvailable: z.string().meta({ example: "245.30" }),
        sumOfHeld: z.string().meta({ example: "10.00" }),
        explained: z.boolean(),
      }),
    ),
    chain: z
      .array(
        z.object({
          ...postingFields,
          cause: z.string().meta({ example: "A bet was placed, and its stake set aside." }),
          actor: z.string().nullable().meta({ description: "Who did it, where it was not the player." }),
        }),
      )
      .meta({ description: "Newest first." }),
    next: nextPage,
  })
  .meta({
    id: "BalanceExplained",
    examples: [
      {
        playerId: "p_123",
        currency: "EUR",
        explained: true,
        wallets: [
          {
            kind: "CASH",
            grant: null,
            provider: null,
            available: "245.30",
            held: "10.00",
            postings: 2,
            sumOfAvailable: "245.30",
            sumOfHeld: "10.00",
            explained: true,
          },
        ],
        chain: [{ ...postingExample, cause: "A bet was placed, and its stake set aside.", actor: null }],
        next: null,
      },
    ],
  });

export const houseAnswer = z
  .object({
    asOf: z.string().nullable().meta({ description: "The instant that was asked for; null is now." }),
    accounts: z.array(
      z.object({
        account: z.string().meta({ example: "GAMING" }),
        qualifier: z.string().nullable().meta({ description: "The payment service, provider or jackpot it is for." }),
        currency: z.string().meta({ example: "EUR" }),
        balance: z
          .string()
          .meta({ description: "Above zero where the house received more than it gave.", example: "1204.50" }),
      }),
    ),
  })
  .meta({
    id: "HouseAccounts",
    examples: [
      {
        asOf: null,
        accounts: [
          { account: "GAMING", qualifier: null, currency: "EUR", balance: "1204.50" },
          { account: "PSP_CLEARING", qualifier: "card", currency: "EUR", balance: "-5000.00" },
        ],
      },
    ],
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
  .meta({
    id: "ConvertCash",
    examples: [
      {
        requestId: "convert-1",
        playerId: "p_123",
        from: { amount: "10.00", currency: "EUR" },
        to: "USD",
        expected: "10.30",
      },
    ],
  });
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
  .meta({
    id: "CashConverted",
    examples: [
      {
        status: "CONVERTED",
        transactionId: "tx_1q4c9g8v0400",
        from: { amount: "10.00", currency: "EUR" },
        to: { amount: "10.32", currency: "USD" },
        rate: "1.0321",
        source: "ECB",
        asOf: "2026-03-02T00:00:00.000Z",
        balances: { EUR: "240.00", USD: "10.32" },
      },
    ],
  });

export const postedAnswer = z
  .object({
    status: z.literal("POSTED"),
    transactionId: z.string().meta({ example: "tx_1q4c9g8v0400" }),
    balanceAfter: z.string().meta({ description: "Cash available afterwards.", example: "250.00" }),
    currency: z.string().meta({ example: "EUR" }),
  })
  .meta({
    id: "MoneyMoved",
    examples: [{ status: "POSTED", transactionId: "tx_1q4c9g8v0400", balanceAfter: "250.00", currency: "EUR" }],
  });

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
  .meta({
    id: "Rates",
    examples: [
      {
        source: "ECB",
        asOf: "2026-03-02T00:00:00.000Z",
        base: "EUR",
        rates: { USD: "1.0321", JPY: "162.63" },
        usable: true,
        usableUntil: "2026-03-08T00:00:00.000Z",
      },
    ],
  });

export const quoteAnswer = z
  .object({
    from: amountField,
    to: amountField,
    rate: rateField,
    source: z.string(),
    asOf: instant("Of the rate, UTC."),
  })
  .meta({
    id: "ConversionQuote",
    examples: [
      {
        from: { amount: "10.00", currency: "EUR" },
        to: { amount: "10.32", currency: "USD" },
        rate: "1.0321",
        source: "ECB",
        asOf: "2026-03-02T00:00:00.000Z",
      },
    ],
  });
