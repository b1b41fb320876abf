/** A long run at a steady rate: the engine's memory must come to rest. */
import { startEngineProcess } from "./engine-process.ts";
import { openHttpClient } from "./http-client.ts";
import { runAtRate } from "./load.ts";
import { placeBody } from "./place.ts";
import type { World } from "./world.ts";

export interface MemoryFigures {
  readonly minutes: number;
  readonly perSecond: number;
  /** Resident memory at the end of each minute, MB. */
  readonly residentMb: readonly number[];
}

const perSecond = 1_500;

export async function benchMemory(world: World, minutes: number, say: (text: string) => void): Promise<MemoryFigures> {
  const engine = await startEngineProcess(world.url);
  const connections = await openHttpClient(engine.url, 128, world.token);
  const residentMb: number[] = [];
  for (let minute = 0; minute < minutes; minute += 1) {
    await runAtRate(perSecond, 60, async (number) => {
      const answer = await connections.post(number, "/v1/bets/place", placeBody(world));
      return answer.status === 200 ? 0 : 1;
    });
    residentMb.push(Math.round(engine.residentMb() ?? 0));
    say(`  minute ${minute + 1}: ${residentMb.at(-1)} MB resident`);
  }
  connections.close();
  await engine.stop();
  return { minutes, perSecond, residentMb };
}
