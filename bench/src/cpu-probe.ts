import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { startPostgres } from "@pitboss/db/embedded/start-postgres";
import { openLanes } from "./lanes-alone.ts";
import { runLoad } from "./load.ts";
import { makeWorld } from "./world.ts";
import pg from "pg";
const root = fileURLToPath(new URL("../..", import.meta.url));
const server = await startPostgres({ dataDir: join(root, ".pitboss/bench-postgres") });
const world = await makeWorld(server.url, "probe", 10_000, 0);
const c = new pg.Client({ connectionString: world.url });
await c.connect();
await c.query("create extension if not exists pg_stat_statements");
const cpu = () => {
  const m = new Map<string, number>();
  for (const p of readdirSync("/proc")) {
    if (!/^\d+$/.test(p)) continue;
    try {
      const cmd = readFileSync(`/proc/${p}/cmdline`, "utf8");
      const t = readFileSync(`/proc/${p}/stat`, "utf8");
      if (!cmd.startsWith("postgres:")) continue;
      const f = t.slice(t.lastIndexOf(")") + 2).split(" ");
      const k = cmd.replaceAll("\0", " ").slice(0, 60);
      m.set(k + p, Number(f[11]) + Number(f[12]));
    } catch {}
  }
  return m;
};
const alone = await openLanes(world, Number(process.argv[2] ?? 2));
await runLoad({ inFlight: 256, seconds: 2, warmUpSeconds: 2 }, () => alone.place());
await c.query("select pg_stat_statements_reset()");
const before = cpu();
const own = process.cpuUsage();
const r = await runLoad({ inFlight: Number(process.argv[3] ?? 256), seconds: 6, warmUpSeconds: 0 }, () =>
  alone.place(),
);
const o = process.cpuUsage(own);
const after = cpu();
console.log(
  "rate",
  r.perSecond.toFixed(0),
  "p99",
  r.p99Ms.toFixed(1),
  "node us/bet",
  ((o.user + o.system) / r.done).toFixed(1),
);
let sum = 0;
for (const [k, v] of after) {
  const d = v - (before.get(k) ?? v);
  if (d > 0) {
    sum += d;
    console.log("  ", k, ((d * 10000) / r.done).toFixed(1), "us/bet");
  }
}
console.log("pg total", ((sum * 10000) / r.done).toFixed(1), "us/bet");
console.table(
  (
    await c.query(
      `select left(query,50) q, calls, round(total_exec_time::numeric/${r.done}*1000,2) us from pg_stat_statements order by total_exec_time desc limit 9`,
    )
  ).rows,
);
await alone.stop();
await c.end();
await server.stop();
