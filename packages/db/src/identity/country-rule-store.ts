import type { CountryRule } from "@pitboss/domain/identity/registration";
import { and, desc, eq, lte } from "drizzle-orm";
import type { Executor } from "../kernel/executor.ts";
import { countryRules } from "./country-rules.schema.ts";

/** The country's rule on this day (ISO date). */
export async function findCountryRule(db: Executor, country: string, today: string): Promise<CountryRule | undefined> {
  const [row] = await db
    .select()
    .from(countryRules)
    .where(and(eq(countryRules.country, country), lte(countryRules.effectiveFrom, today)))
    .orderBy(desc(countryRules.effectiveFrom))
    .limit(1);
  return row;
}
