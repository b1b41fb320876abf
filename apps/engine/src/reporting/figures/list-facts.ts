/** What stands behind a cell: its facts, newest first, each with the transaction and the bet that it is of. */
import { formatId } from "@pitboss/domain/kernel/public-id";
import { type FactKind, factKinds } from "@pitboss/domain/reporting/facts";
import { reportFilters, reportPeriod } from "@pitboss/domain/reporting/report-contract";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { formatMinor } from "@pitboss/domain/wallet/money";
import { z } from "zod";
import { ok, type Result } from "@pitboss/domain/kernel/result";
import { orThrow, throwFailure } from "../../edge/trpc/failure.ts";
import { type Page, pageInput } from "../../edge/trpc/page.ts";
import { procedure } from "../../edge/trpc/procedure.ts";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import type { StoreParams } from "../store/column-store.ts";
import { answered } from "../store/answered.ts";
import { selectFacts } from "./select-facts.ts";

const kinds = Object.keys(factKinds) as [FactKind, ...FactKind[]];
const kindOf = new Map((Object.entries(factKinds) as [FactKind, number][]).map(([kind, code]) => [code, kind]));

export const factsInput = z.object({
  ...reportPeriod,
  ...reportFilters,
  kinds: z.array(z.enum(kinds)).max(kinds.length).nullish(),
  ...pageInput,
});

/** A placing moves no figure: it is shown to those who ask for its kind. */
const behindFigures = `kind != ${factKinds.PLACED}`;

export interface FactRow {
  readonly transactionId: string;
  readonly line: number;
  readonly at: string;
  readonly kind: FactKind;
  readonly playerId: string;
  readonly country: string;
  readonly brand: string;
  readonly currency: Currency;
  readonly provider: string | null;
  readonly gameId: string | null;
  readonly betId: string | null;
  readonly channel: string | null;
  /** Cash and bonus together, and the bonus part of each. */
  readonly stake: string;
  readonly win: string;
  readonly stakeBonus: string;
  readonly winBonus: string;
  readonly ggr: string;
  /** What a fact that is no result of a bet is over. */
  readonly amount: string;
}

export const listFacts = procedure("report.read")
  .input(factsInput)
  .query(({ ctx, input }): Promise<Page<FactRow>> => answered(readFacts(ctx.deps, input)));

type StoredRow = Readonly<Record<string, string | number>>;

export async function readFacts(
  deps: Pick<StaffDeps, "catalog" | "reports">,
  input: z.infer<typeof factsInput>,
): Promise<Page<FactRow>> {
  const { where, params } = orThrow(selectFacts(deps, input));
  const cursor = readCursor(input.cursor);
  const conditions = [
    where,
    ...(input.kinds == null ? [behindFigures] : [`kind IN (${input.kinds.map((kind) => factKinds[kind]).join(", ")})`]),
    ...(cursor === undefined ? [] : ["(event, line) < ({event:UInt64}, {line:UInt16})"]),
  ];
  const rows = await deps.reports.store.rows<StoredRow>(
    `SELECT event, line, kind, toUnixTimestamp64Milli(at) AS ms, player, bet, toString(country) AS in_country, toString(brand) AS of_brand,
            toString(currency) AS of_currency, toString(provider) AS of_provider, toString(game) AS of_game, channel,
            stake_cash, stake_bonus, win_cash, win_bonus, amount
       FROM facts FINAL WHERE ${conditions.join(" AND ")}
      ORDER BY event DESC, line DESC LIMIT ${input.limit + 1}`,
    { ...params, ...cursor },
  );
  const page = rows.slice(0, input.limit);
  const last = page.at(-1);
  return {
    rows: page.map(presentFact),
    next: rows.length > input.limit && last !== undefined ? `${last["event"]}.${last["line"]}` : null,
  };
}

/** All of them for a file of columns: minor units as whole numbers, the kind by its name. */
export function factsStatements(
  deps: Pick<StaffDeps, "catalog">,
  input: z.infer<typeof factsInput>,
): Result<{ readonly statement: string; readonly count: string; readonly params: StoreParams }> {
  const selected = selectFacts(deps, input);
  if (!selected.ok) return selected;
  const { where, params } = selected.value;
  const of =
    input.kinds == null
      ? ` AND ${behindFigures}`
      : ` AND kind IN (${input.kinds.map((kind) => factKinds[kind]).join(", ")})`;
  return ok({
    statement: `
      SELECT event AS transaction, line, at, transform(toString(kind), {kindCodes:Array(String)}, {kindNames:Array(String)}, '') AS kind_name,
             player, bet, country, brand, currency, provider, game, channel, stake_cash, stake_bonus, win_cash, win_bonus, amount
        FROM facts FINAL WHERE ${where}${of} ORDER BY event, line`,
    count: `SELECT count() AS facts FROM facts FINAL WHERE ${where}${of}`,
    params: { ...params, kindCodes: kinds.map((kind) => `${factKinds[kind]}`), kindNames: kinds },
  });
}

function readCursor(cursor: string | null | undefined): { event: string; line: string } | undefined {
  if (cursor == null) return undefined;
  const [, event, line] = /^(\d{1,19})\.(\d{1,5})$/.exec(cursor) ?? [];
  if (event === undefined || line === undefined) throwFailure({ code: "CURSOR_INVALID" });
  return { event, line };
}

function presentFact(row: StoredRow): FactRow {
  const number = (name: string): bigint => BigInt(row[name] ?? 0);
  const text = (name: string): string | null => {
    const value = row[name];
    return value === undefined || value === "" ? null : String(value);
  };
  const currency = String(row["of_currency"]) as Currency;
  const money = (amount: bigint): string => formatMinor(amount, currency);
  const stake = number("stake_cash") + number("stake_bonus");
  const win = number("win_cash") + number("win_bonus");
  const kind = kindOf.get(Number(row["kind"]));
  if (kind === undefined) throw new Error(`no fact has the kind ${row["kind"]}`);
  return {
    transactionId: formatId("transaction", number("event")),
    line: Number(row["line"]),
    at: new Date(Number(row["ms"])).toISOString(),
    kind,
    playerId: formatId("player", number("player")),
    country: text("in_country") ?? "",
    brand: text("of_brand") ?? "",
    currency,
    provider: text("of_provider"),
    gameId: text("of_game"),
    betId: number("bet") === 0n ? null : formatId("bet", number("bet")),
    channel: text("channel"),
    stake: money(stake),
    win: money(win),
    stakeBonus: money(number("stake_bonus")),
    winBonus: money(number("win_bonus")),
    ggr: money(stake - win),
    amount: money(number("amount")),
  };
}
