/**
 * The operator's own contract for bets, as it goes over the wire. Requests are strict: a field that the contract does
 * not know is refused, because a misspelt one would otherwise be silently without effect. (Providers' dialects
 * tolerate unknown fields; their documents say so.)
 */
import { z } from "zod";
import { positionField } from "../risk/geo-contract.ts";
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
      .strictObject({
        ip: z.union([z.ipv4(), z.ipv6()]),
        ua: plainText(0, 512),
        country: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .optional()
          .meta({
            description:
              "ISO 3166-1 alpha-2 of where the device's own positioning says that it is. A position goes before it.",
          }),
        position: positionField.optional(),
      })
      .optional()
      .meta({ description: "The player's device, as the game server saw it." }),
  })
  .meta({
    id: "PlaceBet",
    examples: [
      {
        requestId: "9a7f1c1e-52a4-4a3e-9a51-0a4c5f0b7d11",
        playerId: "p_123",
        wallet: "cash",
        roundId: "R-2025-10-17-19:20:05-PRAGM-Table12",
        gameId: "pragm_live_roulette",
        selection: [{ market: "straight", value: "17", stake: "10.00" }],
        stake: { amount: "10.00", currency: "EUR" },
        device: { ip: "203.0.113.10", ua: "Mozilla/5.0 (X11; Linux x86_64)" },
      },
    ],
  });
export type PlaceBody = z.infer<typeof placeBody>;

export const placeBulkBody = z.strictObject({ bets: z.array(z.unknown()).min(1).max(100) }).meta({
  id: "PlaceBets",
  description: "Up to 100 bodies of /v1/bets/place; each is decided and answered on its own.",
  examples: [
    {
      bets: [
        {
          requestId: "b1",
          playerId: "p_123",
          roundId: "R-1",
          gameId: "pragm_live_roulette",
          stake: { amount: "1.00", currency: "EUR" },
        },
      ],
    },
  ],
});

export const placeAnswer = z
  .object({
    status: z.literal("ACCEPTED"),
    betId: betIdField,
    balanceAfter: z.string().meta({ example: "245.30" }),
    hold: z.string().meta({ example: "10.00" }),
    limits: z.object({ maxBet: z.string().meta({ example: "5000.00" }) }),
  })
  .meta({
    id: "BetAccepted",
    examples: [
      {
        status: "ACCEPTED",
        betId: "bet_1q4c9g8v0400",
        balanceAfter: "245.30",
        hold: "10.00",
        limits: { maxBet: "5000.00" },
      },
    ],
  });

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
  .meta({
    id: "SettleRound",
    examples: [
      {
        requestId: "settle-R-2025-10-17-19:20:05-PRAGM-Table12",
        playerId: "p_123",
        roundId: "R-2025-10-17-19:20:05-PRAGM-Table12",
        gameId: "pragm_live_roulette",
        bets: [{ betId: "bet_1q4c9g8v0400", outcome: "WIN", payout: { amount: "360.00", currency: "EUR" } }],
      },
    ],
  });
export type SettleBody = z.infer<typeof settleBody>;

export const voidBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: playerIdField,
    ...betName,
    reason: plainText(1, 500),
  })
  .meta({
    id: "VoidBet",
    examples: [
      { requestId: "void-1", playerId: "p_123", betId: "bet_1q4c9g8v0400", reason: "The cards were exposed." },
    ],
  });
export type VoidBody = z.infer<typeof voidBody>;

export const rollbackBody = z.strictObject({ requestId: requestIdField, playerId: playerIdField, ...betName }).meta({
  id: "RollbackBet",
  examples: [{ requestId: "rollback-1", playerId: "p_123", placeRequestId: "9a7f1c1e-52a4-4a3e-9a51-0a4c5f0b7d11" }],
});
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
  .meta({
    id: "CorrectBet",
    examples: [
      {
        requestId: "correct-1",
        playerId: "p_123",
        betId: "bet_1q4c9g8v0400",
        outcome: "WIN",
        payout: { amount: "20.00", currency: "EUR" },
        reason: "The croupier called the wrong number.",
      },
    ],
  });
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
  .meta({
    id: "RoundSettled",
    examples: [
      {
        status: "SETTLED",
        roundId: "R-2025-10-17-19:20:05-PRAGM-Table12",
        roundStatus: "CLOSED",
        bets: [
          {
            betId: "bet_1q4c9g8v0400",
            outcome: "WIN",
            stake: "10.00",
            payout: "360.00",
            currency: "EUR",
            late: false,
          },
        ],
        balances: { EUR: "605.30" },
      },
    ],
  });

export const undoAnswer = z
  .object({
    status: z.enum(["VOIDED", "ROLLED_BACK", "TOMBSTONED"]),
    betId: betIdField.nullable(),
    released: z.string().nullable(),
    currency: z.string().nullable(),
    balanceAfter: z.string().nullable(),
  })
  .meta({
    id: "BetUndone",
    examples: [
      {
        status: "VOIDED",
        betId: "bet_1q4c9g8v0400",
        released: "10.00",
        currency: "EUR",
        balanceAfter: "255.30",
      },
      { status: "TOMBSTONED", betId: null, released: null, currency: null, balanceAfter: null },
    ],
  });

export const correctAnswer = z
  .object({
    status: z.literal("CORRECTED"),
    betId: betIdField,
    currency: z.string(),
    payoutBefore: z.string(),
    payout: z.string(),
    balanceAfter: z.string(),
  })
  .meta({
    id: "BetCorrected",
    examples: [
      {
        status: "CORRECTED",
        betId: "bet_1q4c9g8v0400",
        currency: "EUR",
        payoutBefore: "360.00",
        payout: "20.00",
        balanceAfter: "265.30",
      },
    ],
  });

export const betAnswer = z
  .object({
    betId: betIdField,
    playerId: playerIdField,
    roundId: z.string(),
    gameId: gameIdField,
    status: z.enum(["HELD", "SETTLED", "CORRECTED", "VOIDED"]),
    outcome: z.enum(["WIN", "LOSE", "PUSH", "VOID", "ROLLED_BACK"]).nullable(),
    stake: amountField,
    payout: z.string().meta({ description: "Gross, in all so far." }),
    funding: z.object({ cash: z.string(), bonus: z.string() }).meta({ description: "How the stake was funded." }),
    selection: z.unknown().meta({ description: "As it was sent." }),
    placedAt: z.string(),
    history: z.array(
      z.object({
        status: z.enum(["HELD", "SETTLED", "CORRECTED", "VOIDED"]),
        outcome: z.enum(["WIN", "LOSE", "PUSH", "VOID", "ROLLED_BACK"]).nullable(),
        settled: z.string().meta({ description: "The part of the stake that this step settled." }),
        payout: z.string().meta({ description: "Gross, in all after this step." }),
        late: z.boolean().meta({ description: "Posted after its round was closed." }),
        transactionId: z.string(),
        at: z.string(),
      }),
    ),
  })
  .meta({
    id: "Bet",
    examples: [
      {
        betId: "bet_1q4c9g8v0400",
        playerId: "p_123",
        roundId: "R-2025-10-17-19:20:05-PRAGM-Table12",
        gameId: "pragm_live_roulette",
        status: "SETTLED",
        outcome: "LOSE",
        stake: { amount: "10.00", currency: "EUR" },
        payout: "0.00",
        funding: { cash: "10.00", bonus: "0.00" },
        selection: [{ market: "straight", value: "17" }],
        placedAt: "2025-10-17T19:20:01.004Z",
        history: [
          {
            status: "SETTLED",
            outcome: "LOSE",
            settled: "10.00",
            payout: "0.00",
            late: false,
            transactionId: "tx_1q4c9hbc0800",
            at: "2025-10-17T19:20:31.250Z",
          },
        ],
      },
    ],
  });

/** RFC 9457 problem details, with a code from the one table of failures. */
const problem = z
  .object({
    type: z.string().meta({ example: "urn:pitboss:problem:FUNDS_INSUFFICIENT" }),
    title: z.string().meta({ description: "A sentence for a person." }),
    status: z.number().int(),
    code: z.string().meta({ description: "Stays the same for ever; programs decide by it." }),
    detail: z.string().optional(),
    retry: z.boolean().meta({ description: "Whether sending the very same request again, later, can succeed." }),
    traceId: z.string(),
    data: z.record(z.string(), z.unknown()).optional().meta({ description: "What the rule looked at." }),
  })
  .meta({
    id: "Problem",
    examples: [
      {
        type: "urn:pitboss:problem:FUNDS_INSUFFICIENT",
        title: "The balance does not cover this amount.",
        status: 422,
        code: "FUNDS_INSUFFICIENT",
        retry: false,
        traceId: "tr_4bf92f3577b34da6a3ce929d0e0e4736",
        data: { stake: "10.00", available: "4.20", currency: "EUR", purse: "policy" },
      },
    ],
  });

export const placeBulkAnswer = z.object({ answers: z.array(z.union([placeAnswer, problem])) }).meta({
  id: "BetsAnswered",
  description: "One answer for each bet, in the order in which they were sent.",
  examples: [
    {
      answers: [
        {
          status: "ACCEPTED",
          betId: "bet_1q4c9g8v0400",
          balanceAfter: "244.30",
          hold: "1.00",
          limits: { maxBet: "5000.00" },
        },
      ],
    },
  ],
});

/** What a call answers when all is well; the type is left open for routes that answer with text that is JSON already. */
export function answersOf(accepted: z.ZodType): { 200: z.ZodType } {
  return { 200: accepted };
}
