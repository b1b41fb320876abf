/** A day of play from the facts, for each jurisdiction, provider, game and currency. */
import { factKinds } from "@pitboss/domain/reporting/facts";
import { type Jurisdiction, type JurisdictionAmounts, jurisdictions } from "@pitboss/domain/reporting/regulator-report";
import type { Currency } from "@pitboss/domain/wallet/currency";
import { instantText } from "../figures/select-facts.ts";
import type { ColumnStore } from "../store/column-store.ts";

export interface GamePlay extends JurisdictionAmounts {
  readonly provider: string;
  readonly game: string;
  /** Bets, each once a day whatever the number of its parts. */
  readonly settled: bigint;
  readonly corrected: bigint;
  readonly pushed: bigint;
  readonly voided: bigint;
  readonly rolledBack: bigint;
  /** Players with a settled bet. */
  readonly players: bigint;
  /** Taken before the day's end and not finished by then. */
  readonly openBets: bigint;
  readonly openStakes: bigint;
}

export interface BonusSums {
  readonly currency: Currency;
  readonly granted: bigint;
  readonly converted: bigint;
  readonly returned: bigint;
  readonly forfeited: bigint;
}

type Row = Readonly<Record<string, string | number>>;

/** Facts have settlements of bets of which they have no placing: they were made before placings were facts. */
export class PlacingsMissing extends Error {}

const { SETTLED, CORRECTED, PUSHED, VOIDED, ROLLED_BACK, PLACED } = factKinds;
const coded = jurisdictions.filter((one) => one !== "OTHER");
const ofJurisdiction = `if(country IN (${coded.map((one) => `'${one}'`).join(", ")}), toString(country), 'OTHER')`;
/** Play in a provider's own wallet is told by the provider as a whole: it has no game of the house's, and no bets. */
const ofGame = "if(game = '', toString(channel), toString(game))";
const keys = `${ofJurisdiction} AS of_jurisdiction, toString(provider) AS of_provider, ${ofGame} AS of_game, toString(currency) AS of_currency`;
const group = "of_jurisdiction, of_provider, of_game, of_currency";
const within = "at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}";

const betsOf = (kind: number): string => `uniqExactIf(bet, kind = ${kind} AND bet != 0)`;

const dayStatement = `
  SELECT ${keys}, sum(stake_cash + stake_bonus) AS stakes, sum(stake_bonus) AS stakesBonus,
         sum(win_cash + win_bonus) AS wins, sum(win_bonus) AS winsBonus,
         ${betsOf(SETTLED)} AS settled, ${betsOf(CORRECTED)} AS corrected, ${betsOf(PUSHED)} AS pushed,
         ${betsOf(VOIDED)} AS voided, ${betsOf(ROLLED_BACK)} AS rolledBack,
         uniqExactIf(player, kind = ${SETTLED}) AS players
    FROM facts FINAL
   WHERE ${within} AND kind IN (${[SETTLED, CORRECTED, PUSHED, VOIDED, ROLLED_BACK].join(", ")})
   GROUP BY ${group}`;

/** A bet may be settled in parts, so what is open of it is what was held less all that came of it so far. */
const openStatement = `
  SELECT ${group}, countIf(held > 0) AS openBets, sumIf(held, held > 0) AS openStakes, countIf(held < 0) AS unknown
    FROM (SELECT bet, any(${ofJurisdiction}) AS of_jurisdiction, any(toString(provider)) AS of_provider,
                 any(toString(game)) AS of_game, any(toString(currency)) AS of_currency,
                 sumIf(amount, kind = ${PLACED}) - sumIf(amount, kind != ${PLACED}) - sum(stake_cash + stake_bonus) AS held
            FROM facts FINAL
           WHERE at < {to:DateTime64(3, 'UTC')} AND kind IN (${[PLACED, SETTLED, PUSHED, VOIDED, ROLLED_BACK].join(", ")})
           GROUP BY bet HAVING held != 0)
   GROUP BY ${group}`;

const bonusStatement = `
  SELECT toString(currency) AS of_currency, sumIf(amount, kind = ${factKinds.BONUS_GRANTED}) AS granted,
         sumIf(amount, kind = ${factKinds.BONUS_CONVERTED}) AS converted,
         sumIf(amount, kind = ${factKinds.BONUS_RETURNED}) AS returned,
         sumIf(amount, kind = ${factKinds.BONUS_FORFEITED}) AS forfeited
    FROM facts FINAL
   WHERE ${within} AND ${ofJurisdiction} = {jurisdiction:String} AND kind BETWEEN ${factKinds.BONUS_GRANTED} AND ${factKinds.BONUS_FORFEITED}
   GROUP BY of_currency ORDER BY of_currency`;

const numbers = [
  "stakes",
  "stakesBonus",
  "wins",
  "winsBonus",
  "settled",
  "corrected",
  "pushed",
  "voided",
  "rolledBack",
  "players",
  "openBets",
  "openStakes",
] as const;

/** Every game of every jurisdiction with play on that day of UTC or bets open at its end, in order of their names. */
export async function readPlay(store: ColumnStore, day: string): Promise<GamePlay[]> {
  const from = Date.parse(day);
  const params = { from: instantText(from), to: instantText(from + 86_400_000) };
  const played = await store.rows<Row>(dayStatement, params);
  const open = await store.rows<Row>(openStatement, { to: params.to });
  if (open.some((row) => Number(row["unknown"]) > 0)) throw new PlacingsMissing();
  const rows = new Map<string, Row>();
  for (const row of [...played, ...open]) rows.set(keyOf(row), { ...rows.get(keyOf(row)), ...row });
  return [...rows.entries()].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, row]) => readRow(row));
}

export async function readBonuses(store: ColumnStore, day: string, jurisdiction: Jurisdiction): Promise<BonusSums[]> {
  const from = Date.parse(day);
  const params = { from: instantText(from), to: instantText(from + 86_400_000), jurisdiction };
  const rows = await store.rows<Row>(bonusStatement, params);
  return rows.map((row) => ({
    currency: String(row["of_currency"]) as Currency,
    granted: BigInt(row["granted"] ?? 0),
    converted: BigInt(row["converted"] ?? 0),
    returned: BigInt(row["returned"] ?? 0),
    forfeited: BigInt(row["forfeited"] ?? 0),
  }));
}

function keyOf(row: Row): string {
  return JSON.stringify([row["of_jurisdiction"], row["of_provider"], row["of_game"], row["of_currency"]]);
}

function readRow(row: Row): GamePlay {
  return {
    ...(Object.fromEntries(numbers.map((name) => [name, BigInt(row[name] ?? 0)])) as Record<
      (typeof numbers)[number],
      bigint
    >),
    jurisdiction: String(row["of_jurisdiction"]) as Jurisdiction,
    provider: String(row["of_provider"]),
    game: String(row["of_game"]),
    currency: String(row["of_currency"]) as Currency,
  };
}
