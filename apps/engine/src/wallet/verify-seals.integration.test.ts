import { readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { openSession, type Session } from "@pitboss/db/kernel/session";
import { listPostingsBetween, summarizePostings } from "@pitboss/db/wallet/read-sealed";
import { findLastSeal } from "@pitboss/db/wallet/seal-store";
import { type SQL, sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { createSteadySession, type SteadySession } from "../ops/steady-session.ts";
import { type Casino, numberOf, startCasino, type TestPlayer } from "../testing/start-casino.ts";
import { verifySeals } from "./verify-seals.ts";

let casino: Casino;
let player: TestPlayer;
let session: SteadySession;
beforeAll(async () => {
  casino = await startCasino();
  session = createSteadySession({ databaseUrl: casino.databaseUrl, applicationName: "test-seals" });
});
afterAll(async () => {
  await session.close();
  await casino.close();
});
beforeEach(async () => {
  player = await casino.openPlayer({ EUR: "100.00" });
});

const verify = (after = 0n) => verifySeals({ db: casino.db, session }, after);

/** The newest transaction of the player. */
async function newestOf({ playerId }: TestPlayer): Promise<bigint> {
  const { rows } = await casino.db.execute<{ id: string }>(
    sql`SELECT max(id) AS id FROM transactions WHERE player_id = ${numberOf(playerId)}`,
  );
  return BigInt(rows[0]?.id ?? 0);
}

async function sealedTo(): Promise<bigint> {
  return BigInt((await findLastSeal(casino.db))?.toPosition ?? 0);
}

async function head(): Promise<bigint> {
  const { rows } = await casino.db.execute<{ head: string }>(sql`SELECT max(position) AS head FROM outbox`);
  return BigInt(rows[0]?.head ?? 0);
}

async function unsealed(): Promise<number> {
  const { rows } = await casino.db.execute<{ count: string }>(
    sql`SELECT count(*) FROM outbox WHERE position IS NULL OR position > ${await sealedTo()}`,
  );
  return Number(rows[0]?.count);
}

const allSealed = () => expect.poll(unsealed, { timeout: 20_000 }).toBe(0);

/** As the database's owner, with every guard off: whoever can do this can change anything. */
async function asIntruder(...statements: readonly SQL[]): Promise<void> {
  await casino.db.transaction(async (tx) => {
    await tx.execute(sql`SET LOCAL ROLE NONE`);
    await tx.execute(sql`SET LOCAL session_replication_role = replica`);
    for (const statement of statements) await tx.execute(statement);
  });
}

test("a long run of batches that were refused whole does not stop the sealer", async () => {
  await allSealed();
  await casino.stopEngine();
  const from = await head();
  await asIntruder(sql`
    INSERT INTO outbox (batch, position, transactions)
    SELECT (SELECT max(batch) FROM outbox) + n, ${from} + n, 0 FROM generate_series(1, 3000) AS n`);
  const other = await (async () => {
    await casino.restart();
    return casino.openPlayer({ EUR: "5.00" });
  })();
  expect(await newestOf(other)).toBeGreaterThan(0n);
  await allSealed();
  expect(await sealedTo()).toBeGreaterThan(from + 3000n);
  expect(await verify()).toMatchObject({ done: true });
  expect((await verify()).broken).toBeUndefined();
});

test("seals that were stored and not published are published when an engine starts", async () => {
  await allSealed();
  const last = BigInt((await findLastSeal(casino.db))?.number ?? 0);
  expect(last).toBeGreaterThan(1n);
  await casino.stopEngine();
  const folder = join(casino.dataDir, "objects", "seals");
  const name = (number: bigint): string => `${number.toString().padStart(10, "0")}.json`;
  for (const number of [last - 1n, last]) rmSync(join(folder, name(number)));
  await casino.restart();
  await casino.openPlayer({ EUR: "1.00" });
  await expect
    .poll(() => readdirSync(folder), { timeout: 20_000 })
    .toEqual(expect.arrayContaining([name(last - 1n), name(last), name(last + 1n)]));
});

test("a posting that somebody added to another player's wallet within a sealed transaction is found", async () => {
  const other = await casino.openPlayer({ EUR: "1.00" });
  await allSealed();
  expect((await verify()).broken).toBeUndefined();
  const id = await newestOf(player);
  await asIntruder(sql`
    INSERT INTO postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)
    SELECT id, ${id}::bigint, 50000, 0, available + 50000, 0, currency FROM wallets WHERE player_id = ${numberOf(other.playerId)}`);
  expect((await verify()).broken?.step).toBe("root");
  await asIntruder(sql`DELETE FROM postings WHERE transaction_id = ${id} AND available = 50000`);
  expect((await verify()).broken).toBeUndefined();
});

test("a transaction that somebody added beside every batch is found, and a check goes on where one ended", async () => {
  await allSealed();
  const id = await newestOf(player);
  const first = await verify();
  expect(await verify(first.upTo)).toMatchObject({ seals: 0, done: true });
  await asIntruder(sql`
    INSERT INTO transactions (id, player_id, trace_id, type)
    SELECT id - 1024, player_id, trace_id, type FROM transactions WHERE id = ${id}`);
  expect((await verify()).broken?.step).toMatch(/^no seal can cover tx_/);
  await asIntruder(sql`DELETE FROM transactions WHERE id = ${id - 1024n}`);
});

test("postings of a stretch are found by their summary, however many there are beside it", async () => {
  const id = await newestOf(player);
  await asIntruder(sql`
    INSERT INTO postings (wallet_id, transaction_id, available, held, available_after, held_after, currency)
    SELECT 1000000 + n % 1000, ${id}::bigint + 1024 + n, 1, 0, 1, 0, 978 FROM generate_series(1, 300000) AS n`);
  const open: Session = await openSession({ url: casino.databaseUrl, applicationName: "test-plan" });
  await summarizePostings(open);
  await open.client.query("SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off");
  await open.client.query(`PREPARE between AS ${listPostingsBetween.text}`);
  const bounds = `${id + 101_024n}, ${id + 102_024n}`;
  const { rows } = await open.client.query<{ "QUERY PLAN": string }>(`EXPLAIN (ANALYZE) EXECUTE between(${bounds})`);
  const plan = rows.map((row) => row["QUERY PLAN"]).join("\n");
  await open.close();
  expect(plan).toMatch(/Bitmap Heap Scan on postings_/);
  // Sixteen pages, or a little more, are looked through for a thousand rows.
  expect(Number(/Rows Removed by Index Recheck: (\d+)/.exec(plan)?.[1] ?? 0)).toBeLessThan(10_000);
  await asIntruder(sql`DELETE FROM postings WHERE wallet_id >= 1000000`);
});
