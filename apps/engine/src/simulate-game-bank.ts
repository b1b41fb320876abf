/**
 * The demo's provider with a wallet of its own, as a program. Its secret lies in the data folder, where the seeding of the
 * demo has put it; what it can do stands in docs/providers/game-bank.md.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { readBankSimulatorConfig } from "./config.ts";
import { bankSecretFile } from "./demo/open-demo-bank.ts";
import { startSimulatedBank } from "./gaming/game-bank/simulator/simulated-bank.ts";

const config = readBankSimulatorConfig();
const { secret } = bankSecretFile.parse(
  JSON.parse(readFileSync(join(config.PITBOSS_DATA_DIR, "demo", "game-bank.json"), "utf8")),
);
const bank = await startSimulatedBank({
  port: config.GAME_BANK_PORT,
  secret,
  journal: join(config.PITBOSS_DATA_DIR, "simulators", "game-bank.jsonl"),
  // Lines break and calls fail now and then, so that the demo shows a normal day.
  faults: config.GAME_BANK_FAULTS === "none" ? {} : { lostAnswer: 0.03, fail: 0.02, pending: 0.03 },
  playEveryMs: config.GAME_BANK_PLAY_EVERY_MS,
});
process.stdout.write(`The simulated game bank answers at ${bank.url}\n`);
process.send?.({ ready: true, url: bank.url });

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => void bank.stop().finally(() => process.exit(0)));
}
