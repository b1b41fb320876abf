/**
 * The games of the house, by id.
 */
import type { BuiltInGame } from "./built-in-game.ts";
import { crash } from "./crash.ts";
import { dice } from "./dice.ts";
import { europeanRoulette } from "./european-roulette.ts";
import { fiveReelSlot } from "./five-reel-slot.ts";

export const builtInGames: readonly BuiltInGame[] = [europeanRoulette, dice, crash, fiveReelSlot];

const byId = new Map(builtInGames.map((game) => [game.id, game]));

export function findBuiltInGame(id: string): BuiltInGame | undefined {
  return byId.get(id);
}
