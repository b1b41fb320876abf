import type { CountryRule } from "@pitboss/domain/identity/registration";
import { type SQL, sql } from "drizzle-orm";
import { type Executor, queryRows } from "../kernel/executor.ts";

/** The rule in force on an ISO date; undefined where the country has none. */
export async function findCountryRule(db: Executor, country: string, date: string): Promise<CountryRule | undefined> {
  const statement: SQL = sql`
    SELECT country, open, min_age AS "minAge" FROM country_rules
     WHERE country = ${country} AND effective_from <= ${date}::date ORDER BY effective_from DESC LIMIT 1`;
  const [row] = await queryRows<CountryRule>(db, statement);
  return row;
}
