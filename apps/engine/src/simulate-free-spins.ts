/**
 * The free spins of the demo's SOFTSWISS aggregator, as a program. What it signs with lies in the data folder, where the
 * seeding of the demo has put it; what it can do stands in docs/providers/free-spins.md.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readFreeSpinsSimulatorConfig } from "./config.ts";
import { demoCasinoId } from "./demo/open-demo-free-spins.ts";
import { startSimulatedAggregator } from "./gaming/free-spins/simulator/simulated-aggregator.ts";

const config = readFreeSpinsSimulatorConfig();
const folder = config.PITBOSS_DATA_DIR;
const setups = z
  .array(z.object({ dialect: z.string(), provider: z.string(), game: z.string(), secret: z.string() }))
  .parse(JSON.parse(readFileSync(join(folder, "demo", "providers.json"), "utf8")));
const setup = setups.find(({ dialect }) => dialect === "softswiss");
if (setup === undefined) throw new Error("the demo has no provider that speaks SOFTSWISS");
const { provider, game, secret } = setup;
const aggregator = await startSimulatedAggregator({
  port: config.FREE_SPINS_PORT,
  secret,
  casinoId: demoCasinoId,
  games: [{ id: game, studio: "demo", studioHasFreeSpins: true, gameHasFreeSpins: true }],
  houseUrl: `${config.ENGINE_URL}/v1/providers/${provider}`,
  journal: join(folder, "simulators", "free-spins.jsonl"),
  // Lines break and calls fail now and then, so that the demo shows a normal day.
  faults: config.FREE_SPINS_FAULTS === "none" ? {} : { lostAnswer: 0.05, fail: 0.05 },
  playEveryMs: config.FREE_SPINS_PLAY_EVERY_MS,
});
process.stdout.write(`The simulated aggregator of free spins answers at ${aggregator.url}\n`);
process.send?.({ ready: true, url: aggregator.url });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void aggregator.stop().finally(() => process.exit(0)));
}
