/**
 * `npm run bench`: one run on one PostgreSQL, all ways side by side, so that the ratios mean something even where the
 * machine is noisy. `--quick` measures the main figures in two minutes; without it everything is measured.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startPostgres } from "@pitboss/db/embedded/start-postgres";
import { benchWorld, type Figures } from "./bench-world.ts";
import { buildEngine } from "./engine-process.ts";
import { benchDialects } from "./dialects.ts";
import { benchGate } from "./gate.ts";
import { benchMemory } from "./memory.ts";
import { printReport } from "./report.ts";
import { makeWorld } from "./world.ts";
import { findPgbench, initPgbench, runPgbench } from "./pgbench.ts";
import { runPlain } from "./plain.ts";

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    seconds: { type: "string", default: "6" },
    minutes: { type: "string", default: "10" },
    gate: { type: "boolean", default: false },
    dialects: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(
    "npm run bench [-- --quick] [--seconds N per point, 6] [--minutes N of the memory run, 10]\n  npm run bench -- --gate: bets with and without limits and jurisdictions\n  npm run bench -- --dialects: bets in each provider dialect beside the own contract\n",
  );
  process.exit(0);
}
const seconds = Number(values.seconds);
const root = fileURLToPath(new URL("../..", import.meta.url));
const say = (text: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${text}\n`);
if (values.gate || values.dialects) {
  if (values.dialects) buildEngine();
  const alone = await startPostgres({ dataDir: join(root, ".pitboss/bench-postgres") });
  if (values.gate) await benchGate(await makeWorld(alone.url, "bench_gate", 10_000, 0), seconds, say);
  if (values.dialects) await benchDialects(await makeWorld(alone.url, "bench_dialects", 10_000, 0), seconds, say);
  await alone.stop();
  process.exit(0);
}

buildEngine();
const server = await startPostgres({ dataDir: join(root, ".pitboss/bench-postgres") });
const tpcb = measureTpcb();
say("a transaction per bet, the plain way");
const plain = await runPlain(server.url, 32, seconds, 10_000);
say(`  ${plain.perSecond.toFixed(0)} bets/s`);

const worlds: { name: string; players: number; history: number; figures: Figures }[] = [];
const plans = values.quick
  ? [{ name: "10 k players, empty ledger", players: 10_000, history: 0, all: false }]
  : [
      { name: "10 k players, empty ledger", players: 10_000, history: 0, all: true },
      { name: "1 M players, empty ledger", players: 1_000_000, history: 0, all: false },
      { name: "10 k players, 10 M postings", players: 10_000, history: 10_000_000, all: false },
    ];
for (const { name, players, history, all } of plans) {
  say(`a world of ${name}`);
  const world = await makeWorld(server.url, "bench", players, history);
  worlds.push({ name, players, history, figures: await benchWorld(world, { seconds, all: all || values.quick, say }) });
}
const memory = values.quick
  ? undefined
  : await benchMemory(await makeWorld(server.url, "bench", 10_000, 0), Number(values.minutes), say);
// A second look at the yardstick: where it moved a lot, the run was too noisy to trust.
const tpcbAfter = measureTpcb();
await server.stop();

const report = {
  at: new Date().toISOString(),
  machine: {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
  tpcb,
  tpcbAfter,
  plain,
  worlds,
  memory,
};
printReport(report);
mkdirSync(join(root, ".pitboss/bench"), { recursive: true });
const file = join(root, ".pitboss/bench", `${report.at.replaceAll(":", "-")}.json`);
writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
say(`written to ${file}`);

function measureTpcb(): { best: number; byClients: Record<string, number> } | undefined {
  const pgbench = findPgbench();
  if (pgbench === undefined) {
    say("pgbench is not on this machine: no TPC-B beside the rest");
    return undefined;
  }
  say("TPC-B by pgbench");
  initPgbench(pgbench, server.url, 20);
  const byClients: Record<string, number> = {};
  for (const clients of [16, 32, 64]) {
    const tps = runPgbench(pgbench, server.url, clients, seconds);
    byClients[clients] = tps;
    say(`  ${clients} clients: ${tps.toFixed(0)} tps`);
  }
  return { best: Math.max(...Object.values(byClients)), byClients };
}
