/** Charges as columns of sums: each fact's result or stake, times the rate of its provider or country on its day. */
import type { ChargeBase, ChargeSegment, ChargeVersion } from "@pitboss/domain/reporting/charges";
import type { ZonedRange } from "@pitboss/domain/audit/zoned-range";
import type { StoreParams } from "../store/column-store.ts";

export interface ChargeRates {
  readonly fees: readonly ChargeSegment[];
  readonly taxes: readonly ChargeSegment[];
}

export interface ChargeColumn {
  /** Millionths of minor units. */
  readonly expression: string;
  readonly params: StoreParams;
}

const amounts: Readonly<Record<ChargeBase, string>> = {
  GGR: "stake_cash + stake_bonus - win_cash - win_bonus",
  GGR_CASH: "stake_cash - win_cash",
  STAKES: "stake_cash + stake_bonus",
  STAKES_CASH: "stake_cash",
};

const dayMs = 86_400_000;

/** `of` is the column of facts by which rates differ. */
export function chargeColumn(
  name: string,
  of: "provider" | "country",
  segments: readonly ChargeSegment[],
  range: ZonedRange,
): ChargeColumn {
  const held = segments.filter((segment, index) => {
    const next = segments[index + 1];
    return (
      Date.parse(segment.from) < range.toMs && (next === undefined || Date.parse(next.from) > range.fromMs - dayMs)
    );
  });
  const params: Record<string, readonly string[]> = {};
  const bases = new Set(held.flatMap(versionsOf).map(({ base }) => base));
  const terms = [...bases].map((base) => {
    const rates = held.map((segment, index) => rateOf(segment, base, of, `${name}${base}${index}`, params));
    return `sum(toInt128(${amounts[base]}) * ${steps(held, rates)})`;
  });
  return { expression: terms.length === 0 ? "toInt128(0)" : terms.join(" + "), params };
}

/** Rates by the time at which they begin; before the first there is none. */
function steps(segments: readonly ChargeSegment[], rates: readonly string[]): string {
  const cases = segments.map(
    ({ from }, index) =>
      `at < toDateTime64('${from} 00:00:00', 3, 'UTC'), ${index === 0 ? "toInt64(0)" : rates[index - 1]}`,
  );
  return `multiIf(${cases.join(", ")}, ${rates.at(-1)})`;
}

function rateOf(
  { rates, otherwise }: ChargeSegment,
  base: ChargeBase,
  of: string,
  name: string,
  params: Record<string, readonly string[]>,
): string {
  const rate = (version: ChargeVersion | undefined): number => (version?.base === base ? version.ratePpm : 0);
  const fallback = `toInt64(${rate(otherwise)})`;
  // A key of another base is listed as well: it must not fall to what all others pay.
  const keys = [...rates.keys()].sort();
  if (keys.length === 0) return fallback;
  params[name] = keys;
  const values = keys.map((key) => `toInt64(${rate(rates.get(key))})`);
  return `transform(${of}, {${name}:Array(String)}, [${values.join(", ")}], ${fallback})`;
}

function versionsOf({ rates, otherwise }: ChargeSegment): ChargeVersion[] {
  return [...rates.values(), ...(otherwise === undefined ? [] : [otherwise])];
}
