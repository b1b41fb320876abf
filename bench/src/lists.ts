/**
 * `npm run bench:lists`: every filter of the staff's lists, and every pair of them, over a large house: what a person waits
 * for. Each query is drawn several times with other values, and answers through the statement that the console's list runs.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startPostgres } from "@pitboss/db/embedded/start-postgres";
import { fillLargeHouse } from "./large-house.ts";
import { type ListQuery, listQueries } from "./list-queries.ts";
import { migrate } from "@pitboss/db/kernel/migrate";
import { createDatabase, createPool, type Database } from "@pitboss/db/kernel/pool";
import pg from "pg";

const { values } = parseArgs({
  options: {
    players: { type: "string", default: "1000000" },
    bets: { type: "string", default: "10000000" },
    audit: { type: "string", default: "2000000" },
    draws: { type: "string", default: "10" },
    /** Measures the house that an earlier run filled. */
    keep: { type: "boolean", default: false },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(
    "npm run bench:lists [-- --players N --bets N --audit N] [--draws N of each query, 10] [--keep the house of the last run]\n",
  );
  process.exit(0);
}
/** What no query may take longer for, 19 times out of 20. */
const goalMs = 300;

const root = fileURLToPath(new URL("../..", import.meta.url));
const size = { players: Number(values.players), bets: Number(values.bets), auditEntries: Number(values.audit) };
const say = (text: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${text}\n`);

interface Measured {
  readonly list: ListQuery["list"];
  readonly name: string;
  readonly ms: readonly number[];
}

const server = await startPostgres({ dataDir: join(root, ".pitboss/bench-postgres") });
const url = new URL(server.url);
url.pathname = "/bench_lists";
if (!values.keep) {
  await makeDatabase();
  await fillLargeHouse(url.href, size, say);
}
const pool = createPool({ url: url.href, applicationName: "bench", max: 1, onError: () => undefined });
const measured = await measureAll(createDatabase(pool));
await pool.end();
await server.stop();
report(measured);

async function makeDatabase(): Promise<void> {
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  await admin.query("DROP DATABASE IF EXISTS bench_lists WITH (FORCE)");
  await admin.query("CREATE DATABASE bench_lists");
  await admin.end();
  await migrate(url.href);
}

/** Round after round, so that what is slow for a moment is not slow for one query alone. */
async function measureAll(db: Database): Promise<Measured[]> {
  const results = listQueries(size).map((query) => ({ query, ms: new Array<number>() }));
  for (let draw = 1; draw <= Number(values.draws); draw += 1) {
    say(`${results.length} queries, round ${draw}`);
    for (const { query, ms } of results) {
      const statement = query.draw(draw);
      const began = performance.now();
      await db.execute(statement);
      ms.push(performance.now() - began);
    }
  }
  return results.map(({ query: { list, name }, ms }) => ({ list, name, ms: ms.sort((a, b) => a - b) }));
}

function quantile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN;
}

function report(all: readonly Measured[]): void {
  const lines = [
    "",
    `${size.players} players, ${size.bets} bets, ${size.auditEntries} audit entries; ${cpus().length} cores, ${cpus()[0]?.model}`,
    "",
    "| list | queries | p50 ms | p95 ms | slowest query's p95 ms | |",
    "| --- | ---: | ---: | ---: | ---: | --- |",
  ];
  for (const list of ["players", "bets", "ledger", "audit"] as const) {
    const own = all.filter((one) => one.list === list);
    const times = own.flatMap(({ ms }) => ms).sort((a, b) => a - b);
    const slowest = Math.max(...own.map(({ ms }) => quantile(ms, 0.95)));
    lines.push(
      `| ${list} | ${own.length} | ${quantile(times, 0.5).toFixed(1)} | ${quantile(times, 0.95).toFixed(1)} | ${slowest.toFixed(1)} | ${slowest < goalMs ? "met" : "MISSED"} |`,
    );
  }
  const slow = all
    .map((one) => ({ ...one, p95: quantile(one.ms, 0.95) }))
    .sort((a, b) => b.p95 - a.p95)
    .filter(({ p95 }, index) => index < 20 || p95 >= goalMs);
  lines.push("", "| the slowest | p50 ms | p95 ms |", "| --- | ---: | ---: |");
  for (const { list, name, ms, p95 } of slow) {
    lines.push(`| ${list}: ${name} | ${quantile(ms, 0.5).toFixed(1)} | ${p95.toFixed(1)} |`);
  }
  process.stdout.write(`${lines.join("\n")}\n`);
  mkdirSync(join(root, ".pitboss/bench"), { recursive: true });
  const file = join(root, ".pitboss/bench", `lists-${new Date().toISOString().replaceAll(":", "-")}.json`);
  writeFileSync(file, `${JSON.stringify({ size, measured: all }, null, 1)}\n`);
  say(`written to ${file}`);
}
