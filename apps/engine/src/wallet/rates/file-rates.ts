/** Rates from a JSON file that the operator keeps (`RateTable`). A change is taken up within a minute. */
import { readFile } from "node:fs/promises";
import { err, ok } from "@pitboss/domain/kernel/result";
import { rateTableSchema } from "@pitboss/domain/wallet/exchange";
import demoRates from "../../../rates/fixed.json" with { type: "json" };
import type { RateSource } from "./rate-source.ts";

/** Without a path: the rates of the demo, which are labelled as such wherever they show. */
export function createFileRates(path?: string): RateSource {
  const name = path ?? "the demo's rates";
  return {
    name,
    remote: undefined,
    // The file's rates hold until the operator writes others.
    ageMaxMs: Number.POSITIVE_INFINITY,
    refreshEveryMs: 60_000,
    async read(signal) {
      let json: unknown;
      try {
        json = path === undefined ? demoRates : JSON.parse(await readFile(path, { encoding: "utf8", signal }));
      } catch (error) {
        return err("RATES_UNAVAILABLE", `${name} can't be read: ${error instanceof Error ? error.message : "?"}`);
      }
      const parsed = rateTableSchema.safeParse(json);
      if (parsed.success) return ok(parsed.data);
      const problems = parsed.error.issues.map((issue) => `${issue.path.join(".")}: ${issue.message}`);
      return err("RATES_UNAVAILABLE", `${name} is not a table of rates: ${problems.join("; ")}`);
    },
  };
}
