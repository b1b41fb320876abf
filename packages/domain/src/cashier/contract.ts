/** The public contract of deposits, as they go over the wire. */
import { z } from "zod";
import { amountField, requestIdField } from "../gaming/contract.ts";
import { depositStates, type DepositState } from "./deposit-machine.ts";
import { wireMethods } from "./payment-method.ts";

export const depositBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: z.string().max(20).meta({ example: "p_1" }),
    amount: amountField,
    method: z.literal("card"),
    token: z
      .string()
      .regex(/^[A-Za-z0-9_-]{3,200}$/)
      .meta({
        description: "The provider's token of the card, which the player's page had made. Never a card's number.",
        example: "pm_card_visa_ada",
      }),
    moreTokens: z
      .array(z.string().regex(/^[A-Za-z0-9_-]{3,200}$/))
      .max(6)
      .optional()
      .meta({
        description:
          "Tokens of the same card at other providers, which may be asked instead: one for each that the methods name.",
        example: ["src_visa_ada"],
      }),
    returnUrl: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional()
      .meta({
        description: "Where the player's bank sends them back to, should it ask them to confirm.",
        example: "https://casino.example/cashier",
      }),
  })
  .meta({
    id: "RequestDeposit",
    examples: [
      {
        requestId: "7d0b8c9e-deposit",
        playerId: "p_1",
        amount: { amount: "50.00", currency: "EUR" },
        method: "card",
        token: "pm_card_visa_ada",
      },
    ],
  });
export type DepositBody = z.infer<typeof depositBody>;

const depositFields = {
  depositId: z.string().meta({ example: "dep_8" }),
  playerId: z.string().meta({ example: "p_1" }),
  status: z.enum(depositStates as [DepositState, ...DepositState[]]).meta({
    description:
      "INITIATED and PENDING may still become anything; CREDITED has its money in the wallet, and SETTLED too: the provider has paid it out to the house. DISPUTED was taken back by the payer's bank, until it is WON or LOST. Money that comes after DECLINED or EXPIRED is credited all the same.",
  }),
  amount: amountField,
  credited: amountField.nullable().meta({
    description: "What came, where it came; less than was asked for where the provider took only a part.",
  }),
  method: z.enum(wireMethods),
  card: z.object({
    brand: z.string().meta({ example: "visa" }),
    last4: z.string().meta({ example: "4242" }),
  }),
  nextAction: z
    .object({ type: z.literal("redirect"), url: z.string() })
    .nullable()
    .meta({ description: "What the player has to do now, as to confirm at their bank." }),
  failure: z
    .object({ code: z.string().meta({ example: "insufficient_funds" }), message: z.string() })
    .nullable()
    .meta({ description: "Why the provider declined it, in the provider's words." }),
  chain: z
    .object({
      transactionHash: z.string().nullable(),
      confirmations: z.int(),
      needed: z.int().meta({ description: "How many it waits for before it is credited." }),
    })
    .nullable()
    .meta({ description: "Of what came over a chain: where it stands there." }),
  transactionId: z.string().nullable().meta({ example: "tx_1q4c9g8v0400" }),
  createdAt: z.string().meta({ example: "2026-03-02T10:00:00.000Z" }),
  expiresAt: z
    .string()
    .meta({ description: "When it is given up where no money came.", example: "2026-03-02T10:30:00.000Z" }),
};

const example = {
  depositId: "dep_8",
  playerId: "p_1",
  status: "CREDITED" as const,
  amount: { amount: "50.00", currency: "EUR" },
  credited: { amount: "50.00", currency: "EUR" },
  method: "card" as const,
  card: { brand: "visa", last4: "4242" },
  nextAction: null,
  failure: null,
  chain: null,
  transactionId: "tx_1q4c9g8v0400",
  createdAt: "2026-03-02T10:00:00.000Z",
  expiresAt: "2026-03-02T10:30:00.000Z",
};

export const depositAnswer = z.object(depositFields).meta({ id: "Deposit", examples: [example] });

export const depositsAnswer = z
  .object({
    deposits: z.array(z.object(depositFields)),
    next: z.string().nullable().meta({ description: "Cursor of the next page; null on the last." }),
  })
  .meta({ id: "Deposits", examples: [{ deposits: [example], next: null }] });

export const methodsAnswer = z
  .object({
    methods: z.array(
      z.object({
        method: z.enum(wireMethods),
        currencies: z
          .record(z.string(), z.object({ min: z.string(), max: z.string() }))
          .meta({ description: "Smallest and largest deposit by currency." }),
        providers: z.array(z.string()).meta({
          description: "The providers that take it at the moment. Of cards the player's page has a token made by each.",
          example: ["stripe", "adyen"],
        }),
      }),
    ),
  })
  .meta({
    id: "DepositMethods",
    examples: [
      {
        methods: [
          { method: "card", currencies: { EUR: { min: "5.00", max: "20000.00" } }, providers: ["stripe", "adyen"] },
        ],
      },
    ],
  });
