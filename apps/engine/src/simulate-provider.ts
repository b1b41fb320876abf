/**
 * A game provider as a process of its own: plays a day's rounds in its dialect, some of them out of order, and writes its
 * daily file. It keeps a journal of the rounds that it has finished. Killed at any moment and started again, it sends the
 * calls of unfinished rounds again under the same ids, as providers do.
 *
 * node apps/engine/src/simulate-provider.ts <settings.json>
 */
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { wireOf } from "@pitboss/wires/wire-of";
import { z } from "zod";
import { planRound, type PlannedRound } from "./demo/play/provider-day.ts";

const settingsSchema = z.object({
  engineUrl: z.url(),
  dialect: z.string(),
  provider: z.string(),
  game: z.string(),
  secret: z.string(),
  players: z.array(z.object({ playerId: z.string(), session: z.string() })).min(1),
  seed: z.string(),
  rounds: z.int().min(1),
  disorderPercent: z.int().min(0).max(100),
  /** Rounds whose calls after the first get lost on the way: the provider believes that they arrived. */
  lost: z.array(z.int()),
  journal: z.string(),
  file: z.string(),
});

const [path = ""] = process.argv.slice(2);
const settings = settingsSchema.parse(JSON.parse(readFileSync(path, "utf8")));
const { dialect, secret, provider, engineUrl, players, game, rounds, journal } = settings;
const inFlight = 16;
const mostTries = 200;

const finished = new Set(
  existsSync(journal) ? readFileSync(journal, "utf8").split("\n").filter(Boolean).map(Number) : [],
);
const lost = new Set(settings.lost);

/** Players have their rounds in turn. */
function playerOf(index: number): { readonly playerId: string; readonly session: string } {
  const player = players[index % players.length];
  if (player === undefined) throw new Error("there is a player");
  return player;
}

/** Sends until somebody answers: what comes after depends on it. */
async function send(index: number, call: PlannedRound["calls"][number]): Promise<void> {
  const { playerId, session } = playerOf(index);
  const play = { playerId, session, currency: "EUR", game } as const;
  const { path: operation, body, headers } = wireOf({ dialect, secret }, play, call);
  for (let tries = 1; ; tries += 1) {
    try {
      const response = await fetch(`${engineUrl}/v1/providers/${provider}/${operation}`, {
        method: "POST",
        headers,
        body,
      });
      await response.arrayBuffer();
      if (response.status < 500) return;
    } catch (error) {
      if (tries >= mostTries) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function playRound(index: number): Promise<void> {
  const planned = planRound(settings, index);
  const calls = lost.has(index) ? planned.calls.slice(0, 1) : planned.calls;
  for (const call of calls) await send(index, call);
  appendFileSync(journal, `${index}\n`);
}

const open = Array.from({ length: rounds }, (_, index) => index).filter((index) => !finished.has(index));
let next = 0;
await Promise.all(
  Array.from({ length: inFlight }, async () => {
    for (let at = next++; at < open.length; at = next++) await playRound(open[at] ?? 0);
  }),
);

const lines = Array.from({ length: rounds }, (_, index) => {
  const { round, bets, wins, status } = planRound(settings, index);
  const amounts = [formatMinor(bets, "EUR"), formatMinor(wins, "EUR")];
  return [round, playerOf(index).playerId, ...amounts, "EUR", status].join(",");
});
writeFileSync(settings.file, ["round_id,player,bets,wins,currency,status", ...lines, ""].join("\n"));
