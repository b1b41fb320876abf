/** The rates of a day, captured once. Whoever comes second finds them there. */
import { currencies, type Currency } from "@pitboss/domain/wallet/currency";
import { type RateTable, rateTableSchema } from "@pitboss/domain/wallet/exchange";
import { captureFactor } from "@pitboss/domain/reporting/capture-rate";
import { sql } from "drizzle-orm";
import { textArray } from "../kernel/arrays.ts";
import { type Executor, queryRows } from "../kernel/executor.ts";

export interface DayRate {
  /** `2026-11-23`, UTC. */
  readonly day: string;
  readonly reporting: Currency;
  readonly currency: Currency;
  /** Minor units of the reporting currency for one minor unit, 18 decimals. */
  readonly factor: string;
  readonly source: string;
}

/**
 * The rates of these days. A day takes the newest table as of its beginning, which no later table of that day changes; a
 * day before all tables takes the oldest. Without any table there are no rates yet, and the day is asked for again.
 */
export async function captureRates(db: Executor, days: readonly string[], reporting: Currency): Promise<DayRate[]> {
  const known = await listRates(db, days, reporting);
  const captured = new Set(known.map(({ day }) => day));
  for (const day of days) {
    if (captured.has(day)) continue;
    const table = await findTableOf(db, day);
    if (table !== undefined) await insertRates(db, day, reporting, table);
  }
  return known.length > 0 && captured.size === days.length ? known : listRates(db, days, reporting);
}

/** All captured rates, for a store that is made anew. */
export async function listAllRates(db: Executor, reporting: Currency): Promise<DayRate[]> {
  return queryRows<DayRate>(
    db,
    sql`SELECT day::text, reporting, currency, factor::text, source FROM report_rates WHERE reporting = ${reporting} ORDER BY day, currency`,
  );
}

async function listRates(db: Executor, days: readonly string[], reporting: Currency): Promise<DayRate[]> {
  return queryRows<DayRate>(
    db,
    sql`SELECT day::text, reporting, currency, factor::text, source FROM report_rates
         WHERE reporting = ${reporting} AND day = ANY(${textArray(days)}::date[])`,
  );
}

async function findTableOf(db: Executor, day: string): Promise<RateTable | undefined> {
  const [row] = await queryRows<{ source: string; as_of_ms: string; rates: unknown }>(
    db,
    sql`SELECT source, extract(epoch FROM as_of) * 1000 AS as_of_ms, rates FROM rate_tables
         ORDER BY as_of > (${day}::date AT TIME ZONE 'UTC'),
                  CASE WHEN as_of <= (${day}::date AT TIME ZONE 'UTC') THEN as_of END DESC, as_of, source LIMIT 1`,
  );
  if (row === undefined) return undefined;
  const asOf = new Date(Number(row.as_of_ms)).toISOString();
  return rateTableSchema.parse({ source: row.source, asOf, base: "EUR", rates: row.rates });
}

async function insertRates(db: Executor, day: string, reporting: Currency, table: RateTable): Promise<void> {
  const rows = (Object.keys(currencies) as Currency[]).flatMap((currency) => {
    const factor = captureFactor(table, currency, reporting);
    return factor === undefined ? [] : [{ currency, factor }];
  });
  await db.execute(sql`
    INSERT INTO report_rates (day, as_of, factor, reporting, currency, source)
    SELECT ${day}::date, ${table.asOf}::timestamptz, factor, ${reporting}, currency, ${table.source}
      FROM unnest(${textArray(rows.map(({ currency }) => currency))}::text[],
                  ${textArray(rows.map(({ factor }) => factor))}::numeric[]) AS rate(currency, factor)
     WHERE factor > 0
    ON CONFLICT DO NOTHING`);
}
