/** The stream of simulated play as `npm start` runs it, against a real engine, hurried. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterEach, beforeEach, expect, test } from "vitest";
import { firstDepositRequest } from "./demo/demo-deposit.ts";
import { findLedgerFaults } from "./testing/check-ledger.ts";
import { type Casino, liveGame, numberOf, startCasino } from "./testing/start-casino.ts";

let casino: Casino;
let dataDir: string;
let play: ChildProcess | undefined;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "pitboss-play-"));
  casino = await startCasino();
  for (let index = 0; index < 47; index += 1) {
    const { playerId } = await casino.openPlayer();
    const deposited = await casino.call("POST", "/v1/demo/deposits", {
      token: casino.operatorKey,
      body: {
        requestId: firstDepositRequest(numberOf(playerId), "EUR"),
        playerId,
        amount: { amount: "500.00", currency: "EUR" },
      },
    });
    expect(deposited.status).toBe(200);
  }
});
afterEach(async () => {
  play?.kill("SIGKILL");
  await casino.close();
  await rm(dataDir, { recursive: true });
});

function startPlay(env: Record<string, string> = {}): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, [fileURLToPath(new URL("simulate-play.ts", import.meta.url))], {
    env: {
      ENGINE_URL: casino.url(),
      PITBOSS_OPERATOR_KEY: casino.operatorKey,
      PITBOSS_DATA_DIR: dataDir,
      PLAY_RATE: "100",
      PLAY_SPEED: "50",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (chunk: string) => void (text += chunk));
  play = child;
  return { child, output: () => text };
}

async function stopPlay(child: ChildProcess): Promise<number | null> {
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
  return child.exitCode;
}

/** How many there are of each thing that happened, by its name. */
async function happened(): Promise<Record<string, number>> {
  const { rows } = await casino.db.execute<{ what: string; count: number }>(sql`
    SELECT 'transaction ' || type AS what, count(*)::int FROM transactions GROUP BY type
    UNION ALL SELECT 'outcome ' || outcome, count(*)::int FROM bet_transitions GROUP BY outcome
    UNION ALL SELECT 'request ' || kind, count(*)::int FROM requests GROUP BY kind
    UNION ALL SELECT 'game ' || g.code, count(*)::int FROM bets b JOIN games g ON g.id = b.game_id GROUP BY g.code
    UNION ALL SELECT 'denial ' || code, count(*)::int FROM denials GROUP BY code`);
  return Object.fromEntries(rows.map(({ what, count }) => [what, count]));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await sleep(100);
}

async function openLiveBets(): Promise<number> {
  const { rows } = await casino.db.execute<{ count: number }>(sql`
    SELECT count(*)::int FROM bets b JOIN games g ON g.id = b.game_id
     WHERE g.code LIKE 'live%' AND b.stake > (
       SELECT coalesce(sum(settled_cash + settled_bonus), 0) FROM bet_transitions t WHERE t.bet_id = b.id)`);
  return rows[0]?.count ?? -1;
}

async function untilSeen(wanted: readonly string[]): Promise<void> {
  await until(async () => {
    const seen = await happened();
    return wanted.every((what) => (seen[what] ?? 0) > 0);
  });
}

async function leaveOnlyLiveGamesOpen(): Promise<void> {
  await casino.db.execute(sql`UPDATE games SET open = false WHERE code NOT LIKE 'live%'`);
}

test("real", async () => {
  for (const [code, name, category] of [
    ["pragm_live_blackjack", "Live Blackjack", "live"],
    ["pragm_sweet_orchard", "Sweet Orchard", "slots"],
  ] as const) {
    await casino.db.execute(
      sql`INSERT INTO games (provider_id, code, name, category, limits) SELECT provider_id, ${code}, ${name}, ${category}, limits FROM games WHERE code = ${liveGame}`,
    );
  }
  const t0 = Date.now();
  const { child, output } = startPlay({ PLAY_RATE: "8", PLAY_SPEED: "1" });
  await sleep(150_000);
  console.log(await happened());
  const { rows } = await casino.db.execute(
    sql`SELECT round_ref, count(*)::int n, count(DISTINCT player_id)::int players, sum(stake)::int FROM bets WHERE round_ref LIKE 'R-%' GROUP BY 1 ORDER BY n DESC LIMIT 12`,
  );
  console.log(rows);
  console.log(
    (await casino.db.execute(sql`SELECT selection, stake::int FROM bets ORDER BY id DESC LIMIT 8`)).rows.map((r) =>
      JSON.stringify(r),
    ),
  );
  console.log(await stopPlay(child));
  console.log(output());
  console.log(await openLiveBets(), await findLedgerFaults(casino.db));
}, 300_000);
