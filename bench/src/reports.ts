/**
 * `npm run bench -- --reports`: a generated year in the embedded store, and how long its reports take. The year is made by
 * the store itself, set by set; reports are asked through the code that serves them, one after the other, and each answer
 * is read whole.
 */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { readSums } from "@pitboss/engine/reporting/figures/read-sums";
import type { ColumnStore } from "@pitboss/engine/reporting/store/column-store";
import { runChdb } from "@pitboss/engine/reporting/store/embedded/run-chdb";
import { openStore } from "@pitboss/engine/reporting/store/open-store";
import { prepareStore } from "@pitboss/engine/reporting/store/prepare-store";
import { createLog } from "@pitboss/engine/kernel/log";

export interface ReportsBench {
  readonly root: string;
  readonly bets: number;
  readonly players: number;
  readonly say: (text: string) => void;
}

const year = { from: "2025-01-01", to: "2025-12-31" };
const rounds = 40;
const goals = { pivotMs: 1_000, dashboardMs: 500 };

export async function benchReports({ root, bets, players, say }: ReportsBench): Promise<void> {
  const dataDir = join(root, ".pitboss/bench-reports");
  rmSync(dataDir, { recursive: true, force: true });
  mkdirSync(dataDir, { recursive: true });
  const log = createLog("warn");
  const chdb = runChdb(dataDir, log);
  const store = openStore({ REPORTS: "on", CLICKHOUSE_URL: undefined, PITBOSS_DATA_DIR: dataDir });
  try {
    const began = performance.now();
    await makeYear(store, bets, players, say);
    const loadSeconds = (performance.now() - began) / 1_000;
    const catalog = { all: () => [], byCode: () => undefined };
    const deps = { catalog, reports: { store, currency: "EUR" as const } };
    const sums = (more: object) => () =>
      readSums(deps, { ...year, zone: "UTC", by: ["day", "provider"], reporting: "EUR", players: false, ...more });
    const measured = [
      await measure("GGR by day and provider, the year, converted", sums({}), say),
      await measure("GGR by day and provider, the year, with players", sums({ players: true }), say),
      await measure(
        "dashboard: fourteen days by day, with players",
        sums({ from: "2025-12-18", by: ["day"], players: true }),
        say,
      ),
      await measure("GGR by country and game, a month", sums({ from: "2025-12-01", by: ["country", "game"] }), say),
    ];
    const report = {
      at: new Date().toISOString(),
      cores: cpus().length,
      bets,
      players,
      loadSeconds: Math.round(loadSeconds),
      measured,
      goals: {
        pivot: { p95MsMost: goals.pivotMs, met: (measured[0]?.p95Ms ?? Infinity) < goals.pivotMs },
        dashboard: { p95MsMost: goals.dashboardMs, met: (measured[2]?.p95Ms ?? Infinity) < goals.dashboardMs },
      },
    };
    writeFileSync(join(root, ".pitboss/bench-reports.json"), JSON.stringify(report, null, 2));
    process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  } finally {
    await store.close();
    await chdb.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}

interface Measured {
  readonly report: string;
  readonly rows: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
}

async function measure(
  report: string,
  ask: () => ReturnType<typeof readSums>,
  say: (text: string) => void,
): Promise<Measured> {
  const times: number[] = [];
  let rows = 0;
  // The first two open files and fill caches, as they do once a day.
  for (let round = -2; round < rounds; round += 1) {
    const began = performance.now();
    const answer = await ask();
    if (!answer.ok) throw new Error(answer.error.code);
    rows = answer.value.length;
    if (round >= 0) times.push(performance.now() - began);
  }
  times.sort((a, b) => a - b);
  const at = (part: number): number => Math.round(times[Math.floor(part * (times.length - 1))] ?? 0);
  say(`  ${report}: ${rows} rows, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms`);
  return { report, rows, p50Ms: at(0.5), p95Ms: at(0.95) };
}

/** A store that has only just been started may take longer than a request waits. */
async function waitFor(work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await work();
      return;
    } catch (error) {
      if (tries === 6) throw error;
    }
  }
}

/** Settled bets all over the year, in three currencies, 20 providers with 20 games each; a deposit for each player. */
async function makeYear(store: ColumnStore, bets: number, players: number, say: (text: string) => void): Promise<void> {
  await waitFor(() => prepareStore(store));
  await store.command(`
    INSERT INTO rates SELECT 'EUR', toDate('2025-01-01') + number, rate.1, rate.2 FROM numbers(365)
      ARRAY JOIN [('EUR', toDecimal128('1', 18)), ('USD', toDecimal128('0.9689', 18)), ('JPY', toDecimal128('0.6137', 18))] AS rate`);
  const months = 12;
  for (let month = 0; month < months; month += 1) {
    const first = Math.floor((bets * month) / months);
    const count = Math.floor((bets * (month + 1)) / months) - first;
    await store.command(`
      INSERT INTO facts (event, line, kind, at, player, bet, country, currency, provider, game, channel, stake_cash, stake_bonus, win_cash)
      SELECT (${first} + number + 1) * 1024, 0, 1,
             addMonths(toDateTime64('2025-01-01 00:00:00', 3, 'UTC'), ${month}) + toIntervalMillisecond(intDiv(number * 2592000000, ${count})),
             pow(cityHash64(number, ${month}) % ${players} / ${players}, 2) * ${players} AS who, (${first} + number + 1) * 1024,
             ['MT', 'DE', 'GB', 'FI', 'SE', 'JP'][toUInt64(who) % 6 + 1], ['EUR', 'EUR', 'EUR', 'USD', 'JPY'][toUInt64(who) % 5 + 1],
             concat('provider_', toString(cityHash64(number, 1) % 20)) AS of_provider,
             concat(of_provider, '_game_', toString(cityHash64(number, 2) % 20)), '',
             50 + cityHash64(number, 3) % 2000 AS stake, if(cityHash64(number, 4) % 10 = 0, 100, 0),
             if(cityHash64(number, 5) % 100 < 32, stake * 3, 0)
        FROM numbers(${count})`);
    say(`  ${first + count} bets`);
  }
  await store.command(`
    INSERT INTO facts (event, line, kind, at, player, country, currency, channel, amount)
    SELECT number * 1024 + 1, 0, 10, toDateTime64('2025-01-01 00:00:00', 3, 'UTC') + toIntervalSecond(number * 31000000 / ${players}),
           number, ['MT', 'DE', 'GB', 'FI', 'SE', 'JP'][number % 6 + 1], 'EUR', 'card', 5000 FROM numbers(${players})`);
}
