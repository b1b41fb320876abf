/**
 * `npm run bench:reports`: a generated year in the embedded store, and how long its reports take. The year is made by the
 * store itself, set by set; reports are asked through the code that serves them, one after the other, and each answer is
 * read whole: rows and totals, as a page has them.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import type { ChargeVersion } from "@pitboss/domain/reporting/charges";
import { readSumsAndPlayers, type SumsQuery } from "@pitboss/engine/reporting/figures/read-sums";
import { runChdb } from "@pitboss/engine/reporting/store/embedded/run-chdb";
import { openStore } from "@pitboss/engine/reporting/store/open-store";
import { createLog } from "@pitboss/engine/kernel/log";
import { countries, makeYear, providers, settleYear, year } from "./reports-year.ts";

const { values } = parseArgs({
  options: {
    bets: { type: "string", default: "10000000" },
    players: { type: "string" },
    rounds: { type: "string", default: "40" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write(
    "npm run bench:reports [-- --bets N, 10000000] [--players N, a tenth of the bets] [--rounds N of each report, 40]\n",
  );
  process.exit(0);
}
const bets = Number(values.bets);
const players = Number(values.players ?? Math.round(bets / 10));
const rounds = Number(values.rounds);
const goals = { pivotMs: 1_000, dashboardMs: 500 };
const root = fileURLToPath(new URL("../..", import.meta.url));
const say = (text: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${text}\n`);

/** Every provider takes a part, every country is taxed, and the rates of half of them change in the middle of the year. */
const version = (subject: string, index: number, kind: ChargeVersion["kind"]): ChargeVersion => ({
  kind,
  subject,
  version: 1,
  effectiveFrom: year.from,
  base: kind === "TAX" && index % 3 === 0 ? "STAKES" : "GGR",
  ratePpm: 50_000 + index * 1_111,
  minimum: null,
});
const ratesOf = (keys: readonly string[], kind: ChargeVersion["kind"], shift: number) =>
  new Map(keys.map((key, index) => [key, version(key, index + (index % 2) * shift, kind)]));
const charges = {
  fees: [year.from, "2025-07-01"].map((from, index) => ({
    from,
    rates: ratesOf(providers, "PROVIDER_FEE", index),
    otherwise: undefined,
  })),
  taxes: [year.from, "2025-07-01"].map((from, index) => ({
    from,
    rates: ratesOf(countries, "TAX", index),
    otherwise: undefined,
  })),
};

interface Measured {
  readonly report: string;
  readonly rows: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

const dataDir = join(root, ".pitboss/bench-reports");
rmSync(dataDir, { recursive: true, force: true });
mkdirSync(dataDir, { recursive: true });
const chdb = runChdb(dataDir, createLog("warn"));
const store = openStore({ REPORTS: "on", CLICKHOUSE_URL: undefined, PITBOSS_DATA_DIR: dataDir });
try {
  const began = performance.now();
  await makeYear(store, { bets, players, say });
  const loadSeconds = (performance.now() - began) / 1_000;
  say(`loaded in ${loadSeconds.toFixed(0)} s`);
  const summing = performance.now();
  await settleYear(store);
  const sumSeconds = (performance.now() - summing) / 1_000;
  say(`days summed up and months merged in ${sumSeconds.toFixed(0)} s`);
  const pivot = await measure("GGR by day and provider, the year, converted", {});
  const measured = [
    pivot,
    await measure("the same with counts of players", { players: true }),
    await measure("P&L by month and country, the year", { by: ["month", "country"] }),
    await measure("GGR by country and game, a month", { from: "2025-12-01", by: ["country", "game"] }),
  ];
  const dashboard = await measure("dashboard: fourteen days by day, with players", {
    from: "2025-12-18",
    by: ["day"],
    players: true,
  });
  const report = {
    at: new Date().toISOString(),
    cores: cpus().length,
    bets,
    players,
    loadSeconds: Math.round(loadSeconds),
    sumSeconds: Math.round(sumSeconds),
    measured: [...measured, dashboard],
    goals: {
      pivot: { p95MsMost: goals.pivotMs, met: pivot.p95Ms < goals.pivotMs },
      dashboard: { p95MsMost: goals.dashboardMs, met: dashboard.p95Ms < goals.dashboardMs },
    },
  };
  writeFileSync(join(root, ".pitboss/bench-reports.json"), JSON.stringify(report, null, 2));
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  if (!report.goals.pivot.met || !report.goals.dashboard.met) process.exitCode = 1;
} finally {
  await store.close();
  await chdb.stop();
  rmSync(dataDir, { recursive: true, force: true });
}

/** What `readFigures` asks the store for: its totals are the sums of its rows. */
async function measure(report: string, more: Partial<SumsQuery>): Promise<Measured> {
  const deps = { catalog: { all: () => [], byCode: () => undefined }, reports: { store, currency: "EUR" as const } };
  const query: SumsQuery = {
    ...year,
    zone: "UTC",
    by: ["day", "provider"],
    reporting: "EUR",
    players: false,
    charges,
    ...more,
  };
  const times: number[] = [];
  let rows = 0;
  // The first two open files and fill caches, as they do once a day.
  for (let round = -2; round < rounds; round += 1) {
    const began = performance.now();
    const answer = await readSumsAndPlayers(deps, query);
    if (!answer.ok) throw new Error(answer.error.code);
    rows = answer.value.rows.length;
    if (round >= 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (part: number): number => Math.round(times[Math.floor(part * (times.length - 1))] ?? 0);
  say(`  ${report}: ${rows} rows, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
  return { report, rows, p50Ms: at(0.5), p95Ms: at(0.95) };
}
