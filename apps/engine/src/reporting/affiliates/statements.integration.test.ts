/** Statements from a real column store, against what the ledger itself says in SQL; and what becomes of them when days are restated. */
import { insertAffiliate, insertPlan } from "@pitboss/db/reporting/affiliate-store";
import { insertAttribution } from "@pitboss/db/reporting/attribution-store";
import { listVersions, type StatementRecord } from "@pitboss/db/reporting/affiliate-statement-store";
import { affiliatePlan } from "@pitboss/domain/reporting/affiliates/plan";
import { deductions } from "@pitboss/domain/reporting/figures";
import { figuresInput } from "@pitboss/domain/reporting/report-contract";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { jobActing } from "../../audit/acting.ts";
import { quiet } from "../../ops/test-house.fixture.ts";
import { setCharges } from "../charges/set-charges.fixture.ts";
import { closeNextDay } from "../days/close-day.ts";
import { readFigures } from "../figures/show-figures.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { makeDueStatements, makeStatement } from "./make-statement.ts";

let house: TestReports;
let affiliateId: bigint;
let ours: bigint[];
const acting = jobActing("test");
const month = new Date().toISOString().slice(0, 7);

const plan = affiliatePlan.parse({
  monthlyFee: null,
  cpa: { amount: "40", minDeposit: "200", minTurnover: "1", withinDays: 30 },
  share: {
    tiers: [{ from: "0", rate: "0.3" }],
    mode: "WHOLE",
    carryOver: true,
    basis: "total",
    deductions: ["bonus", "jackpot", "chargeback"],
    adminRate: "0",
  },
});

/** The house as it is some weeks from now, when the month is over. */
function later() {
  return { ...house.deps, log: quiet, clock: { now: () => Date.now() + 40 * 86_400_000 } };
}

async function closeAll(): Promise<void> {
  await house.caughtUp();
  while (await closeNextDay(later()));
}

/** The months after it are over by then as well, and follow from it. */
async function makeAll(): Promise<void> {
  let made = 0;
  while (await makeDueStatements(later())) made += 1;
  expect(made).toBeGreaterThan(0);
}

beforeAll(async () => {
  house = await openTestReports();
  await playAtRandom(house, house.openLanes(), { seed: 21, players: 8, bets: 90 });
  const { rows } = await house.db.execute<{ id: string }>(sql`SELECT id FROM players ORDER BY id`);
  ours = rows.slice(0, 5).map(({ id }) => BigInt(id));
  const made = await insertAffiliate(house.db, {
    name: "Testers",
    email: "a@example.com",
    leastPayment: 0n,
    createdBy: "test",
  });
  affiliateId = made ?? 0n;
  await insertPlan(house.db, affiliateId, { fromMonth: month, plan, actor: "test", reason: "A test" });
  for (const playerId of ours) {
    await insertAttribution(house.db, {
      playerId,
      since: new Date(Date.parse(`${month}-01`)),
      affiliateId,
      code: null,
      clickId: null,
      source: "STAFF",
      actor: "test",
      reason: "A test",
    });
  }
});
afterAll(() => house.close());

test("a month whose days are not all tied has no statement", async () => {
  expect(await makeStatement(later(), affiliateId, month, acting, "Too early")).toMatchObject({
    ok: false,
    error: { code: "STATEMENT_NOT_READY" },
  });
});

interface Net {
  readonly ggr: bigint;
  readonly net: bigint;
}

/** What the players brought, straight from postings: nothing of events or facts is in it. Each amount at its day's rate. */
async function fromLedger(): Promise<Net> {
  const { rows } = await house.db.execute<{ ggr: string; bonus: string; jackpot: string; chargeback: string }>(sql`
    WITH moved AS (
      SELECT t.type, w.kind, (p.available + p.held) * r.factor AS amount
        FROM transactions t JOIN postings p ON p.transaction_id = t.id JOIN wallets w ON w.id = p.wallet_id
        JOIN report_rates r ON r.reporting = 'EUR' AND r.day = (transaction_time(t.id) AT TIME ZONE 'UTC')::date
         AND r.currency = CASE w.currency WHEN 978 THEN 'EUR' WHEN 840 THEN 'USD' WHEN 392 THEN 'JPY' END
       WHERE t.player_id = ANY(${`{${ours.join(",")}}`}::bigint[])
    )
    SELECT round(coalesce(sum(amount) FILTER (WHERE (type IN (3, 4, 22) AND kind = 10) OR (type = 19 AND kind = 19)), 0)) AS ggr,
           coalesce(sum(amount) FILTER (WHERE type = 10 AND kind = 2), 0)
             - coalesce(sum(amount) FILTER (WHERE type IN (11, 12) AND kind = 12), 0) AS bonus,
           coalesce(sum(amount) FILTER (WHERE type IN (13, 24) AND kind = 13), 0) AS jackpot,
           coalesce(-sum(amount) FILTER (WHERE type IN (16, 17) AND kind = 15), 0) AS chargeback
      FROM moved`);
  const { rows: sums } = await house.db.execute<{ net: string }>(sql`
    WITH moved AS (
      SELECT t.type, w.kind, (p.available + p.held) * r.factor AS amount
        FROM transactions t JOIN postings p ON p.transaction_id = t.id JOIN wallets w ON w.id = p.wallet_id
        JOIN report_rates r ON r.reporting = 'EUR' AND r.day = (transaction_time(t.id) AT TIME ZONE 'UTC')::date
         AND r.currency = CASE w.currency WHEN 978 THEN 'EUR' WHEN 840 THEN 'USD' WHEN 392 THEN 'JPY' END
       WHERE t.player_id = ANY(${`{${ours.join(",")}}`}::bigint[])
    )
    SELECT round(coalesce(sum(CASE
             WHEN (type IN (3, 4, 22) AND kind = 10) OR (type = 19 AND kind = 19) THEN amount
             WHEN type = 10 AND kind = 2 THEN -amount
             WHEN type IN (11, 12) AND kind = 12 THEN amount
             WHEN type IN (13, 24) AND kind = 13 THEN -amount
             WHEN type IN (16, 17) AND kind = 15 THEN amount END), 0)) AS net FROM moved`);
  return { ggr: BigInt(rows[0]?.ggr ?? 0), net: BigInt(sums[0]?.net ?? 0) };
}

function figureOf(record: StatementRecord | undefined, name: string): unknown {
  return (record?.body["figures"] as Record<string, unknown> | undefined)?.[name];
}

test("a statement says what the ledger says of exactly the affiliate's players", async () => {
  await closeAll();
  await makeAll();
  const [made] = await listVersions(house.db, affiliateId, month);
  const { ggr, net } = await fromLedger();
  expect(ggr).not.toBe(0n);
  expect(made).toMatchObject({ version: 1, body: { figures: { players: 5 } } });
  expect(figureOf(made, "ggr")).toBe(formatMinor(ggr, "EUR"));
  expect(figureOf(made, "ngr")).toBe(formatMinor(net, "EUR"));
  const { rows } = await house.db.execute<{ id: string }>(sql`
    SELECT DISTINCT ON (t.player_id) t.player_id AS id FROM transactions t JOIN postings p ON p.transaction_id = t.id
      JOIN wallets w ON w.id = p.wallet_id AND w.kind = 1
     WHERE t.type = 1 AND t.player_id = ANY(${`{${ours.join(",")}}`}::bigint[]) ORDER BY t.player_id, t.id`);
  expect(figureOf(made, "firstDeposits")).toBe(rows.length);
});

test("made again of the same days it is the same, and stays one version", async () => {
  const [before] = await listVersions(house.db, affiliateId, month);
  const again = await makeStatement(later(), affiliateId, month, acting, "To be sure");
  expect(again).toMatchObject({ ok: true, value: { id: before?.id, hash: before?.hash } });
  expect(await listVersions(house.db, affiliateId, month)).toHaveLength(1);
});

test("late events restate it: another version takes the place of the one that was open, and both stay to be seen", async () => {
  const [first] = await listVersions(house.db, affiliateId, month);
  const lanes = house.openLanes();
  await playAtRandom(house, lanes, { seed: 22, players: 2, bets: 30 });
  const { rows } = await house.db.execute<{ id: string }>(sql`SELECT id FROM players ORDER BY id DESC LIMIT 2`);
  for (const { id } of rows) {
    ours.push(BigInt(id));
    await insertAttribution(house.db, {
      playerId: BigInt(id),
      since: new Date(Date.parse(`${month}-01`)),
      affiliateId,
      code: null,
      clickId: null,
      source: "STAFF",
      actor: "test",
      reason: "A test",
    });
  }
  await closeAll();
  await makeAll();
  const versions = await listVersions(house.db, affiliateId, month);
  expect(versions.map(({ version }) => version)).toEqual([2, 1]);
  expect(versions[1]).toMatchObject({ state: "REPLACED", hash: first?.hash });
  expect(figureOf(versions[0], "ngr")).toBe(formatMinor((await fromLedger()).net, "EUR"));
  expect(figureOf(versions[0], "players")).toBe(7);
});

/** Where an affiliate has all of the house's players, its net revenue is the house's, which other tests hold to the ledger. */
test("a plan takes off fees and taxes as reports do, and a fee that is approved later makes another statement", async () => {
  await setCharges(house.url, [
    ["PROVIDER_FEE", "testers", 1, `${month}-01`, "GGR", 123_456],
    ["TAX", "DEFAULT", 1, "2020-01-01", "STAKES_CASH", 10_001],
  ]);
  const all = await insertAffiliate(house.db, {
    name: "All",
    email: "b@example.com",
    leastPayment: 0n,
    createdBy: "test",
  });
  const share = plan.share === null ? null : { ...plan.share, deductions: [...deductions] };
  const whole = { ...plan, cpa: null, share };
  await insertPlan(house.db, all ?? 0n, { fromMonth: month, plan: whole, actor: "test", reason: "A test" });
  const { rows: players } = await house.db.execute<{ id: string }>(sql`SELECT id FROM players ORDER BY id`);
  for (const { id } of players) {
    await insertAttribution(house.db, {
      playerId: BigInt(id),
      since: new Date(Date.parse(`${month}-01`) + 1),
      affiliateId: all ?? 0n,
      code: null,
      clickId: null,
      source: "STAFF",
      actor: "test",
      reason: "A test",
    });
  }
  const compare = async (version: number): Promise<void> => {
    await makeAll();
    const [made] = await listVersions(house.db, all ?? 0n, month);
    const input = figuresInput.parse({ from: `${month}-01`, to: new Date().toISOString().slice(0, 10), by: [] });
    const [total] = (await readFigures(house.deps, input)).totals;
    expect(made?.version).toBe(version);
    for (const name of ["ggr", "paymentFees", "providerFees", "tax", "ngr"] as const) {
      expect(figureOf(made, name)).toBe(total?.[name]);
      if (name !== "ngr") expect(total?.[name]).not.toBe("0.00");
    }
  };
  await compare(1);
  await setCharges(house.url, [["PROVIDER_FEE", "testers", 2, `${month}-01`, "GGR", 200_000]]);
  await compare(2);
});
