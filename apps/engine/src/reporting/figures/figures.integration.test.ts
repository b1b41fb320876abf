/** Figures against an independent computation, straight from the ledger in SQL, on random play. */
import { readLedgerSums } from "@pitboss/db/reporting/read-ledger-day";
import { isTied, tieOut } from "@pitboss/domain/reporting/tie-out";
import { parseId } from "@pitboss/domain/kernel/public-id";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { roundScaled } from "@pitboss/domain/reporting/capture-rate";
import { figuresInput } from "@pitboss/domain/reporting/report-contract";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFactSums } from "../days/read-fact-sums.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";
import { factsInput, readFacts } from "./list-facts.ts";
import { readFigures } from "./show-figures.ts";

let house: TestReports;

beforeAll(async () => {
  house = await openTestReports();
  await playAtRandom(house, house.openLanes(), { seed: 20_261_130, players: 12, bets: 250 });
  await house.caughtUp();
});
afterAll(() => house.close());

const today = new Date().toISOString().slice(0, 10);
const yesterday = new Date(Date.parse(today) - 86_400_000).toISOString().slice(0, 10);
const period = { from: yesterday, to: today };

/**
 * Stakes, wins and GGR by game and currency from postings on the house's accounts, converted by the day's rates. Play in a
 * game bank has no game here, and no stakes.
 */
async function ledgerByGame(): Promise<Map<string, { turnover: bigint; ggr: bigint; converted: string }>> {
  const { rows } = await house.db.execute<{
    game: string;
    currency: string;
    turnover: string;
    ggr: string;
    converted: string;
  }>(sql`
    WITH moved AS (
      SELECT coalesce(g.code, '') AS game, c.code AS currency, transaction_time(t.id) AT TIME ZONE 'UTC' AS at, t.type, p.available + p.held AS amount
        FROM transactions t
        JOIN postings p ON p.transaction_id = t.id
        JOIN wallets w ON w.id = p.wallet_id AND w.kind IN (10, 19)
        LEFT JOIN bets b ON b.id = t.reference AND w.kind = 10
        LEFT JOIN games g ON g.id = b.game_id
        JOIN (VALUES (978, 'EUR'), (840, 'USD'), (392, 'JPY')) c (number, code) ON c.number = p.currency
       WHERE (t.type IN (3, 4, 22) AND g.id IS NOT NULL) OR (t.type = 19 AND w.kind = 19))
    SELECT game, currency, coalesce(sum(amount) FILTER (WHERE type = 3), 0)::text AS turnover, sum(amount)::text AS ggr,
           sum(amount * factor)::text AS converted
      FROM moved JOIN report_rates r USING (currency)
     WHERE r.day = moved.at::date AND r.reporting = 'EUR'
     GROUP BY game, currency`);
  return new Map(
    rows.map(({ game, currency, turnover, ggr, converted }) => [
      `${game} ${currency}`,
      { turnover: BigInt(turnover), ggr: BigInt(ggr), converted },
    ]),
  );
}

function ask(more: object) {
  return readFigures(house.deps, figuresInput.parse({ ...period, ...more }));
}

test("each line of a day is the ledger's, to the cent", async () => {
  const [from, to] = [Date.parse(yesterday), Date.parse(today) + 86_400_000];
  const lines = tieOut(await readLedgerSums(house.db, from, to), await readFactSums(house.reports.store, from, to));
  expect(lines.map(({ line }) => line)).toEqual(
    expect.arrayContaining([
      "stakesBonus",
      "winsBonus",
      "ggr",
      "converted",
      "chargebackLoss",
      "jackpotContributed",
      "jackpotWon",
    ]),
  );
  expect(lines.filter(({ ledger, facts }) => ledger !== facts)).toEqual([]);
  expect(isTied(lines)).toBe(true);
});

test("turnover and GGR by game and currency are what the house's gaming account says", async () => {
  const ledger = await ledgerByGame();
  const { rows } = await ask({ by: ["game", "currency"], inCurrency: null });
  expect(
    new Map(
      rows
        .filter(({ turnover, ggr }) => BigInt(turnover.replace(".", "")) !== 0n || BigInt(ggr.replace(".", "")) !== 0n)
        .map((row) => [row.keys.join(" "), { turnover: row.turnover, ggr: row.ggr }]),
    ),
  ).toEqual(
    new Map(
      [...ledger].map(([key, { turnover, ggr }]) => [
        key,
        { turnover: formatMinor(turnover, "EUR"), ggr: formatMinor(ggr, "EUR") },
      ]),
    ),
  );
});

test("converted GGR is the exact sum at the captured rates, rounded once", async () => {
  const ledger = await ledgerByGame();
  const { rows, totals, unrated } = await ask({ by: ["game"] });
  const exact = (text: string): bigint => {
    const [whole = "0", fraction = ""] = text.replace("-", "").split(".");
    const scaled = BigInt(whole + fraction.padEnd(18, "0"));
    return text.startsWith("-") ? -scaled : scaled;
  };
  const byGame = new Map<string, bigint>();
  for (const [key, { converted }] of ledger) {
    const game = key.split(" ")[0] ?? "";
    byGame.set(game, (byGame.get(game) ?? 0n) + exact(converted));
  }
  expect(unrated).toEqual([]);
  for (const [game, sum] of byGame) {
    expect(rows.find(({ keys }) => keys[0] === game)?.ggr).toBe(formatMinor(roundScaled(sum, 18), "EUR"));
  }
  const total = [...byGame.values()].reduce((a, b) => a + b, 0n);
  expect(totals[0]?.ggr).toBe(formatMinor(roundScaled(total, 18), "EUR"));
});

test("a cell opens into facts that add up to it, page by page, each once", async () => {
  const { rows } = await ask({ by: ["game"], inCurrency: null });
  const cell = rows.find(({ keys, currency }) => keys[0] === "wheel" && currency === "EUR");
  const found = new Set<string>();
  let ggr = 0n;
  for (let cursor: string | null = null; ; ) {
    const input = { ...period, games: ["wheel"], currencies: ["EUR"], limit: 25, cursor };
    const page: Awaited<ReturnType<typeof readFacts>> = await readFacts(house.deps, factsInput.parse(input));
    for (const fact of page.rows) {
      found.add(`${fact.transactionId}.${fact.line}`);
      ggr += BigInt(fact.ggr.replace(".", ""));
    }
    cursor = page.next;
    if (cursor === null) break;
  }
  expect(found.size).toBeGreaterThan(50);
  expect(formatMinor(ggr, "EUR")).toBe(cell?.ggr);
  const { rows: known } = await house.db.execute<{ count: string }>(
    sql`SELECT count(*) AS count FROM transactions WHERE id = ANY(${`{${[...found].map((id) => parseId("transaction", id.split(".")[0] ?? "")).join(",")}}`}::bigint[])`,
  );
  expect(Number(known[0]?.count)).toBe(new Set([...found].map((id) => id.split(".")[0])).size);
});

test("a day of another zone begins at its own midnight", async () => {
  const inZone = await ask({ by: ["day"], zone: "Pacific/Auckland", from: yesterday, to: "2027-12-31" });
  const inUtc = await ask({ by: ["day"], from: yesterday, to: "2027-12-31" });
  expect(inZone.totals).toEqual(inUtc.totals);
  const hour = new Date().toLocaleString("en-CA", { timeZone: "Pacific/Auckland", dateStyle: "short" }).slice(0, 10);
  expect(inZone.rows.map(({ keys }) => keys[0])).toContain(hour);
});

test("events that are handed over again change no figure", async () => {
  const before = await ask({ by: ["game", "currency"], inCurrency: null });
  await house.stopFacts();
  await house.db.execute(sql`UPDATE consumer_positions SET position = 0 WHERE consumer = 'reports'`);
  house.startFacts();
  await house.caughtUp();
  const after = await ask({ by: ["game", "currency"], inCurrency: null });
  expect(after.rows).toEqual(before.rows);
  expect(after.totals).toEqual(before.totals);
});

test("brands add up to the house, each is what the ledger says of its players, and a player keeps theirs", async () => {
  const { rows, totals } = await ask({ by: ["brand"], inCurrency: null });
  const ledger = await house.db.execute<{ brand: string; currency: string; ggr: string }>(sql`
    SELECT l.brand, c.code AS currency, sum(p.available + p.held)::text AS ggr
      FROM transactions t JOIN postings p ON p.transaction_id = t.id JOIN wallets w ON w.id = p.wallet_id
      JOIN players l ON l.id = t.player_id
      JOIN (VALUES (978, 'EUR'), (840, 'USD'), (392, 'JPY')) c (number, code) ON c.number = p.currency
     WHERE (t.type IN (3, 4, 22) AND w.kind = 10) OR (t.type = 19 AND w.kind = 19)
     GROUP BY 1, 2`);
  expect(new Set(ledger.rows.map(({ brand }) => brand))).toEqual(new Set(["main", "harbour"]));
  for (const { brand, currency, ggr } of ledger.rows) {
    const cell = rows.find((row) => row.keys.includes(brand) && row.currency === currency);
    expect(cell?.ggr).toBe(formatMinor(BigInt(ggr), currency as "EUR"));
  }
  const filtered = await ask({ brands: ["harbour"], inCurrency: null });
  for (const total of totals) {
    const of = (one: typeof totals) => one.find(({ currency }) => currency === total.currency)?.bets ?? "0";
    const main = (await ask({ brands: ["main"], inCurrency: null })).totals;
    expect(BigInt(of(filtered.totals)) + BigInt(of(main))).toBe(BigInt(total.bets));
  }
  await expect(house.db.execute(sql`UPDATE players SET brand = 'main' WHERE brand = 'harbour'`)).rejects.toThrow();
});
