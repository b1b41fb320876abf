/** A report of figures as a table with a head: what every format of it is written from. */
import type { Dimension, FiguresInput } from "@pitboss/domain/reporting/report-contract";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { type FigureRow, readFigures } from "../figures/show-figures.ts";

export interface TableColumn {
  readonly title: string;
  readonly kind: "text" | "money" | "count" | "ratio";
}

export interface ReportTable {
  readonly title: string;
  /** Who, what, of when and for whom: label and value. */
  readonly head: readonly (readonly [string, string])[];
  readonly columns: readonly TableColumn[];
  /** Amounts and ratios as decimal text, digit by digit; null where there is none. */
  readonly rows: readonly (readonly (string | null)[])[];
  /** One line for each currency. */
  readonly totals: readonly (readonly (string | null)[])[];
}

type Figure = Exclude<keyof FigureRow, "keys" | "currency">;

const figures: readonly (readonly [Figure, string, TableColumn["kind"]])[] = [
  ["bets", "Bets", "count"],
  ["players", "Players", "count"],
  ["turnover", "Turnover", "money"],
  ["wins", "Wins", "money"],
  ["ggr", "GGR", "money"],
  ["ggrCash", "Cash GGR", "money"],
  ["bonusCost", "Bonus cost", "money"],
  ["jackpots", "Jackpots", "money"],
  ["paymentFees", "Payment fees", "money"],
  ["chargebacks", "Chargebacks", "money"],
  ["providerFees", "Provider fees", "money"],
  ["tax", "Gaming tax", "money"],
  ["ngr", "NGR", "money"],
  ["deposits", "Deposits", "money"],
  ["withdrawals", "Withdrawals", "money"],
  ["fees", "Fees paid in", "money"],
  ["adjustments", "Adjustments", "money"],
  ["rtp", "RTP", "ratio"],
  ["hold", "Hold", "ratio"],
  ["bonusShare", "Bonus stakes", "ratio"],
  ["bonusBets", "Bonus bets", "ratio"],
  ["arpu", "NGR a player", "money"],
];

export async function makeFigureTable(
  deps: Pick<StaffDeps, "db" | "catalog" | "reports" | "clock" | "settings">,
  input: FiguresInput,
): Promise<ReportTable> {
  const answer = await readFigures(deps, input);
  const chosen = figures.filter(([name]) => input.measures == null || isChosen(input.measures, name));
  const cells = (row: FigureRow, keys: readonly string[]): (string | null)[] => [
    ...keys,
    row.currency,
    ...chosen.map(([name]) => row[name]),
  ];
  return {
    title: "Gross and net gaming revenue",
    head: headOf(deps, input, answer.unrated, answer.freshness.position),
    columns: [
      ...input.by.map((dimension): TableColumn => ({ title: titleOf(dimension, input.zone), kind: "text" })),
      { title: "Currency", kind: "text" },
      ...chosen.map(([, title, kind]): TableColumn => ({ title, kind })),
    ],
    rows: answer.rows.map((row) => cells(row, row.keys)),
    totals: answer.totals.map((row) =>
      cells(
        row,
        input.by.map((_by, index) => (index === 0 ? "Total" : "")),
      ),
    ),
  };
}

function isChosen(measures: readonly string[], name: Figure): boolean {
  return measures.includes(name);
}

const timely: readonly Dimension[] = ["day", "week", "month"];

function titleOf(dimension: Dimension, zone: string): string {
  const word = dimension.charAt(0).toUpperCase() + dimension.slice(1);
  return timely.includes(dimension) ? `${word} (${zone})` : word;
}

function headOf(
  { clock, settings }: Pick<StaffDeps, "clock" | "settings">,
  input: FiguresInput,
  unrated: readonly string[],
  position: string,
): [string, string][] {
  const filters = (["currencies", "countries", "providers", "games", "categories"] as const)
    .filter((name) => input[name] != null)
    .map((name) => `${name}: ${(input[name] ?? []).join(", ")}`);
  return [
    ["Operator", settings.operator],
    ["Days", `${input.from} to ${input.to}, of ${input.zone}`],
    ["Filters", filters.length === 0 ? "none" : filters.join("; ")],
    ["Amounts", input.inCurrency === null ? "in their own currencies" : "at the rates captured for each day"],
    ["NGR", `from ${input.basis} GGR, less ${input.deductions.length === 0 ? "nothing" : input.deductions.join(", ")}`],
    ["Made", `${new Date(clock.now()).toISOString()} (UTC), from events up to position ${position}`],
    ...(unrated.length === 0 ? [] : [["Without a rate", unrated.join(", ")] as [string, string]]),
  ];
}
