/**
 * What the gate costs on the way of a bet: the same lanes with it and without it, turn about in one world, so that a noisy
 * machine is noisy for both. First players who have nothing, then players who all have limits that count each bet.
 */
import pg from "pg";
import { openLanes } from "./lanes-alone.ts";
import { runLoad } from "./load.ts";
import type { World } from "./world.ts";

export interface GateFigures {
  /** Accepted bets a second, the median of the turns. */
  readonly off: number;
  readonly on: number;
  /** The same two where every player has limits. */
  readonly offAgain: number;
  readonly onWithLimits: number;
}

const turns = 5;

export async function benchGate(world: World, seconds: number, say: (text: string) => void): Promise<GateFigures> {
  const off: number[] = [];
  const on: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    off.push(await measure(world, "off", seconds));
    on.push(await measure(world, "on", seconds));
    say(`turn ${turn + 1}: ${off[turn]?.toFixed(0)} bets/s without the gate, ${on[turn]?.toFixed(0)} with it`);
  }
  await giveLimits(world.url);
  const offAgain: number[] = [];
  const limited: number[] = [];
  for (let turn = 0; turn < turns; turn += 1) {
    offAgain.push(await measure(world, "off", seconds));
    limited.push(await measure(world, "on", seconds));
    say(
      `turn ${turn + 1}: ${offAgain[turn]?.toFixed(0)} bets/s without, ${limited[turn]?.toFixed(0)} where all have limits`,
    );
  }
  const figures = { off: median(off), on: median(on), offAgain: median(offAgain), onWithLimits: median(limited) };
  say(`without the gate ${figures.off.toFixed(0)} bets/s`);
  say(`with it          ${figures.on.toFixed(0)} bets/s (${share(figures.on, figures.off)} than without)`);
  say(
    `all have limits  ${figures.onWithLimits.toFixed(0)} bets/s (${share(figures.onWithLimits, figures.offAgain)} than without)`,
  );
  return figures;
}

async function measure(world: World, gate: "on" | "off", seconds: number): Promise<number> {
  const lanes = await openLanes(world, 2, gate);
  const { perSecond } = await runLoad({ inFlight: 256, seconds, warmUpSeconds: 1 }, () => lanes.place());
  await lanes.stop();
  return perSecond;
}

/** A wager limit by the day and a loss limit by the week, which nobody reaches, for every player. */
async function giveLimits(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const limit = { window: "ROLLING", zone: "Europe/Malta", currency: "EUR", amount: "100000000000", counts: [] };
  const limits = [
    { ...limit, kind: "WAGER", period: "DAY" },
    { ...limit, kind: "LOSS", period: "WEEK" },
  ];
  await client.query("INSERT INTO player_gates (player_id, play) SELECT id, $1::jsonb FROM players", [
    JSON.stringify({ limits, clock: null }),
  ]);
  await client.query("ANALYZE player_gates");
  await client.end();
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** What a bet with the gate costs more than one without. */
function share(withIt: number, without: number): string {
  return `${((without / withIt - 1) * 100).toFixed(1)} % more`;
}
