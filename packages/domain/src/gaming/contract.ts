/**
 * The operator's own contract for bets, as it goes over the wire. Requests are strict: a field that the contract does
 * not know is refused, because a misspelt one would otherwise be silently without effect. (Providers' dialects
 * tolerate unknown fields; their documents say so.)
 */
import { z } from "zod";
import { plainText } from "../kernel/plain-text.ts";

/** Printable ASCII without spaces: what survives every log, header and file name that an id travels through. */
const idText = z.string().regex(/^[\x21-\x7e]{1,128}$/, "1 to 128 printable characters without spaces");

export const requestIdField = idText.meta({
  description:
    "Names this request for ever: the same id gets its first answer, the same id with another body is refused.",
  example: "9a7f1c1e-52a4-4a3e-9a51-0a4c5f0b7d11",
});

export const amountField = z
  .strictObject({
    amount: z
      .string()
      .max(40)
      .meta({ description: "Decimal string, at most the currency's decimals.", example: "10.00" }),
    currency: z.string().max(10).meta({ description: "ISO 4217 code, or BTC, ETH, USDT, …", example: "EUR" }),
  })
  .meta({ id: "Amount" });

const playerIdField = z.string().max(20).meta({ example: "p_123" });
const betIdField = z.string().max(20).meta({ example: "bet_8cd" });
const roundIdField = idText.meta({
  description: "The round as its provider names it; opaque, never parsed.",
  example: "R-2025-10-17-19:20:05-PRAGM-Table12",
});
const gameIdField = z.string().max(80).meta({ example: "pragm_live_roulette" });

const selectionField = z
  .array(
    z.strictObject({
      market: plainText(1, 64),
      value: plainText(0, 256).optional(),
      stake: plainText(0, 40).optional().meta({ description: "This selection's part of the stake." }),
    }),
  )
  .max(64);

export const placeBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: playerIdField,
    wallet: z
      .enum(["cash", "bonus"])
      .optional()
      .meta({ description: "Bets from this purse alone; without it the funding policy decides." }),
    roundId: roundIdField,
    gameId: gameIdField,
    selection: selectionField.optional(),
    stake: amountField,
    device: z
      .strictObject({ ip: z.union([z.ipv4(), z.ipv6()]), ua: plainText(0, 512) })
      .optional()
      .meta({ description: "The player's device, as the game server saw it." }),
  })
  .meta({ id: "PlaceBet" });
export type PlaceBody = z.infer<typeof placeBody>;

export const placeBulkBody = z.strictObject({ bets: z.array(z.unknown()).min(1).max(100) }).meta({
  id: "PlaceBets",
  description: "Up to 100 bodies of /v1/bets/place; each is decided and answered on its own.",
});

export const placeAnswer = z
  .object({
    status: z.literal("ACCEPTED"),
    betId: betIdField,
    balanceAfter: z.string().meta({ example: "245.30" }),
    hold: z.string().meta({ example: "10.00" }),
    limits: z.object({ maxBet: z.string().meta({ example: "5000.00" }) }),
  })
  .meta({ id: "BetAccepted" });

const betName = {
  betId: betIdField.optional(),
  placeRequestId: requestIdField
    .optional()
    .meta({ description: "The request id that placed the bet, where the bet's id is not known." }),
};

export const settleBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: playerIdField,
    roundId: roundIdField,
    gameId: gameIdField,
    bets: z
      .array(
        z.strictObject({
          ...betName,
          outcome: z.enum(["WIN", "LOSE", "PUSH"]),
          payout: amountField.optional().meta({ description: "Gross: includes the stake. Needed on WIN." }),
          stake: amountField
            .optional()
            .meta({ description: "The part of the stake that is settled; all of it without." }),
        }),
      )
      .max(100),
    closed: z.boolean().optional().meta({ description: "Takes no more bets for this round. True by default." }),
  })
  .meta({ id: "SettleRound" });
export type SettleBody = z.infer<typeof settleBody>;

export const voidBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: playerIdField,
    ...betName,
    reason: plainText(1, 500),
  })
  .meta({ id: "VoidBet" });
export type VoidBody = z.infer<typeof voidBody>;

export const rollbackBody = z
  .strictObject({ requestId: requestIdField, playerId: playerIdField, ...betName })
  .meta({ id: "RollbackBet" });
export type RollbackBody = z.infer<typeof rollbackBody>;

export const correctBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: playerIdField,
    ...betName,
    outcome: z.enum(["WIN", "LOSE", "PUSH", "VOID"]),
    payout: amountField.optional(),
    reason: plainText(1, 500),
  })
  .meta({ id: "CorrectBet" });
export type CorrectBody = z.infer<typeof correctBody>;

export const settleAnswer = z
  .object({
    status: z.literal("SETTLED"),
    roundId: z.string(),
    roundStatus: z.enum(["OPEN", "CLOSED", "LATE_CREDITED", "STALE", "VOIDED"]),
    bets: z.array(
      z.object({
        betId: betIdField,
        outcome: z.string(),
        stake: z.string(),
        payout: z.string(),
        currency: z.string(),
        late: z.boolean(),
      }),
    ),
    balances: z.record(z.string(), z.string()),
  })
  .meta({ id: "RoundSettled" });

export const undoAnswer = z
  .object({
    status: z.enum(["VOIDED", "ROLLED_BACK", "TOMBSTONED"]),
    betId: betIdField.nullable(),
    released: z.string().nullable(),
    currency: z.string().nullable(),
    balanceAfter: z.string().nullable(),
  })
  .meta({ id: "BetUndone" });

export const correctAnswer = z
  .object({
    status: z.literal("CORRECTED"),
    betId: betIdField,
    currency: z.string(),
    payoutBefore: z.string(),
    payout: z.string(),
    balanceAfter: z.string(),
  })
  .meta({ id: "BetCorrected" });

/** RFC 9457 problem details, with a code from the one table of failures. */
export const problem = z
  .object({
    type: z.string().meta({ example: "urn:pitboss:problem:FUNDS_INSUFFICIENT" }),
    title: z.string().meta({ description: "A sentence for a person." }),
    status: z.number().int(),
    code: z.string(),
    detail: z.string().optional(),
    retry: z.boolean().meta({ description: "Whether sending the very same request again, later, can succeed." }),
    traceId: z.string(),
    data: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: "Problem" });

/** The answers of a call by status, for its documentation. */
export function answersOf(accepted: z.ZodType): { 200: z.ZodType; "4xx": typeof problem; "5xx": typeof problem } {
  return { 200: accepted, "4xx": problem, "5xx": problem };
}
