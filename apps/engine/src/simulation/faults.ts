/** What goes wrong in a step, and how it is mended where it does not mend itself. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "./random.ts";
import type { World, WorldEngine } from "./world.ts";

export const faults = {
  /** SIGKILL, and a new engine in its place. */
  "kill an engine": async (world, random) => {
    const engine = random.pick(world.engines);
    await engine.kill();
    await engine.start();
  },
  /** SIGTERM: what is under way is answered first. */
  "stop an engine": async (world, random) => {
    const engine = random.pick(world.engines);
    const code = await engine.stop();
    if (code !== 0) throw new Error(`an engine that was told to stop ended with ${code}:\n${engine.log()}`);
    await engine.start();
  },
  /** An immediate stop of PostgreSQL in the middle of everything, and a start a little later. */
  "crash PostgreSQL": async (world, random) => {
    const awayMs = random.int(0, 700);
    await world.postgres.crash();
    await sleep(awayMs);
    await world.postgres.start();
    for (const { wire } of world.engines) wire.aimAt(world.postgres.port());
  },
  /** The server ends all connections of the engines, some of them inside COMMIT. */
  "end all connections": async (world) => {
    await world.withDatabase((client) =>
      client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'pitboss-%'"),
    );
  },
  "cut a wire": async (world, random) => {
    random.pick(world.engines).wire.cut();
  },
  /** Questions reach PostgreSQL, which commits, and no answer comes back. */
  "lose answers": async (world, random) => {
    random.pick(world.engines).wire.loseAnswers(random.int(20, 300));
  },
  "stand still": async (world, random) => {
    const forMs = random.int(50, 800);
    random.pick(world.engines).wire.standStill(forMs);
    await sleep(forMs);
  },
  /** One engine can't reach PostgreSQL for a while; the other goes on. */
  "close a wire": async (world, random) => {
    const { wire } = random.pick(world.engines);
    wire.setOpen(false);
    await sleep(random.int(50, 800));
    wire.setOpen(true);
  },
  /** Somebody else holds players' rows: batches wait, or give up and try again. */
  "hold players' locks": async (world, random) => {
    const forMs = random.int(50, 800);
    const ids = world.casino.players.map(({ id }) => id.toString()).filter(() => random.chance(0.5));
    await world.withDatabase(async (client) => {
      await client.query("BEGIN");
      await client.query("SELECT FROM players WHERE id = ANY($1::bigint[]) ORDER BY id FOR UPDATE", [ids]);
      await sleep(forMs);
      await client.query("ROLLBACK");
    });
  },
} satisfies Record<string, (world: World, random: Random) => Promise<void>>;

export type FaultName = keyof typeof faults;
export const faultNames = Object.keys(faults) as readonly FaultName[];

/** The address of an engine, whichever is meant: one that was just killed refuses, and the next try goes elsewhere. */
export function addressOf(engines: readonly WorldEngine[], index: number): string {
  const engine = engines[index % engines.length];
  if (engine === undefined) throw new Error("there is an engine");
  return engine.url();
}
