import { spawnSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createFileObjects } from "../ops/objects/file-objects.ts";
import { createSteadySession, type SteadySession } from "../ops/steady-session.ts";
import { type Answer, type Casino, liveGame, startCasino, type TestPlayer } from "../testing/start-casino.ts";
import { verifySeals } from "./verify-seals.ts";

const verifier = fileURLToPath(new URL("../../../../docs/verify/verify-receipt.mjs", import.meta.url));

let casino: Casino;
let player: TestPlayer;
let session: SteadySession;

beforeAll(async () => {
  casino = await startCasino();
  player = await casino.openPlayer({ EUR: "100.00" });
  session = createSteadySession({ databaseUrl: casino.databaseUrl, applicationName: "test-seals" });
});
afterAll(async () => {
  await session.close();
  await casino.close();
});

async function placeBet(): Promise<string> {
  const placed = await casino.call("POST", "/v1/bets/place", {
    token: player.token,
    body: {
      requestId: randomUUID(),
      playerId: player.playerId,
      roundId: randomUUID(),
      gameId: liveGame,
      selection: [{ market: "straight", value: "17" }],
      stake: { amount: "1.00", currency: "EUR" },
    },
  });
  expect(placed.status).toBe(200);
  return String(placed.body["betId"]);
}

/** Waits for the sealer, which works on its own thread every two seconds. */
async function receiptOf(betId: string): Promise<Answer> {
  for (let tries = 0; tries < 200; tries += 1) {
    const receipt = await casino.call("GET", `/v1/bets/${betId}/receipt`, { token: player.token });
    if (receipt.status !== 404) return receipt;
    expect(receipt.body["code"]).toBe("RECEIPT_NOT_READY");
    await sleep(100);
  }
  throw new Error("the bet was not sealed in 20 s");
}

function verifyOffline(receipt: object, keys: object): { status: number | null; output: string } {
  const [receiptFile, keyFile] = [join(casino.dataDir, "receipt.json"), join(casino.dataDir, "jwks.json")];
  writeFileSync(receiptFile, JSON.stringify(receipt));
  writeFileSync(keyFile, JSON.stringify(keys));
  const run = spawnSync(process.execPath, [verifier, receiptFile, "--key", keyFile], { encoding: "utf8" });
  return { status: run.status, output: run.stdout + run.stderr };
}

test("a bet's receipt is checked offline, and a changed one is refused", async () => {
  const receipt = await receiptOf(await placeBet());
  expect(receipt.status).toBe(200);
  const keys = (await casino.call("GET", "/v1/seals/jwks.json")).body;
  expect(verifyOffline(receipt.body, keys)).toMatchObject({ status: 0 });
  const changed = JSON.parse(JSON.stringify(receipt.body)) as { transaction: { references: { selection: string } } };
  expect(changed.transaction.references.selection).toContain("17");
  changed.transaction.references.selection = changed.transaction.references.selection.replace("17", "18");
  expect(verifyOffline(changed, keys)).toMatchObject({ status: 1 });
});

test("a stranger does not get a receipt", async () => {
  const betId = await placeBet();
  const stranger = await casino.openPlayer();
  const answer = await casino.call("GET", `/v1/bets/${betId}/receipt`, { token: stranger.token });
  expect(answer.status).toBe(404);
  expect(answer.body["code"]).toBe("BET_NOT_FOUND");
});

test("seals are published beside the database, and events lie in the archive by the hour", async () => {
  await receiptOf(await placeBet());
  const objects = createFileObjects(join(casino.dataDir, "objects"));
  expect(existsSync(join(casino.dataDir, "objects", "seals", "0000000001.json"))).toBe(true);
  let names: string[] = [];
  for (let tries = 0; names.length === 0 && tries < 200; tries += 1) {
    names = await objects.list("events/");
    await sleep(100);
  }
  expect(names[0]).toMatch(/^events\/\d{4}\/\d{2}\/\d{2}\/\d{2}\/\d{19}\.ndjson\.gz$/);
  const lines = gunzipSync((await objects.get(names[0] ?? "")) ?? "")
    .toString()
    .trim()
    .split("\n");
  expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toContain("deposit.credited");
});

test("a row that somebody changed in the database is found", async () => {
  const betId = await placeBet();
  await receiptOf(betId);
  const whole = await verifySeals({ db: casino.db, session }, 0n);
  expect(whole.broken).toBeUndefined();
  expect(whole.transactions).toBeGreaterThanOrEqual(2);
  const owner = new pg.Client({ connectionString: casino.databaseUrl });
  await owner.connect();
  await owner.query("SET session_replication_role = replica");
  await owner.query(
    "UPDATE postings SET available = available - 1, available_after = available_after - 1 WHERE held > 0",
  );
  await owner.end();
  const broken = await verifySeals({ db: casino.db, session }, 0n);
  expect(broken.broken?.step).toBe("root");
});
