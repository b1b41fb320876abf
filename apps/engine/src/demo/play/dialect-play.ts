/** Play through the wallets of game providers, as their servers would call, with every answer looked at. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isWireDialect } from "@pitboss/wires/speakers";
import { chooseCalls } from "@pitboss/wires/traffic/choose-calls";
import {
  askBalance,
  type DialectGame,
  openSeat,
  playDialectRound,
  type Seat,
} from "@pitboss/wires/traffic/dialect-round";
import type { TrafficContext } from "@pitboss/wires/traffic/traffic";
import { z } from "zod";
import type { Purse } from "./players.ts";

const setup = z.object({
  dialect: z.string().refine(isWireDialect),
  provider: z.string(),
  game: z.string(),
  secret: z.string(),
});

/** By game; empty where the demo has no such providers. */
export async function readDialectGames(dataDir: string): Promise<ReadonlyMap<string, DialectGame>> {
  try {
    const all = z.array(setup).parse(JSON.parse(await readFile(join(dataDir, "demo", "providers.json"), "utf8")));
    return new Map(all.map((one) => [one.game, one]));
  } catch {
    return new Map();
  }
}

/** A purse is one visit's, and a visit sits at one game. */
const seats = new WeakMap<Purse, Seat>();

/** One round, over the wire of the game's provider: a bet or two and what becomes of them. */
export async function betByDialect(
  context: TrafficContext,
  speaks: DialectGame,
  purse: Purse,
  stake: bigint,
  most: bigint,
): Promise<void> {
  const { currency, player } = purse;
  const seat = seats.get(purse) ?? (await openSeat(context, speaks, player.playerId, currency));
  if (seat === undefined) return;
  seats.set(purse, seat);
  const available = await askBalance(context, seat);
  if (available === undefined) {
    // The session may have ended; the next round opens another one.
    seats.delete(purse);
    return;
  }
  purse.available = available;
  if (available < stake) return;
  const calls = chooseCalls(context.chance, { available, stake, most });
  const after = await playDialectRound(context, seat, calls, available, () => context.chance.between(300, 1_500));
  if (after !== undefined) purse.available = after;
}
