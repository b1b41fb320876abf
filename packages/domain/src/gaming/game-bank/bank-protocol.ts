/**
 * What the house and a game bank say to each other: JSON over HTTPS, signed as Standard Webhooks has it with the
 * secret that the house and the provider share. Amounts are decimal strings. docs/providers/game-bank.md is this for people.
 */
import { z } from "zod";
import { bankDirections } from "./bank-machines.ts";

const id = z.string().min(1).max(128);
const currency = z.string().min(3).max(10);
const amount = z.string().max(40);

export const openRequest = z.object({
  sessionId: id,
  playerId: id,
  currency,
  gameId: id,
});
export type OpenRequest = z.infer<typeof openRequest>;

export const transferRequest = z.object({
  transferId: id,
  sessionId: id,
  playerId: id,
  currency,
  direction: z.enum(bankDirections),
  /** Null takes out everything that is there. */
  amount: amount.nullable(),
});
export type TransferRequest = z.infer<typeof transferRequest>;

export const queryRequest = z.object({ transferId: id });
export const closeRequest = z.object({ sessionId: id });

const refused = z.object({ status: z.literal("REFUSED"), code: z.string().max(80), message: z.string().max(400) });

export const openReply = z.discriminatedUnion("status", [
  z.object({ status: z.literal("OK"), launchUrl: z.string().max(2_000), balance: amount }),
  refused,
]);
export const transferReply = z.discriminatedUnion("status", [
  z.object({ status: z.literal("DONE"), transferId: id, currency, amount, balance: amount }),
  z.object({ status: z.literal("PENDING"), transferId: id }),
  z.object({ status: z.literal("NOT_FOUND"), transferId: id }),
  refused,
]);
export const closeReply = z.discriminatedUnion("status", [
  z.object({ status: z.literal("OK"), balance: amount }),
  refused,
]);
