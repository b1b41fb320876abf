/**
 * Reads the `selection` of a bet: a list of `{ market, value, stake? }`. The stake is divided over the positions in one
 * of two ways: where none names its own, equally, in whole minor units, the first positions taking a unit more where it
 * does not divide; where every one names its own (a decimal string), as named, if they sum to the bet's stake.
 */
import { z } from "zod";
import { err, ok, type Failure, type Result } from "../../kernel/result.ts";
import type { Currency } from "../../wallet/currency.ts";
import { formatMinor, parseAmount, splitByLargestRemainder } from "../../wallet/money.ts";
import type { PlacedSelection } from "./built-in-game.ts";

type Refusal = Failure<"SELECTION_INVALID">;

export interface SelectionForm {
  readonly positionsMax: number;
  /** The one spelling of this value on this market, or undefined where the game has no such position. */
  readonly canonical: (market: string, value: string) => string | undefined;
  /** A sentence for who sent a position that does not exist. */
  readonly hint: string;
}

const rawSelection = z.array(
  z.object({
    market: z.string().max(32),
    value: z.string().max(64),
    stake: z.string().max(40).optional(),
  }),
);
type RawItem = z.infer<typeof rawSelection>[number];

export function parsePlaced(
  raw: unknown,
  stake: bigint,
  currency: Currency,
  form: SelectionForm,
): Result<readonly PlacedSelection[], Refusal> {
  const read = rawSelection.safeParse(raw);
  if (!read.success) return refuse("A selection is a list of positions, each with a market and a value.");
  const items = read.data;
  if (items.length === 0 || items.length > form.positionsMax) {
    return refuse(`A bet takes 1 to ${form.positionsMax} positions, and ${items.length} were sent.`);
  }
  const positions: { market: string; value: string }[] = [];
  const seen = new Set<string>();
  for (const { market, value } of items) {
    const canonical = form.canonical(market, value);
    if (canonical === undefined)
      return refuse(`There is no position "${value}" on the market "${market}". ${form.hint}`);
    const key = `${market} ${canonical}`;
    if (seen.has(key)) return refuse(`The position "${canonical}" on the market "${market}" is named twice.`);
    seen.add(key);
    positions.push({ market, value: canonical });
  }
  const stakes = divideStake(items, stake, currency);
  if (!stakes.ok) return stakes;
  return ok(
    positions.map((position, index) => ({
      ...position,
      stake: stakes.value[index] ?? 0n,
    })),
  );
}

function divideStake(items: readonly RawItem[], stake: bigint, currency: Currency): Result<bigint[], Refusal> {
  const own = items.flatMap((item) => (item.stake === undefined ? [] : [item.stake]));
  if (own.length === 0) {
    if (stake < BigInt(items.length)) return refuse("The stake is too small to be divided over so many positions.");
    return ok(
      splitByLargestRemainder(
        stake,
        items.map(() => 1n),
      ),
    );
  }
  if (own.length < items.length) return refuse("Either every position names its own stake, or none does.");
  const parts: bigint[] = [];
  for (const text of own) {
    const part = parseAmount(text, currency);
    if (!part.ok || part.value === 0n) return refuse(`"${text}" is not a stake above zero in ${currency}.`);
    parts.push(part.value);
  }
  const sum = parts.reduce((a, b) => a + b, 0n);
  if (sum === stake) return ok(parts);
  return refuse(
    `The positions' stakes sum to ${formatMinor(sum, currency)}, and ${formatMinor(stake, currency)} is bet.`,
  );
}

function refuse(detail: string): Result<never, Refusal> {
  return err("SELECTION_INVALID", detail);
}
