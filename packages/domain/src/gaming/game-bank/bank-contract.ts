/** The public contract of game banks, as it goes over the wire to players and the operator's site. */
import { z } from "zod";
import { amountField, requestIdField } from "../contract.ts";
import { bankDirections, bankSessionStates, bankTransferStates } from "./bank-machines.ts";

const transferFields = {
  transferId: z.string().meta({ example: "bt_8" }),
  direction: z.enum(bankDirections).meta({ description: "IN takes cash to the game bank, OUT brings it back." }),
  state: z.enum(bankTransferStates),
  amount: z
    .string()
    .nullable()
    .meta({ description: "Null where everything was asked for and how much is not known yet." }),
  currency: z.string(),
  everything: z.boolean(),
  requestedAt: z.string(),
  failure: z
    .object({ code: z.string(), message: z.string() })
    .nullable()
    .meta({ description: "What the provider said where it refused." }),
};
const transferExample = {
  transferId: "bt_8",
  direction: "IN" as const,
  state: "DONE" as const,
  amount: "25.00",
  currency: "EUR",
  everything: false,
  requestedAt: "2026-03-02T12:00:00.000Z",
  failure: null,
};

export const bankTransferAnswer = z.object(transferFields).meta({ id: "BankTransfer", examples: [transferExample] });

const bankFields = {
  gameBankId: z.string().meta({ example: "gb_4" }),
  provider: z.string(),
  gameId: z.string(),
  currency: z.string(),
  state: z.enum(bankSessionStates as [string, ...string[]]),
  balance: z.string().meta({
    description: "What the house owes the player there, as the last transfer left it; play since is not in it.",
  }),
  openedAt: z.string(),
  usedAt: z.string(),
  closeReason: z.string().nullable(),
};
const bankExample = {
  gameBankId: "gb_4",
  provider: "bank_demo",
  gameId: "bank_wheel",
  currency: "EUR",
  state: "OPEN",
  balance: "25.00",
  openedAt: "2026-03-02T12:00:00.000Z",
  usedAt: "2026-03-02T12:00:00.000Z",
  closeReason: null,
};

export const gameBankAnswer = z
  .object({ ...bankFields, transfers: z.array(z.object(transferFields)).meta({ description: "Newest first." }) })
  .meta({ id: "GameBank", examples: [{ ...bankExample, transfers: [transferExample] }] });

export const gameBanksAnswer = z
  .object({ gameBanks: z.array(z.object(bankFields)) })
  .meta({ id: "GameBanks", examples: [{ gameBanks: [bankExample] }] });

export const bankInBody = z
  .strictObject({ requestId: requestIdField, playerId: z.string().max(20), amount: amountField })
  .meta({
    id: "BankIn",
    examples: [{ requestId: "in-1", playerId: "p_123", amount: { amount: "25.00", currency: "EUR" } }],
  });

export const bankOutBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: z.string().max(20),
    amount: amountField.optional().meta({ description: "Everything where none is named." }),
  })
  .meta({ id: "BankOut", examples: [{ requestId: "out-1", playerId: "p_123" }] });

export const bankCloseBody = z
  .strictObject({ playerId: z.string().max(20) })
  .meta({ id: "BankClose", examples: [{ playerId: "p_123" }] });

export const launchedBank = z
  .object({
    gameBankId: z.string(),
    launchUrl: z.string().nullable().meta({ description: "Where the provider shows the game." }),
    transfer: z.object(transferFields).nullable().meta({ description: "What took the amount in." }),
  })
  .meta({ description: "Of a game that is played from its provider's own wallet." });
