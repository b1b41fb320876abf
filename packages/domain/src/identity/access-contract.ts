/** The public contract of players, their tokens and game sessions, as it goes over the wire. */
import { z } from "zod";
import { positionField } from "../risk/geo-contract.ts";
import { brandCode } from "./brand.ts";
import { plainText } from "../kernel/plain-text.ts";

const token = z.string().meta({ description: "Sent as `Authorization: Bearer …`.", example: "pt_5cF…" });
const expiresAt = z.string().meta({ example: "2026-03-02T12:15:00.000Z" });

export const createPlayerBody = z
  .strictObject({
    nickname: plainText(1, 64),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .meta({ description: "ISO 3166-1 alpha-2." }),
    brand: brandCode
      .optional()
      .meta({ description: "The brand that the player belongs to; the house's first one without it." }),
  })
  .meta({ id: "CreatePlayer", examples: [{ nickname: "ada", country: "MT" }] });

export const createPlayerAnswer = z
  .object({ playerId: z.string() })
  .meta({ id: "PlayerCreated", examples: [{ playerId: "p_123" }] });

export const tokenAnswer = z
  .object({ token, expiresAt })
  .meta({ id: "PlayerToken", examples: [{ token: "pt_5cF…", expiresAt: "2026-03-02T12:15:00.000Z" }] });

export const openSessionBody = z
  .strictObject({
    playerId: z.string(),
    gameId: z.string(),
    currency: z.string(),
    position: positionField.optional(),
    ip: z.union([z.ipv4(), z.ipv6()]).optional().meta({
      description: "The player's address, where an operator's server asks for them; a player's own is known.",
    }),
  })
  .meta({
    id: "OpenGameSession",
    examples: [{ playerId: "p_123", gameId: "pragm_live_roulette", currency: "EUR" }],
  });

export const sessionAnswer = z.object({ sessionId: z.string(), token, expiresAt }).meta({
  id: "GameSession",
  examples: [{ sessionId: "gs_8c", token: "gt_9aK…", expiresAt: "2026-03-02T16:00:00.000Z" }],
});
