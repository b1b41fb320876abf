/**
 * `npm run simulate:rounds -- --rounds N`: a provider's day of many rounds, some of them out of order, played over HTTP by a
 * process that is killed and resumed, and compared with its daily file. Ends with 1 where anything differs that should not,
 * or a fault that was put into the file is not found.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createDatabase, createPool } from "@pitboss/db/kernel/pool";
import { listBreaks } from "@pitboss/db/ops/break-store";
import { openBreakStates } from "@pitboss/domain/ops/breaks/break-machine";
import { openDemoProviders } from "../../demo/open-demo-providers.ts";
import { importRoundFile, readFile, scopeOf } from "../../gaming/reconciliation/reconcile-day.ts";
import { createDataVault } from "../../identity/keys/data-vault.ts";
import { openLocalKeyService } from "../../identity/keys/local-key-service.ts";
import { systemClock } from "../../kernel/context.ts";
import { createLog } from "../../kernel/log.ts";
import { createFileObjects } from "../../ops/objects/file-objects.ts";
import { startEngineProcess } from "../engine-process.ts";
import { openOwnPostgres } from "../own-postgres.ts";
import { openSmallCasino, type SmallCasino } from "../small-casino.ts";
import { playDay, type ProviderDay } from "./play-day.ts";
import { type Compared, proveDay } from "./prove-day.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "10000" },
    disorder: { type: "string", default: "5" },
    faults: { type: "string", default: "200" },
    dialect: { type: "string", default: "hub88" },
    seed: { type: "string", default: "day" },
  },
});
const playerCount = 40;
const startingCash = 100_000_000n;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

function count(name: "rounds" | "disorder" | "faults", least: number): number {
  const number = Number(values[name]);
  if (Number.isSafeInteger(number) && number >= least) return number;
  say(`--${name} is a whole number of at least ${least}, and "${values[name]}" is none.`);
  process.exit(2);
}

const plan = { rounds: count("rounds", 40), disorderPercent: count("disorder", 0), faults: count("faults", 1) };
const parent = fileURLToPath(new URL("../../../../../.pitboss/simulation", import.meta.url));
mkdirSync(parent, { recursive: true });
const folder = mkdtempSync(join(parent, "rounds-"));
const postgres = await openOwnPostgres(join(folder, "postgres"));
try {
  process.exitCode = await prove();
} finally {
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

async function prove(): Promise<number> {
  const casino = await openSmallCasino(postgres.url(), { players: playerCount, cash: startingCash });
  const pool = createPool({ url: postgres.url(), applicationName: "rounds", max: 4, onError: () => undefined });
  const db = createDatabase(pool);
  const keys = await openLocalKeyService({ path: join(folder, "keys", "master-keys.json"), production: false });
  const limits = { EUR: { min: "0.10", max: "1000.00" } };
  const opened = await openDemoProviders(db, createDataVault(db, keys), limits);
  const provider = opened.find(({ dialect }) => dialect === values.dialect);
  if (provider === undefined) {
    say(`--dialect is one of ${opened.map(({ dialect }) => dialect).join(", ")}.`);
    return 2;
  }
  const engine = await startEngineProcess({ databaseUrl: postgres.url(), dataDir: folder });
  try {
    const players = await openSessions(engine.url, casino, provider.game);
    const kills = [Math.floor(plan.rounds / 4), Math.floor(plan.rounds / 2)];
    const day: ProviderDay = { provider, engineUrl: engine.url, players, folder, seed: values.seed, kills, ...plan };
    const began = performance.now();
    const lines = await playDay(day);
    const seconds = (performance.now() - began) / 1_000;
    say(`${plan.rounds} rounds in ${seconds.toFixed(1)} s, the provider killed ${kills.length} times on the way`);
    const findings = await proveDay(day, lines, plan.faults, (file) => compare(db, provider.provider, file));
    for (const { step, expected, got } of findings) {
      say(`${step}: expected ${JSON.stringify(expected)}, got ${JSON.stringify(got)}`);
    }
    if (findings.length > 0) return 1;
    process.stdout.write(
      `${JSON.stringify({ ...plan, dialect: values.dialect, seed: values.seed, breaks: 0, found: plan.faults })}\n`,
    );
    return 0;
  } finally {
    await engine.stop();
    await pool.end();
  }
}

async function openSessions(engineUrl: string, casino: SmallCasino, gameId: string): Promise<ProviderDay["players"]> {
  const players: { playerId: string; session: string }[] = [];
  for (const { publicId: playerId } of casino.players) {
    const response = await fetch(`${engineUrl}/v1/game-sessions`, {
      method: "POST",
      headers: { authorization: `Bearer ${casino.operatorKey}`, "content-type": "application/json" },
      body: JSON.stringify({ playerId, gameId, currency: "EUR" }),
    });
    const { token } = (await response.json()) as { token?: string };
    if (token === undefined) throw new Error(`no session was opened: ${response.status}`);
    players.push({ playerId, session: token });
  }
  return players;
}

async function compare(
  db: ReturnType<typeof createDatabase>,
  provider: string,
  lines: readonly string[],
): Promise<Compared> {
  const deps = {
    db,
    clock: systemClock,
    log: createLog("silent"),
    objects: createFileObjects(join(folder, "objects")),
  };
  const day = new Date().toISOString().slice(0, 10);
  const given = { provider, day, format: "csv", text: lines.join("\n") } as const;
  const read = await readFile(deps, given);
  if (!read.ok) throw new Error(`the file can't be read: ${read.error.detail ?? read.error.code}`);
  const started = { by: "job:simulate-rounds", trigger: "IMPORT" } as const;
  const run = await importRoundFile(deps, { countAlert: () => undefined }, given, read.value, started);
  if (!run.ok) throw new Error(`the file was not compared: ${run.error.code}`);
  const { state, matched, open, cleared } = run.value;
  const scope = scopeOf(provider, day);
  const breaks = await listBreaks(db, { source: "provider", scope, states: openBreakStates, limit: 1_000_000 });
  return {
    state,
    matched: Number(matched),
    open,
    cleared,
    breaks: breaks.map(({ type, subject }) => `${type} ${String(subject["roundId"] ?? "")}`),
  };
}
