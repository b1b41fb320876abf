/**
 * `npm run bench:reconcile`: one comparison of a month's settlement, as the daily job makes it: as many lines of reports
 * against as many deposits of the ledger, with some of them wrong. The books are filled by set-based SQL, as the database's
 * owner and past its guards; what is measured is the run itself, twice, since the first has all the breaks to write.
 */
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { startPostgres } from "@pitboss/db/embedded/start-postgres";
import { migrate } from "@pitboss/db/kernel/migrate";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { reconcileCashier } from "@pitboss/engine/cashier/reconciliation/reconcile-cashier";
import { systemClock } from "@pitboss/engine/kernel/context";
import { createLog } from "@pitboss/engine/kernel/log";
import pg from "pg";

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "1000000" },
    wrong: { type: "string", default: "1000" },
    help: { type: "boolean", default: false },
  },
});
if (values.help) {
  process.stdout.write("npm run bench:reconcile [-- --lines N, 1000000] [--wrong N of each kind, 1000]\n");
  process.exit(0);
}
const [lines, wrong] = [Number(values.lines), Number(values.wrong)];
const goalMs = 60_000;
const root = fileURLToPath(new URL("../..", import.meta.url));
const say = (text: string): void => void process.stderr.write(`${new Date().toISOString().slice(11, 19)}  ${text}\n`);

const server = await startPostgres({ dataDir: join(root, ".pitboss/bench-postgres") });
const url = new URL(server.url);
url.pathname = "/bench_reconcile";
await makeDatabase();
await fill(url.href);
const pool = createPool({ url: url.href, applicationName: "bench", max: 2, onError: () => undefined });
const desk = {
  db: createDatabase(pool),
  clock: systemClock,
  log: createLog("silent"),
  settlements: new Map(),
  bank: { banks: new Map() },
  lanes: { submit: () => Promise.reject(new Error("there is nothing left to post")) },
  objects: { put: () => Promise.resolve(), get: () => Promise.resolve(undefined), list: () => Promise.resolve([]) },
};
const day = new Date().toISOString().slice(0, 10);
const took: number[] = [];
for (const name of ["first", "second"]) {
  say(`${name} run`);
  const started = performance.now();
  const done = await reconcileCashier(desk, { countAlert: () => undefined }, { day, by: "bench", trigger: "PERSON" });
  took.push(performance.now() - started);
  if (!done.ok) throw new Error(`the run was refused: ${done.error.code}`);
  const { matched, found, open } = done.value;
  // Missing in a report, another amount, and settled twice.
  if (open !== wrong * 3) throw new Error(`${open} breaks are open, and ${wrong * 3} were made`);
  say(`${done.value.lines} records, ${matched} pairs agree, ${found} new breaks, ${open} open`);
}
await pool.end();
await server.stop();
const seconds = took.map((ms) => `${(ms / 1_000).toFixed(1)} s`).join(", then ");
process.stdout.write(
  `${lines} lines against ${lines} deposits on ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}: ${seconds}\n`,
);
if (Math.max(...took) > goalMs) process.exitCode = 1;

async function makeDatabase(): Promise<void> {
  const owner = new pg.Client({ connectionString: server.url });
  await owner.connect();
  await owner.query("DROP DATABASE IF EXISTS bench_reconcile");
  await owner.query("CREATE DATABASE bench_reconcile");
  await owner.end();
  await migrate(url.href);
}

async function fill(database: string): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  // Keys between tables and triggers are passed over: no player and no posting stands behind these deposits.
  await client.query("SET session_replication_role = replica");
  const steps: readonly (readonly [string, string])[] = [
    [
      "deposits",
      `INSERT INTO deposits (player_id, instrument_id, request_key, body_hash, request_id, trace_id, psp, method, currency,
                             amount, state, psp_reference, credited, psp_fee, transaction_id, checks, expires_at)
       SELECT n, n, md5('k' || n)::uuid, n, 'r' || n, md5('t' || n)::uuid, 'psp' || n % 4, 'CARD', 978, 1000 + n % 5000,
              'SETTLED', 'pi_' || md5(n::text), 1000 + n % 5000, 25,
              first_transaction_id_at(now() - interval '30 days' + n * interval '20 days' / ${lines}) + n, '[]', now()
         FROM generate_series(1, ${lines}) n`,
    ],
    [
      "reports",
      `INSERT INTO settlement_reports (psp, reference, currency, period_from, period_to, paid_out, paid_at, lines, gross, fees,
                                       reserve, sha256, object, imported_by, posted_at)
       SELECT 'psp' || p, 'po_' || p || '_' || d, 978, now() - interval '30 days', now(), 0, now() - interval '1 day', 0, 0, 0,
              0, repeat('0', 64), 'bench', 'bench', now()
         FROM generate_series(0, 3) p, generate_series(0, 24) d`,
    ],
    [
      "lines",
      `INSERT INTO settlement_lines (report_id, number, kind, psp, reference, ours, currency, gross, fee, booked_at)
       SELECT r.id, n, 'PAYMENT', 'psp' || n % 4, 'pi_' || md5(n::text), NULL, 978,
              1000 + n % 5000 - CASE WHEN n BETWEEN ${wrong + 1} AND ${2 * wrong} THEN 1 ELSE 0 END, 25,
              now() - interval '28 days' + n * interval '20 days' / ${lines}
         FROM generate_series(${wrong + 1}, ${lines}) n
         JOIN settlement_reports r ON r.reference = 'po_' || n % 4 || '_' || n / 4 % 25`,
    ],
    [
      "lines that come twice",
      `INSERT INTO settlement_lines SELECT report_id, number + ${lines}, kind, psp, reference, ours, currency, gross, fee,
              booked_at FROM settlement_lines WHERE number BETWEEN ${2 * wrong + 1} AND ${3 * wrong}`,
    ],
    ["statistics", "VACUUM (ANALYZE)"],
  ];
  for (const [what, statement] of steps) {
    say(what);
    await client.query(statement);
  }
  await client.end();
}
