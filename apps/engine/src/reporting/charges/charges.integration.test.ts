/** NGR with all that is taken off it, against an independent computation straight from the ledger in SQL, on random play. */
import { divideHalfEven, formatMinor } from "@pitboss/domain/wallet/money";
import { figuresInput } from "@pitboss/domain/reporting/report-contract";
import { deductions } from "@pitboss/domain/reporting/figures";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readFigures } from "../figures/show-figures.ts";
import { playAtRandom } from "../random-play.fixture.ts";
import { setCharges } from "./set-charges.fixture.ts";
import { openTestReports, type TestReports } from "../test-reports.fixture.ts";

let house: TestReports;
const dayMs = 86_400_000;
const today = new Date().toISOString().slice(0, 10);
const yesterday = new Date(Date.parse(today) - dayMs).toISOString().slice(0, 10);

beforeAll(async () => {
  house = await openTestReports();
  // What was in force before today must not count, and neither must what is not in force yet.
  await setCharges(house.url, [
    ["PROVIDER_FEE", "testers", 1, "2020-01-01", "GGR_CASH", 900_000],
    ["PROVIDER_FEE", "testers", 2, yesterday, "GGR", 123_456],
    ["PROVIDER_FEE", "testers", 3, "2999-01-01", "GGR", 0],
    ["TAX", "DEFAULT", 1, "2020-01-01", "STAKES_CASH", 10_001],
  ]);
  await playAtRandom(house, house.openLanes(), { seed: 20_261_128, players: 12, bets: 200 });
  await house.caughtUp();
});
afterAll(() => house.close());

interface LedgerNet {
  readonly currency: string;
  /** Null where nothing was staked. */
  readonly ggr: string | null;
  readonly payment: string;
  readonly chargeback: string;
  readonly provider: string;
  readonly tax: string;
  readonly bonus: string;
  readonly jackpot: string;
}

/**
 * Each deduction from the postings of the house's own accounts. Fees and taxes are millionths. A tax is named by a join of
 * countries that is written out here, so that it shares nothing with what is tested.
 */
async function ledgerNet(): Promise<LedgerNet[]> {
  const { rows } = await house.db.execute<LedgerNet & Record<string, unknown>>(sql`
    WITH moved AS (
      SELECT c.code AS currency, t.type, w.kind, t.player_id, p.available + p.held AS amount
        FROM transactions t JOIN postings p ON p.transaction_id = t.id JOIN wallets w ON w.id = p.wallet_id
        JOIN (VALUES (978, 'EUR'), (840, 'USD'), (392, 'JPY')) c (number, code) ON c.number = p.currency),
    played AS (
      SELECT m.currency, m.type, m.kind, m.amount, l.country FROM moved m JOIN players l ON l.id = m.player_id
       WHERE m.type IN (3, 4, 19, 22))
    SELECT currency,
           sum(amount) FILTER (WHERE (kind = 10 AND type IN (3, 4, 22)) OR (kind = 19 AND type = 19))::text AS ggr,
           coalesce(-sum(amount) FILTER (WHERE kind = 14), 0)::text AS payment,
           coalesce(-sum(amount) FILTER (WHERE kind = 15), 0)::text AS chargeback,
           coalesce(-sum(amount) FILTER (WHERE kind = 12), 0)::text AS bonus,
           coalesce(sum(amount) FILTER (WHERE kind = 13 AND type IN (13, 24)), 0)::text AS jackpot,
           coalesce((sum(amount) FILTER (WHERE (kind = 10 AND type IN (3, 4, 22)) OR (kind = 19 AND type = 19))) * 123456, 0)::text AS provider,
           (SELECT coalesce(sum(CASE WHEN country = 'MT' AND kind IN (10, 19) THEN amount * 50000
                                     WHEN country = 'GB' AND kind IN (10, 19) THEN amount * ${ukRate()}
                                     WHEN country = 'DE' AND kind = 10 AND type = 3 THEN amount * 50332
                                     WHEN country = 'FI' AND kind = 1 AND type = 3 THEN -amount * 10001 ELSE 0 END), 0)
              FROM played WHERE played.currency = moved.currency)::text AS tax
      FROM moved GROUP BY currency`);
  return rows;
}

function ukRate() {
  return sql.raw(today >= "2026-04-01" ? "400000" : "210000");
}

function ask(more: object) {
  return readFigures(house.deps, figuresInput.parse({ from: yesterday, to: today, ...more }));
}

function rounded(millionths: bigint): bigint {
  const whole = divideHalfEven(millionths < 0n ? -millionths : millionths, 1_000_000n);
  return millionths < 0n ? -whole : whole;
}

test("each deduction, and NGR after all of them, is what the ledger says", async () => {
  const ledger = await ledgerNet();
  const { totals } = await ask({ inCurrency: null });
  expect(ledger.filter(({ ggr }) => ggr !== null).length).toBeGreaterThan(1);
  for (const { currency, ...net } of ledger) {
    const row = totals.find((total) => total.currency === currency);
    const big = (name: keyof typeof net): bigint => BigInt(net[name] ?? 0);
    const money = (amount: bigint) => formatMinor(amount, currency as "EUR");
    const millionths =
      (big("ggr") - big("bonus") - big("jackpot") - big("payment") - big("chargeback")) * 1_000_000n -
      big("provider") -
      big("tax");
    expect(row).toMatchObject({
      ggr: money(big("ggr")),
      bonusCost: money(big("bonus")),
      jackpots: money(big("jackpot")),
      paymentFees: money(big("payment")),
      chargebacks: money(big("chargeback")),
      providerFees: money(rounded(big("provider"))),
      tax: money(rounded(big("tax"))),
      ngr: money(rounded(millionths)),
    });
  }
  const [euros] = ledger.filter(({ currency }) => currency === "EUR");
  for (const name of ["payment", "chargeback", "provider", "tax"] as const) expect(euros?.[name]).not.toBe("0");
});

test("a deduction that is left out is in no NGR, and cells add up to the whole", async () => {
  const cents = (text: string | undefined): bigint => BigInt((text ?? "0").replace(".", ""));
  const [full] = (await ask({ inCurrency: null, currencies: ["EUR"] })).totals;
  for (const [left, figure] of [
    ["payment", "paymentFees"],
    ["provider", "providerFees"],
    ["tax", "tax"],
  ] as const) {
    const kept = deductions.filter((name) => name !== left);
    const [total] = (await ask({ inCurrency: null, currencies: ["EUR"], deductions: kept })).totals;
    const gain = cents(total?.ngr) - cents(full?.ngr);
    const off = gain - cents(full?.[figure]);
    // Two sums that were each rounded once.
    expect(off >= -1n && off <= 1n).toBe(true);
  }
  const { rows, totals } = await ask({ by: ["country", "game"] });
  const sum = rows.reduce((all, row) => all + cents(row.tax), 0n);
  const off = sum - cents(totals[0]?.tax);
  expect(off >= -BigInt(rows.length) && off <= BigInt(rows.length)).toBe(true);
  expect(rows.filter(({ keys }) => keys[0] === "FI").some(({ tax }) => tax !== "0.00")).toBe(true);
});

test("what a provider asks for a month at least falls on the month's last day, once that is over", async () => {
  await setCharges(house.url, [["PROVIDER_FEE", "testers", 4, "2020-01-01", "GGR", 100_000]], {
    amount: 1_000_00n,
    currency: "USD",
  });
  // Until now version 2 was the last to begin; before it began, this one holds.
  const month = { from: "2025-02-01", to: "2025-02-28" };
  const { rows, totals } = await ask({ ...month, by: ["day", "provider"] });
  // The rate of a day before all tables is the oldest table's: 1000 USD are 968.90 EUR at 1.0321.
  expect(rows.map(({ keys, providerFees, ngr }) => ({ keys, providerFees, ngr }))).toEqual([
    { keys: ["2025-02-28", "testers"], providerFees: "968.90", ngr: "-968.90" },
  ]);
  expect(totals.map(({ providerFees }) => providerFees)).toEqual(["968.90"]);
  const native = await ask({ ...month, by: ["month"], inCurrency: null });
  expect(native.rows.map(({ currency, providerFees }) => [currency, providerFees])).toEqual([["USD", "1000.00"]]);
  // Neither a part of the month, nor a report of one country or game has any of it.
  for (const narrowed of [
    { to: "2025-02-27" },
    { countries: ["MT"] },
    { games: ["wheel"] },
    { providers: ["others"] },
  ]) {
    const part = await ask({ ...month, ...narrowed });
    expect(part.totals.every(({ providerFees }) => providerFees === "0.00")).toBe(true);
  }
});
