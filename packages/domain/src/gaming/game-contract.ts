/** The public contract of the games and of provably fair play, as it goes over the wire. */
import { z } from "zod";
import { amountField, requestIdField } from "./contract.ts";

const fraction = z.object({ numerator: z.string(), denominator: z.string() });
const positions = z.array(z.object({ market: z.string(), value: z.string(), stake: z.string() }));

const gameFields = {
  gameId: z.string().meta({ example: "pitboss_dice" }),
  name: z.string(),
  category: z.string(),
  provider: z.string(),
  open: z.boolean().meta({ description: "Whether it takes bets." }),
  builtIn: z.boolean().meta({ description: "Whether it is played at /v1/games/{gameId}/play." }),
  limits: z
    .record(z.string(), z.object({ minBet: z.string(), maxBet: z.string() }))
    .meta({ description: "By currency; there are no bets in others." }),
};
const dice = {
  gameId: "pitboss_dice",
  name: "Dice",
  category: "dice",
  provider: "pitboss",
  open: true,
  builtIn: true,
  limits: { EUR: { minBet: "0.10", maxBet: "1000.00" } },
};

export const gamesAnswer = z
  .object({ games: z.array(z.object(gameFields)) })
  .meta({ id: "Games", examples: [{ games: [dice] }] });

export const gameAnswer = z
  .object({
    ...gameFields,
    rules: z
      .object({
        version: z.number().int(),
        summary: z.string(),
        paytable: z.array(z.object({ market: z.string(), values: z.string(), pays: z.string() })),
        data: z.record(z.string(), z.unknown()),
      })
      .optional()
      .meta({ description: "Of a built-in game." }),
    rtp: fraction.optional().meta({ description: "Return to player, exact." }),
    maxMultiplier: fraction.optional().meta({ description: "The largest multiple of its stake that a bet can pay." }),
  })
  .meta({
    id: "Game",
    examples: [
      {
        ...dice,
        rules: {
          version: 1,
          summary: "A roll from 0.00 to 99.99. Under wins when the roll is below the target, over when it is above it.",
          paytable: [{ market: "under", values: "0.01 to 98.00", pays: "9900 / (100 × target)" }],
          data: { rolls: 10_000 },
        },
        rtp: { numerator: "99", denominator: "100" },
        maxMultiplier: { numerator: "9900", denominator: "1" },
      },
    ],
  });

export const playBody = z
  .strictObject({
    requestId: requestIdField,
    playerId: z.string().max(20).meta({ example: "p_123" }),
    wallet: z.enum(["cash", "bonus"]).optional().meta({ description: "Bets from this purse alone." }),
    stake: amountField,
    selection: z
      .array(z.record(z.string(), z.string()))
      .max(64)
      .default([])
      .meta({ description: "Positions of the game's table of payouts, each with its part of the stake or none." }),
  })
  .meta({
    id: "PlayGame",
    examples: [
      {
        requestId: "play-1",
        playerId: "p_123",
        stake: { amount: "2.00", currency: "EUR" },
        selection: [{ market: "under", value: "50.00" }],
      },
    ],
  });

export const playAnswer = z
  .object({
    betId: z.string(),
    roundId: z.string(),
    gameId: z.string(),
    outcome: z.enum(["WIN", "LOSE"]),
    stake: z.string(),
    payout: z.string().meta({ description: "Gross: the stake is in it." }),
    currency: z.string(),
    result: z.record(z.string(), z.unknown()).meta({ description: "What the player is shown; each game has its own." }),
    balanceAfter: z.string().nullable(),
    fairness: z.object({
      serverSeedHash: z.string().meta({ description: "Published before the bet; the seed itself is revealed later." }),
      clientSeed: z.string(),
      nonce: z.number().int(),
    }),
  })
  .meta({
    id: "GamePlayed",
    examples: [
      {
        betId: "bet_1q4c9g8v0400",
        roundId: "seed_4:17",
        gameId: "pitboss_dice",
        outcome: "WIN",
        stake: "2.00",
        payout: "3.96",
        currency: "EUR",
        result: { roll: "31.07", won: true },
        balanceAfter: "251.26",
        fairness: {
          serverSeedHash: "6d2c…5a0e",
          clientSeed: "my lucky seed",
          nonce: 17,
        },
      },
    ],
  });

const seedFields = {
  seedId: z.string().meta({ example: "seed_4" }),
  serverSeedHash: z.string().meta({ description: "SHA-256 of the server seed's 32 bytes, hexadecimal." }),
  clientSeed: z.string(),
  nextNonce: z.number().int().meta({ description: "The number of your next round on this seed." }),
};
const seedExample = {
  seedId: "seed_5",
  serverSeedHash: "0f4a…91bc",
  clientSeed: "my lucky seed",
  nextNonce: 0,
};

export const seedAnswer = z.object(seedFields).meta({ id: "FairSeed", examples: [seedExample] });

export const rotateBody = z
  .strictObject({
    clientSeed: z.string().optional().meta({ description: "Yours; one is drawn for you where you name none." }),
  })
  .meta({ id: "RotateSeed", examples: [{ clientSeed: "my lucky seed" }] });

export const rotateAnswer = z
  .object({
    current: z.object(seedFields),
    revealed: z.object({ ...seedFields, serverSeed: z.string() }).nullable(),
  })
  .meta({
    id: "SeedRotated",
    examples: [
      {
        current: seedExample,
        revealed: {
          seedId: "seed_4",
          serverSeedHash: "6d2c…5a0e",
          clientSeed: "4f1d33a2b0c9e877",
          nextNonce: 18,
          serverSeed: "9b71…e2d4",
        },
      },
    ],
  });

/** As `games/round-proof.ts` makes it. */
export const proofAnswer = z
  .object({
    format: z.literal("pitboss-round-v1"),
    gameId: z.string(),
    rulesVersion: z.number().int(),
    serverSeedHash: z.string(),
    serverSeed: z.string(),
    clientSeed: z.string(),
    nonce: z.number().int(),
    stake: amountField,
    selection: positions,
    result: z.record(z.string(), z.unknown()),
    payout: z.string(),
  })
  .meta({
    id: "RoundProof",
    examples: [
      {
        format: "pitboss-round-v1",
        gameId: "pitboss_dice",
        rulesVersion: 1,
        serverSeedHash: "6d2c…5a0e",
        serverSeed: "9b71…e2d4",
        clientSeed: "my lucky seed",
        nonce: 17,
        stake: { amount: "2.00", currency: "EUR" },
        selection: [{ market: "under", value: "50.00", stake: "2.00" }],
        result: { roll: "31.07", won: true },
        payout: "3.96",
      },
    ],
  });
