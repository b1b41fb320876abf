/** The public contract of the lobby and of starting a game, as it goes over the wire. */
import { z } from "zod";
import { positionField } from "../risk/geo-contract.ts";
import { launchedBank } from "../gaming/game-bank/bank-contract.ts";
import { amountField, requestIdField } from "../gaming/contract.ts";
import { gameDevices } from "./game-entry.ts";

export const lobbyQuery = z.object({
  category: z.string().max(40).optional().meta({ description: "Only games of this category.", example: "slots" }),
  device: z.enum(gameDevices).optional().meta({ description: "Only games that are made for it." }),
  currency: z.string().max(10).optional().meta({ description: "Only games that are played in it.", example: "EUR" }),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .optional()
    .meta({ description: "Of a visitor who is not signed in; of a player it is known.", example: "MT" }),
  language: z
    .string()
    .regex(/^[a-z]{2}$/)
    .optional()
    .meta({ description: "Only games that speak it.", example: "de" }),
  jurisdiction: z
    .string()
    .regex(/^[A-Z][A-Z0-9_]{1,15}$/)
    .optional()
    .meta({
      description: "Only games that are certified for this jurisdiction. Of whom the country is known it is known too.",
      example: "MT",
    }),
});

const lobbyGame = z.object({
  gameId: z.string(),
  name: z.string(),
  provider: z.string(),
  tags: z.array(z.string()),
  devices: z.array(z.string()),
  available: z
    .boolean()
    .meta({ description: "False while its provider is paused or in trouble: shown, and not to be started." }),
  limits: z.record(z.string(), z.object({ minBet: z.string(), maxBet: z.string() })),
});

export const lobbyAnswer = z
  .object({ categories: z.array(z.object({ category: z.string(), games: z.array(lobbyGame) })) })
  .meta({
    id: "Lobby",
    examples: [
      {
        categories: [
          {
            category: "dice",
            games: [
              {
                gameId: "pitboss_dice",
                name: "Dice",
                provider: "pitboss",
                tags: ["new"],
                devices: ["DESKTOP", "MOBILE"],
                available: true,
                limits: { EUR: { minBet: "0.10", maxBet: "1000.00" } },
              },
            ],
          },
        ],
      },
    ],
  });

export const launchBody = z
  .strictObject({
    playerId: z.string(),
    currency: z.string(),
    device: z.enum(gameDevices).optional(),
    position: positionField.optional(),
    ip: z.union([z.ipv4(), z.ipv6()]).optional().meta({
      description: "The player's address, where an operator's server asks for them; a player's own is known.",
    }),
    requestId: requestIdField.optional().meta({ description: "Of the transfer; needed with an amount." }),
    amount: amountField
      .optional()
      .meta({ description: "Of a game that is played from a game bank: how much cash to take there." }),
  })
  .meta({ id: "LaunchGame", examples: [{ playerId: "p_123", currency: "EUR", device: "MOBILE" }] });

export const launchAnswer = z
  .object({
    gameId: z.string(),
    provider: z.string(),
    sessionId: z.string(),
    token: z.string().meta({ description: "Bets for this player on this game alone." }),
    expiresAt: z.string(),
    gameBank: launchedBank.optional(),
  })
  .meta({
    id: "GameLaunch",
    examples: [
      {
        gameId: "pitboss_dice",
        provider: "pitboss",
        sessionId: "gs_8c",
        token: "gt_9aK…",
        expiresAt: "2026-03-02T16:00:00.000Z",
      },
    ],
  });
