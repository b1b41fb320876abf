/** What an experiment's variants came to, against a count of the ledger's own rows in SQL. */
import { setTimeout as sleep } from "node:timers/promises";
import { insertExperiment, stopExperiment } from "@pitboss/db/catalog/lobby-experiment-store";
import { meanDifference, meanOf, shareDifference } from "@pitboss/domain/catalog/compare-variants";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { acceptedOf, depositEnvelope, placeBet, settleEnvelope, until } from "../ops/test-house.fixture.ts";
import { openTestReports, type TestReports } from "../reporting/test-reports.fixture.ts";
import { showVariant } from "./show-variant.ts";
import { readExperiment } from "./staff/show-lobby-experiment.ts";

let house: TestReports;
const players: bigint[] = [];
const variants = [
  { code: "plain", weight: 1, order: "NAME" as const, categories: [], tags: [] },
  { code: "live-first", weight: 2, order: "NEWEST" as const, categories: ["live"], tags: [] },
];

beforeAll(async () => {
  house = await openTestReports();
  const { rows } = await house.db.execute<{ id: string }>(
    sql`INSERT INTO staff (email, name, status, password_hash) VALUES ('a@example.test', 'Ada', 'ACTIVE', 'x') RETURNING id`,
  );
  const by = BigInt(rows[0]?.id ?? 0);
  await insertExperiment(house.db, { code: "order", name: "Order", variants, by, at: new Date() });
  const lanes = house.openLanes();
  await until(() => lanes.up());
  async function play(playerId: bigint, round: string, stake: bigint, payout: bigint, currency: "EUR" | "USD" = "EUR") {
    const bet = { betId: await placeBet(lanes, house, { playerId, round, stake, currency }) };
    const outcome = payout > 0n ? ("WIN" as const) : ("LOSE" as const);
    acceptedOf(await lanes.submit(settleEnvelope(house, { playerId, round, results: [{ bet, outcome, payout }] })));
  }
  for (let index = 0; index < 24; index += 1) {
    const playerId = await house.addPlayer("MT");
    players.push(playerId);
    await lanes.submit(depositEnvelope(playerId, 100_000n));
    await lanes.submit(depositEnvelope(playerId, 100_000n, "USD"));
    // What came before the exposure is not the variant's.
    await play(playerId, `before-${index}`, 5_000n, 0n);
  }
  await sleep(20);
  const trace = "0af7651916cd43dd8448eb211c80319c";
  // The last four never look, and each of the others looks three times, twice at once.
  for (const playerId of players.slice(0, 20)) {
    const look = () => showVariant(house.deps, playerId, trace);
    await Promise.all([look(), look()]);
    await look();
  }
  await sleep(20);
  for (const [index, playerId] of players.entries()) {
    if (index % 3 === 0) continue;
    await play(playerId, `after-${index}`, BigInt(1_000 + index * 37), index % 4 === 0 ? 3_000n : 0n);
    await play(playerId, `dollars-${index}`, BigInt(500 + index), 0n, "USD");
  }
  await sleep(20);
  await stopExperiment(house.db, "order", new Date());
  await sleep(20);
  for (const [index, playerId] of players.entries()) await play(playerId, `late-${index}`, 9_000n, 0n);
  await house.caughtUp();
});
afterAll(() => house.close());

interface Counted {
  readonly [column: string]: unknown;
  readonly variant: string;
  readonly player: string;
  readonly bets: string;
  readonly stakes: string;
  readonly ggr: string;
}

async function countLedger(): Promise<Counted[]> {
  const { rows } = await house.db.execute<Counted>(sql`
    SELECT x.variant, x.player_id::text AS player, count(DISTINCT m.bet)::text AS bets,
           coalesce(sum(m.amount * m.factor) FILTER (WHERE m.type = 3), 0)::text AS stakes,
           coalesce(sum(m.amount * m.factor), 0)::text AS ggr
      FROM lobby_exposures x
      JOIN lobby_experiments e ON e.id = x.experiment_id
      LEFT JOIN (
        SELECT t.player_id, t.type, transaction_time(t.id) AS at, t.reference AS bet, p.available + p.held AS amount, r.factor
          FROM transactions t
          JOIN postings p ON p.transaction_id = t.id
          JOIN wallets w ON w.id = p.wallet_id AND w.kind = 10
          JOIN (VALUES (978, 'EUR'), (840, 'USD')) c (number, code) ON c.number = p.currency
          JOIN report_rates r ON r.currency = c.code AND r.reporting = 'EUR'
               AND r.day = (transaction_time(t.id) AT TIME ZONE 'UTC')::date
         WHERE t.type IN (3, 4)) m
        ON m.player_id = x.player_id AND m.at >= x.exposed_at AND m.at < e.stopped_at
     GROUP BY 1, 2`);
  return rows;
}

test("each player is exposed once, however often and at once they look, and who never looked is not", async () => {
  const { rows } = await house.db.execute<{ player: string; times: string }>(sql`
    SELECT event->>'playerId' AS player, count(*)::text AS times
      FROM outbox, jsonb_array_elements(events) AS event WHERE event->>'type' = 'lobby.exposed' GROUP BY 1`);
  expect(rows).toHaveLength(20);
  expect(rows.every(({ times }) => times === "1")).toBe(true);
});

test("players, bets, stakes, GGR and their intervals are the ledger's", async () => {
  const counted = await countLedger();
  const { results, unrated } = await readExperiment(house.deps, "order");
  expect(unrated).toEqual([]);
  expect(counted).toHaveLength(20);
  const samples = variants.map(({ code }) => {
    const own = counted.filter(({ variant }) => variant === code);
    const ggrs = own.map(({ ggr }) => Number(ggr));
    const sample = {
      players: own.length,
      bettors: own.filter(({ bets }) => bets !== "0").length,
      sum: ggrs.reduce((a, b) => a + b, 0),
      squares: ggrs.reduce((a, b) => a + b * b, 0),
    };
    const stakes = own.reduce((sum, row) => sum + Number(row.stakes), 0);
    return { ...sample, stakes, bets: own.reduce((sum, { bets }) => sum + Number(bets), 0) };
  });
  const euros = (minor: number): string => formatMinor(BigInt(Math.round(minor)), "EUR");
  for (const [index, sample] of samples.entries()) {
    expect(sample.bettors).toBeGreaterThan(0);
    expect(results[index]).toMatchObject({
      variant: variants[index]?.code,
      players: String(sample.players),
      bettors: String(sample.bettors),
      bets: String(sample.bets),
      stakes: euros(sample.stakes),
      ggr: euros(sample.sum),
    });
    const mean = meanOf(sample);
    expect(Number(results[index]?.ggrPerPlayer?.low)).toBeCloseTo((mean?.low ?? Number.NaN) / 100, 1);
    expect(Number(results[index]?.ggrPerPlayer?.high)).toBeCloseTo((mean?.high ?? Number.NaN) / 100, 1);
  }
  const [plain, live] = samples;
  if (plain === undefined || live === undefined) throw new Error("there are two variants");
  expect(Number(results[1]?.ggrDifference?.low)).toBeCloseTo((meanDifference(live, plain)?.low ?? Number.NaN) / 100, 1);
  expect(Number(results[1]?.conversionDifference?.high)).toBeCloseTo(
    shareDifference(live, plain)?.high ?? Number.NaN,
    5,
  );
  expect(results[0]?.ggrDifference).toBeNull();
});
