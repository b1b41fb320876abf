/** Facts of named players, summed by player. Amounts are minor units of the currency that reports are in, with decimals beyond. */
import type { Stretch } from "@pitboss/db/reporting/attribution-store";
import { factorDecimals } from "@pitboss/domain/reporting/capture-rate";
import { factKinds, type FactKind } from "@pitboss/domain/reporting/facts";
import type { SumName } from "@pitboss/domain/reporting/figures";
import type { StaffDeps } from "../../identity/staff-deps.ts";
import { rateDecimals } from "@pitboss/domain/reporting/charges";
import { chargeColumn, type ChargeRates } from "../charges/charge-columns.ts";
import type { StoreParams } from "../store/column-store.ts";
import { instantText } from "../figures/select-facts.ts";

/** Ids of one statement: what is bound to it travels with it. */
const playersAtOnce = 5_000;

type Reports = StaffDeps["reports"];

interface Time {
  readonly fromMs: number;
  readonly toMs: number;
}

const amountOf = (kind: FactKind): string => `sumIf(amount, kind = ${factKinds[kind]})`;

/** What a share is taken of; other figures are no part of it. */
const sumColumns = {
  stakeCash: "sum(stake_cash)",
  stakeBonus: "sum(stake_bonus)",
  winCash: "sum(win_cash)",
  winBonus: "sum(win_bonus)",
  deposits: amountOf("DEPOSIT"),
  bonusGranted: amountOf("BONUS_GRANTED"),
  bonusConverted: amountOf("BONUS_CONVERTED"),
  bonusReturned: amountOf("BONUS_RETURNED"),
  bonusForfeited: amountOf("BONUS_FORFEITED"),
  jackpotContributed: amountOf("JACKPOT_CONTRIBUTED"),
  fees: amountOf("FEE"),
  pspFees: amountOf("PSP_FEE"),
  chargebackLoss: `${amountOf("CHARGEBACK_LOSS")} - ${amountOf("CHARGEBACK_RECOVERED")}`,
} as const satisfies Partial<Record<SumName, string>>;
/** Millionths of minor units, by what is charged at the time of each fact. */
const chargeNames = ["providerFees", "tax"] as const satisfies readonly SumName[];
type PlayerSum = keyof typeof sumColumns | (typeof chargeNames)[number];
const names = [...(Object.keys(sumColumns) as (keyof typeof sumColumns)[]), ...chargeNames];
const chargeScale = 10n ** BigInt(rateDecimals);

/** Decimals of a player's sum beyond its currency's. */
export const playerSumDecimals = factorDecimals + rateDecimals;

export interface PlayerSums {
  readonly playerId: bigint;
  /** With `playerSumDecimals` decimals beyond their currency's. */
  readonly sums: Readonly<Record<PlayerSum, bigint>>;
  readonly bets: bigint;
  /** Currencies without a rate on a day of theirs. */
  readonly unrated: readonly string[];
}

const rates = `(SELECT day, toString(currency) AS of_currency, factor FROM rates FINAL WHERE reporting = {reporting:String})`;
const ofThese = "player IN (SELECT toUInt64(arrayJoin({players:Array(String)})))";
const inTime = "at >= {from:DateTime64(3, 'UTC')} AND at < {to:DateTime64(3, 'UTC')}";

/** Each stretch over as much of the time as it lasts. Those that last for all of it are read together. */
export async function readPlayerSums(
  reports: Reports,
  charges: ChargeRates,
  stretches: readonly Stretch[],
  time: Time,
): Promise<PlayerSums[]> {
  const whole = stretches.filter(({ sinceMs, untilMs }) => sinceMs <= time.fromMs && untilMs >= time.toMs);
  const parts = stretches.filter((one) => !whole.includes(one));
  const sums: PlayerSums[] = [];
  for (const players of inParts(whole.map(({ playerId }) => playerId)))
    sums.push(...(await sumPlayers(reports, charges, players, time)));
  // A stretch that begins in the month begins before the player's first fact, mostly: then the month is as good.
  const begun = parts.filter(({ source, untilMs }) => source === "REGISTRATION" && untilMs >= time.toMs);
  for (const players of inParts(begun.map(({ playerId }) => playerId)))
    sums.push(...(await sumPlayers(reports, charges, players, time)));
  for (const { playerId, sinceMs, untilMs } of parts.filter((one) => !begun.includes(one))) {
    const within = { fromMs: Math.max(sinceMs, time.fromMs), toMs: Math.min(untilMs, time.toMs) };
    sums.push(...(await sumPlayers(reports, charges, [playerId], within)));
  }
  return sums;
}

async function sumPlayers(
  { store, currency }: Reports,
  charges: ChargeRates,
  players: readonly bigint[],
  time: Time,
): Promise<PlayerSums[]> {
  const fees = chargeColumn("fee", "provider", charges.fees, time);
  const taxes = chargeColumn("tax", "country", charges.taxes, time);
  const columns = { ...sumColumns, providerFees: fees.expression, tax: taxes.expression };
  const rows = await store.rows<Readonly<Record<string, string | string[]>>>(
    `SELECT toString(of_player) AS who, ${names.map((name) => `sum(toDecimal256(s_${name}, 0) * factor) AS ${name}`).join(", ")},
            sum(n_bets) AS bets, arraySort(groupUniqArrayIf(of_currency, factor = 0)) AS unrated
       FROM (SELECT player AS of_player, toDate(at) AS rate_day, toString(currency) AS rate_currency,
                    ${names.map((name) => `${columns[name]} AS s_${name}`).join(", ")}, countIf(kind = ${factKinds.SETTLED}) AS n_bets
               FROM facts FINAL WHERE ${inTime} AND ${ofThese}
              GROUP BY of_player, rate_day, rate_currency) sums
       LEFT JOIN ${rates} known ON known.day = sums.rate_day AND known.of_currency = sums.rate_currency
      GROUP BY of_player ORDER BY of_player`,
    { ...bind(players, time, currency), ...fees.params, ...taxes.params },
  );
  const scaleOf = (name: PlayerSum): bigint => (name === "providerFees" || name === "tax" ? 1n : chargeScale);
  return rows.map((row) => ({
    playerId: BigInt(String(row["who"])),
    sums: Object.fromEntries(names.map((name) => [name, readScaled(String(row[name])) * scaleOf(name)])) as Record<
      PlayerSum,
      bigint
    >,
    bets: BigInt(String(row["bets"])),
    unrated: Array.isArray(row["unrated"]) ? row["unrated"] : [],
  }));
}

export interface FirstDeposit {
  readonly playerId: bigint;
  readonly atMs: number;
  /** Minor units times 10^18. */
  readonly amount: bigint;
}

/** The first deposit of each player, whenever it was; who made none is not among them. */
export async function readFirstDeposits(
  { store, currency }: Reports,
  players: readonly bigint[],
): Promise<FirstDeposit[]> {
  const found: FirstDeposit[] = [];
  for (const part of inParts([...new Set(players)])) {
    const rows = await store.rows<{ who: string; at_ms: string; worth: string }>(
      `SELECT toString(of_player) AS who, toString(toUnixTimestamp64Milli(first_at)) AS at_ms,
              toDecimal256(first_amount, 0) * factor AS worth
         FROM (SELECT player AS of_player, min(at) AS first_at, toDate(first_at) AS first_day,
                      argMin(amount, (at, event, line)) AS first_amount,
                      argMin(toString(currency), (at, event, line)) AS first_currency
                 FROM facts FINAL WHERE kind = ${factKinds.DEPOSIT} AND ${ofThese} GROUP BY of_player) firsts
         LEFT JOIN ${rates} known ON known.day = firsts.first_day AND known.of_currency = firsts.first_currency`,
      { players: part.map(String), reporting: currency },
    );
    found.push(
      ...rows.map(({ who, at_ms, worth }) => ({
        playerId: BigInt(who),
        atMs: Number(at_ms),
        amount: readScaled(worth),
      })),
    );
  }
  return found;
}

/** Settled stakes by player and day of UTC, in whole minor units, rounded down: what is not reached is not reached. */
export async function readTurnoverByDay(
  { store, currency }: Reports,
  players: readonly bigint[],
  time: Time,
): Promise<ReadonlyMap<bigint, readonly { readonly day: string; readonly amount: bigint }[]>> {
  const found = new Map<bigint, { readonly day: string; readonly amount: bigint }[]>();
  for (const part of inParts(players)) {
    const rows = await store.rows<{ who: string; of_day: string; staked: string }>(
      `SELECT toString(of_player) AS who, toString(rate_day) AS of_day, sum(toDecimal256(stake, 0) * factor) AS staked
         FROM (SELECT player AS of_player, toDate(at) AS rate_day, toString(currency) AS rate_currency,
                      sum(stake_cash) + sum(stake_bonus) AS stake
                 FROM facts FINAL WHERE ${inTime} AND kind = ${factKinds.SETTLED} AND ${ofThese}
                GROUP BY of_player, rate_day, rate_currency) sums
         LEFT JOIN ${rates} known ON known.day = sums.rate_day AND known.of_currency = sums.rate_currency
        GROUP BY of_player, rate_day ORDER BY of_player, rate_day`,
      bind(part, time, currency),
    );
    for (const { who, of_day: day, staked } of rows) {
      const list = found.get(BigInt(who)) ?? [];
      list.push({ day, amount: readScaled(staked) / 10n ** BigInt(factorDecimals) });
      found.set(BigInt(who), list);
    }
  }
  return found;
}

function bind(players: readonly bigint[], { fromMs, toMs }: Time, reporting: string): StoreParams {
  return { players: players.map(String), from: instantText(fromMs), to: instantText(toMs), reporting };
}

function inParts(players: readonly bigint[]): bigint[][] {
  const parts: bigint[][] = [];
  for (let start = 0; start < players.length; start += playersAtOnce)
    parts.push(players.slice(start, start + playersAtOnce));
  return parts;
}

/** A decimal of the store, which leaves trailing zeros out, as a whole number of 10^-18. */
function readScaled(text: string): bigint {
  const negative = text.startsWith("-");
  const [whole = "0", fraction = ""] = (negative ? text.slice(1) : text).split(".");
  const digits = BigInt(whole + fraction.padEnd(factorDecimals, "0"));
  return negative ? -digits : digits;
}
