/**
 * What providers ask for a month beyond their part of its GGR: the rest up to their minimum. It is known once the month is
 * over (UTC), and falls on its last day, on no game and no country; a report that asks for some of those has none of it.
 */
import { captureRates } from "@pitboss/db/reporting/capture-rates";
import { factorDecimals } from "@pitboss/domain/reporting/capture-rate";
import { chargeOn, type ChargeVersion } from "@pitboss/domain/reporting/charges";
import type { Dimension } from "@pitboss/domain/reporting/report-contract";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { divideHalfEven } from "@pitboss/domain/wallet/money";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { noSums, readSums, type SumsQuery, type SumsRow, sumDecimals } from "../figures/read-sums.ts";
import type { LoadedCharges } from "./load-charges.ts";

export interface Shortfall {
  readonly provider: string;
  /** The month's last day. */
  readonly day: string;
  readonly currency: Currency;
  /** In the reporting currency, and in that of the minimum; each with the decimals of sums. */
  readonly converted: bigint;
  readonly native: bigint;
}

export type ShortfallDeps = Pick<StaffDeps, "db" | "catalog" | "reports" | "clock">;

export async function readShortfalls(
  deps: ShortfallDeps,
  query: SumsQuery,
  { versions, fees, taxes }: LoadedCharges,
): Promise<Result<readonly Shortfall[]>> {
  const { currencies, countries, games, categories, providers } = query;
  if ([currencies, countries, games, categories].some((filter) => filter != null)) return ok([]);
  const asking = [...new Set(versions.filter(({ minimum }) => minimum !== null).map(({ subject }) => subject))].filter(
    (provider) => providers == null || providers.includes(provider),
  );
  const days = monthEnds(query.from, query.to).filter(
    (day) => day < new Date(deps.clock.now()).toISOString().slice(0, 10),
  );
  const [first, last] = [days[0], days.at(-1)];
  if (asking.length === 0 || first === undefined || last === undefined) return ok([]);
  const reporting = deps.reports.currency;
  const charged = await readSums(deps, {
    from: `${first.slice(0, 7)}-01`,
    to: last,
    zone: "UTC",
    providers: asking,
    by: ["month", "provider"],
    reporting,
    players: false,
    charges: { fees, taxes },
  });
  if (!charged.ok) return charged;
  const feeOf = new Map(charged.value.map(({ keys, sums }) => [keys.join(" "), sums.providerFees]));
  const factors = await factorsOf(deps, days, reporting);
  const found = asking.flatMap((provider) =>
    days.flatMap((day) => {
      const version = chargeOn(versions, "PROVIDER_FEE", provider, day);
      const factor = factors.get(`${day} ${version?.minimum?.currency ?? ""}`);
      const fee = feeOf.get(`${day.slice(0, 7)} ${provider}`) ?? 0n;
      return version === undefined || factor === undefined ? [] : shortOf(version, day, fee, factor);
    }),
  );
  return ok(found);
}

function shortOf({ subject, minimum }: ChargeVersion, day: string, fee: bigint, factor: bigint): Shortfall[] {
  if (minimum === null) return [];
  const asked = minimum.amount * 10n ** BigInt(sumDecimals) * factor;
  if (fee >= asked) return [];
  const converted = asked - fee;
  return [{ provider: subject, day, currency: minimum.currency, converted, native: divideHalfEven(converted, factor) }];
}

async function factorsOf(
  deps: ShortfallDeps,
  days: readonly string[],
  reporting: Currency,
): Promise<Map<string, bigint>> {
  const rates = await captureRates(deps.db, days, reporting);
  return new Map(
    rates.map(({ day, currency, factor }) => {
      const [whole = "0", fraction = ""] = factor.split(".");
      return [`${day} ${currency}`, BigInt(whole + fraction.padEnd(factorDecimals, "0"))];
    }),
  );
}

/** The last days of months that lie in a report. */
function monthEnds(from: string, to: string): string[] {
  const ends: string[] = [];
  const [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5, 7))];
  for (let index = 0; ; index += 1) {
    const end = new Date(Date.UTC(year, month + index, 0)).toISOString().slice(0, 10);
    if (end > to) return ends;
    ends.push(end);
  }
}

/** Rows with what falls short added to where it belongs, in new rows where there are none. */
export function addShortfalls(
  rows: readonly SumsRow[],
  shortfalls: readonly Shortfall[],
  { by, reporting }: Pick<SumsQuery, "by" | "reporting">,
): SumsRow[] {
  const byKey = new Map(rows.map((row) => [row.keys.join("|"), row]));
  for (const short of shortfalls) {
    const keys = [...(reporting === null ? [short.currency] : []), ...by.map((dimension) => keyOf(short, dimension))];
    const row = byKey.get(keys.join("|")) ?? { keys, sums: noSums, bets: 0n, bonusBets: 0n, players: 0n, unrated: [] };
    const providerFees = row.sums.providerFees + (reporting === null ? short.native : short.converted);
    byKey.set(keys.join("|"), { ...row, sums: { ...row.sums, providerFees } });
  }
  return [...byKey.values()];
}

function keyOf({ provider, day, currency }: Shortfall, dimension: Dimension): string {
  switch (dimension) {
    case "day":
      return day;
    case "week":
      return mondayOf(day);
    case "month":
      return day.slice(0, 7);
    case "currency":
      return currency;
    case "provider":
      return provider;
    case "country":
    case "brand":
    case "game":
    case "category":
      return "";
  }
}

function mondayOf(day: string): string {
  const date = new Date(Date.parse(day));
  date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7));
  return date.toISOString().slice(0, 10);
}
