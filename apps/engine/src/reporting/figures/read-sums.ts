/**
 * Sums of facts by dimensions. Facts are summed by day and currency first, as whole numbers; those sums are then taken
 * times the day's captured rate, exactly, and summed up: no cell is rounded before it is shown. Charges are millionths of
 * what they are taken of, and so all sums here have six decimals more than their currency.
 */
import { ok, type Result } from "@pitboss/domain/kernel/result";
import { factKinds, type FactKind } from "@pitboss/domain/reporting/facts";
import { type SumName, type Sums, sumNames } from "@pitboss/domain/reporting/figures";
import { factorDecimals } from "@pitboss/domain/reporting/capture-rate";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { StoreParams } from "../store/column-store.ts";
import { rateDecimals } from "@pitboss/domain/reporting/charges";
import { chargeColumn, type ChargeRates } from "../charges/charge-columns.ts";
import { countPlayers } from "./count-players.ts";
import { factSource, type SourceFilter } from "./fact-source.ts";
import { dimensionColumn, selectFacts } from "./select-facts.ts";

/** Decimals of a sum beyond its currency's; one that was converted has those of rates as well. */
export const sumDecimals = rateDecimals;
export const convertedDecimals = sumDecimals + factorDecimals;

/** Where amounts are left in their currencies, the first key of a row is the currency. */
export interface SumsQuery extends SourceFilter {
  readonly players: boolean;
  /** What is charged; without them there are no fees of providers and no taxes in the sums. */
  readonly charges?: ChargeRates;
}

export interface SumsRow {
  /** One value for each dimension, in their order. */
  readonly keys: readonly string[];
  /** Minor units times 10^6, and times 10^18 more where they were converted. */
  readonly sums: Sums;
  /** Settlements of bets, and those of them whose stake was bonus money in part. */
  readonly bets: bigint;
  readonly bonusBets: bigint;
  /** Players with a settled bet; 0 where they were not asked for. */
  readonly players: bigint;
  /** Currencies without a rate on one of these days; their amounts are in no sum. */
  readonly unrated: readonly string[];
}

const over = (...kinds: readonly FactKind[]): string =>
  `sumIf(amount, kind IN (${kinds.map((kind) => factKinds[kind]).join(", ")}))`;

/** Sums of whole minor units; charges are sums of millionths beside them. */
type WholeName = Exclude<SumName, "providerFees" | "tax">;

export const noSums = Object.fromEntries(sumNames.map((name) => [name, 0n])) as Record<SumName, bigint>;

const sumColumns: Readonly<Record<WholeName, string>> = {
  stakeCash: "sum(stake_cash)",
  stakeBonus: "sum(stake_bonus)",
  winCash: "sum(win_cash)",
  winBonus: "sum(win_bonus)",
  deposits: over("DEPOSIT"),
  withdrawals: over("WITHDRAWAL"),
  bonusGranted: over("BONUS_GRANTED"),
  bonusConverted: over("BONUS_CONVERTED"),
  bonusReturned: over("BONUS_RETURNED"),
  bonusForfeited: over("BONUS_FORFEITED"),
  jackpotContributed: over("JACKPOT_CONTRIBUTED"),
  fees: over("FEE"),
  pspFees: over("PSP_FEE"),
  chargebackLoss: `${over("CHARGEBACK_LOSS")} - ${over("CHARGEBACK_RECOVERED")}`,
  adjustments: over("ADJUSTMENT"),
};

type Row = Readonly<Record<string, string | string[]>>;

export interface SumsAnswer {
  readonly rows: readonly SumsRow[];
  /** Players over all rows, by currency where amounts are in theirs and under "" where not; sums add up, players don't. */
  readonly totalPlayers: ReadonlyMap<string, bigint>;
}

export async function readSums(
  deps: Pick<StaffDeps, "catalog" | "reports">,
  query: SumsQuery,
): Promise<Result<readonly SumsRow[]>> {
  const answer = await readSumsAndPlayers(deps, query);
  return answer.ok ? ok(answer.value.rows) : answer;
}

export async function readSumsAndPlayers(
  deps: Pick<StaffDeps, "catalog" | "reports">,
  query: SumsQuery,
): Promise<Result<SumsAnswer>> {
  const selected = selectFacts(deps, query);
  if (!selected.ok) return selected;
  const { params, range } = selected.value;
  const charged = {
    providerFees: chargeColumn("fee", "provider", query.charges?.fees ?? [], range),
    tax: chargeColumn("tax", "country", query.charges?.taxes ?? [], range),
  };
  const sums = { ...sumColumns, providerFees: charged.providerFees.expression, tax: charged.tax.expression };
  const columns = query.by.map((dimension) => dimensionColumn(deps, dimension, query.zone));
  const keys = columns.map((_column, index) => `d${index}`);
  const bound: StoreParams = Object.assign(
    {},
    params,
    ...[...columns, ...Object.values(charged)].map((column) => column.params),
  ) as StoreParams;
  const native = query.reporting === null;
  const inner = `
    SELECT toDate(at) AS rate_day, currency AS rate_currency,
           ${[
             ...columns.map(({ expression }, index) => `${expression} AS d${index}`),
             ...sumNames.map((name) => `${sums[name]} AS s_${name}`),
             `sumIf(facts, kind = ${factKinds.SETTLED}) AS n_bets`,
             `sumIf(bonus_facts, kind = ${factKinds.SETTLED}) AS n_bonus_bets`,
           ].join(", ")}
      FROM (${await factSource(deps.reports.store, query, selected.value)})
     GROUP BY ${["rate_day", "rate_currency", ...keys].join(", ")}`;
  const statement = native ? nativeStatement(inner, keys) : convertedStatement(inner, keys);
  const rows = await deps.reports.store.rows<Row>(
    statement,
    query.reporting === null ? bound : { ...bound, reporting: query.reporting },
  );
  const read = rows.map((row) => readRow(row, query));
  if (!query.players) return ok({ rows: read, totalPlayers: new Map() });
  const counted = await countPlayers(deps.reports.store, query, selected.value, {
    keys: [...(native ? ["toString(currency)"] : []), ...columns.map(({ expression }) => expression)],
    native,
    bound,
  });
  const withPlayers = read.map((row) => ({ ...row, players: counted.rows.get(row.keys.join("|")) ?? 0n }));
  return ok({ rows: withPlayers, totalPlayers: counted.totals });
}

function nativeStatement(inner: string, keys: readonly string[]): string {
  const group = ["rate_currency", ...keys];
  return `
    SELECT ${[
      ...group,
      ...sumNames.map((name) => `sum(toInt128(s_${name})) AS ${name}`),
      "sum(n_bets) AS bets",
      "sum(n_bonus_bets) AS bonusBets",
    ].join(", ")}
      FROM (${inner}) GROUP BY ${group.join(", ")}`;
}

function convertedStatement(inner: string, keys: readonly string[]): string {
  return `
    SELECT ${[
      ...keys,
      ...sumNames.map((name) => `sum(toDecimal256(s_${name}, 0) * factor) AS ${name}`),
      "sum(n_bets) AS bets",
      "sum(n_bonus_bets) AS bonusBets",
      "arraySort(groupUniqArrayIf(toString(rate_currency), factor = 0)) AS unrated",
    ].join(", ")}
      FROM (${inner}) sums
      LEFT JOIN (SELECT day, toString(currency) AS of_currency, factor FROM rates FINAL WHERE reporting = {reporting:String}) known
        ON known.day = sums.rate_day AND known.of_currency = sums.rate_currency
     ${keys.length === 0 ? "" : `GROUP BY ${keys.join(", ")}`}`;
}

function readRow(row: Row, { by, reporting }: SumsQuery): SumsRow {
  const text = (name: string): string => String(row[name] ?? "0");
  const whole = 10n ** BigInt(sumDecimals);
  const amount = (name: SumName): bigint => {
    const sum = reporting === null ? BigInt(text(name)) : scaled(text(name));
    return name === "providerFees" || name === "tax" ? sum : sum * whole;
  };
  const keys = by.map((_dimension, index) => text(`d${index}`));
  return {
    keys: reporting === null ? [text("rate_currency"), ...keys] : keys,
    sums: Object.fromEntries(sumNames.map((name) => [name, amount(name)])) as Record<SumName, bigint>,
    bets: BigInt(text("bets")),
    bonusBets: BigInt(text("bonusBets")),
    players: 0n,
    unrated: Array.isArray(row["unrated"]) ? row["unrated"] : [],
  };
}

/** A decimal of the store, which leaves trailing zeros out, as a whole number of 10^-18. */
function scaled(text: string): bigint {
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const digits = BigInt(whole + fraction.padEnd(factorDecimals, "0"));
  return negative ? -digits : digits;
}
