/** The public contract of payouts and of the instruments that they go to, as they go over the wire. */
import { z } from "zod";
import { amountField, requestIdField } from "../gaming/contract.ts";
import { plainText } from "../kernel/plain-text.ts";
import { wireMethods } from "./payment-method.ts";
import { payoutStates, type PayoutState } from "./payout-machine.ts";

const playerId = z.string().max(20).meta({ example: "p_1" });

export const payoutBody = z
  .strictObject({
    requestId: requestIdField,
    playerId,
    amount: amountField,
    instrumentId: z.string().max(20).meta({
      description: "Where it is to go: an instrument of the player, as `GET /v1/instruments` lists them.",
      example: "ins_4",
    }),
    forfeitBonus: z.boolean().optional().meta({
      description:
        "True where the player was told what they lose and said yes. Without it a payout is refused while a bonus in its currency is being wagered.",
    }),
    device: z
      .strictObject({ ip: z.union([z.ipv4(), z.ipv6()]), ua: plainText(0, 512) })
      .optional()
      .meta({ description: "The player's device, as the operator's site saw it; a player's own call names itself." }),
  })
  .meta({
    id: "RequestPayout",
    examples: [
      {
        requestId: "1f9a3c20-payout",
        playerId: "p_1",
        amount: { amount: "40.00", currency: "EUR" },
        instrumentId: "ins_4",
      },
    ],
  });
export type PayoutBody = z.infer<typeof payoutBody>;

const payoutFields = {
  payoutId: z.string().meta({ example: "pay_3" }),
  playerId,
  status: z.enum(payoutStates as [PayoutState, ...PayoutState[]]).meta({
    description:
      "The amount is set aside from REQUESTED on. PAID has left the house; after REJECTED, RETURNED and CANCELLED it is available again.",
  }),
  amount: amountField,
  paid: amountField.nullable().meta({
    description: "What arrived, where that is less than the amount; the rest is available again.",
  }),
  method: z.enum(wireMethods),
  instrument: z.object({
    instrumentId: z.string().meta({ example: "ins_4" }),
    brand: z.string().meta({ example: "visa" }),
    last4: z.string().meta({ example: "4242" }),
  }),
  message: z.string().meta({
    description: "What the player is told.",
    example: "Your withdrawal is on its way to your bank.",
  }),
  mayCancel: z.boolean().meta({ description: "Whether the player may still take it back, where they live." }),
  createdAt: z.string().meta({ example: "2026-03-02T10:00:00.000Z" }),
  updatedAt: z.string().meta({ example: "2026-03-02T10:00:02.000Z" }),
};

const example = {
  payoutId: "pay_3",
  playerId: "p_1",
  status: "SUBMITTED" as const,
  amount: { amount: "40.00", currency: "EUR" },
  paid: null,
  method: "card" as const,
  instrument: { instrumentId: "ins_4", brand: "visa", last4: "4242" },
  message: "Your withdrawal is on its way to your bank.",
  mayCancel: false,
  createdAt: "2026-03-02T10:00:00.000Z",
  updatedAt: "2026-03-02T10:00:02.000Z",
};

export const payoutAnswer = z.object(payoutFields).meta({ id: "Payout", examples: [example] });

export const payoutsAnswer = z
  .object({
    payouts: z.array(z.object(payoutFields)),
    next: z.string().nullable().meta({ description: "Cursor of the next page; null on the last." }),
  })
  .meta({ id: "Payouts", examples: [{ payouts: [example], next: null }] });

export const instrumentBody = z
  .strictObject({
    playerId,
    method: z.literal("card"),
    token: z
      .string()
      .regex(/^[A-Za-z0-9_-]{3,200}$/)
      .meta({
        description: "The provider's token of the card, which the player's page had made. Never a card's number.",
        example: "pm_card_visa_ada",
      }),
  })
  .meta({ id: "BringInstrument", examples: [{ playerId: "p_1", method: "card", token: "pm_card_visa_ada" }] });

const instrumentFields = {
  instrumentId: z.string().meta({ example: "ins_4" }),
  method: z.enum(wireMethods),
  brand: z.string().meta({ description: "A card's brand; the asset of a wallet.", example: "visa" }),
  last4: z.string().meta({ example: "4242" }),
  expires: z.string().nullable().meta({ description: "Of a card alone.", example: "12/2032" }),
  verified: z.boolean().meta({ description: "Whether a payout may go to it." }),
  returnable: z.array(amountField).meta({
    description: "What came from it and has not gone back, by currency: this much goes to it before any other.",
  }),
};

const instrumentExample = {
  instrumentId: "ins_4",
  method: "card" as const,
  brand: "visa",
  last4: "4242",
  expires: "12/2032",
  verified: true,
  returnable: [{ amount: "50.00", currency: "EUR" }],
};

export const instrumentAnswer = z.object(instrumentFields).meta({ id: "Instrument", examples: [instrumentExample] });

export const instrumentsAnswer = z
  .object({ instruments: z.array(z.object(instrumentFields)) })
  .meta({ id: "Instruments", examples: [{ instruments: [instrumentExample] }] });
