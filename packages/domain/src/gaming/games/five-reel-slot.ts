/**
 * A slot of five reels, three rows and twenty fixed lines. A line pays its leftmost symbol where at least three of it
 * stand on the first reels without a gap; the wild (on reels 2 to 4 only) stands for every symbol but the chip, and
 * three or more chips anywhere pay on the whole bet. All wins of a spin are added and the sum is rounded down once.
 */
import { type Rational, rational } from "../../kernel/rational.ts";
import { assert, ok } from "../../kernel/result.ts";
import type { BuiltInGame, PlacedSelection } from "./built-in-game.ts";
import { parsePlaced, type SelectionForm } from "./parse-selection.ts";
import {
  slotLinePays,
  slotLines,
  slotReels,
  slotRows,
  slotScatterPays,
  slotSymbols,
  type SlotSymbol,
} from "./slot-machine.ts";

const lineCount = BigInt(slotLines.length);
const allLines = { market: "lines", value: `${slotLines.length}` };

const form: SelectionForm = {
  positionsMax: 1,
  canonical: (market, value) => (market === allLines.market && value === allLines.value ? value : undefined),
  hint: `All ${slotLines.length} lines are always played: the market is lines and the value ${slotLines.length}, or the selection is left out.`,
};

interface LineWin {
  readonly line: number;
  readonly symbol: SlotSymbol;
  readonly count: number;
  readonly pays: number;
}

export const fiveReelSlot: BuiltInGame = {
  id: "pitboss_slot",
  name: "High Chip",
  category: "slots",
  rules: {
    version: 1,
    summary: `Five reels, three rows, ${slotLines.length} lines. Symbols pay from the left; the wild stands for all but the chip; three chips anywhere pay on the whole bet.`,
    paytable: [
      ...Object.entries(slotLinePays).flatMap(([symbol, pays]) =>
        pays.map((pay, index) => ({
          market: "lines",
          values: `${index + 3} × ${symbol} from the left on a line`,
          pays: `${pay} / ${slotLines.length}`,
        })),
      ),
      ...slotScatterPays.flatMap((pay, count) =>
        pay === 0
          ? []
          : [
              {
                market: "lines",
                values: `${count} × chip anywhere`,
                pays: `${pay}`,
              },
            ],
      ),
    ],
    data: {
      symbols: slotSymbols,
      reels: slotReels,
      rows: slotRows,
      lines: slotLines,
      linePays: slotLinePays,
      scatterPays: slotScatterPays,
    },
  },
  rtp: returnOfMachine(),
  // The best of all 30^5 spins pays 510.5 times the bet; the tests go through every one of them.
  maxMultiplier: rational(1021n, 2n),
  parseSelection(raw, stake, currency) {
    // There is nothing to choose, so a client may leave the selection out.
    if (raw === undefined || (Array.isArray(raw) && raw.length === 0)) return ok([{ ...allLines, stake }]);
    return parsePlaced(raw, stake, currency, form);
  },
  play(selection, draw) {
    const stake = stakeOf(selection);
    const stops = slotReels.map((reel) => draw.below(reel.length));
    const window = windowAt(stops);
    const wins = slotLines.flatMap((line, index) => lineWin(window, line, index + 1) ?? []);
    const chips = window.flat().filter((symbol) => symbol === "chip").length;
    const scatterPays = slotScatterPays[chips] ?? 0;
    const multiplier = rational(
      wins.reduce((sum, win) => sum + BigInt(win.pays), 0n) + BigInt(scatterPays) * lineCount,
      lineCount,
    );
    return {
      payout: (stake * multiplier.num) / multiplier.den,
      multiplier,
      result: {
        stops,
        window,
        wins: wins.map((win) => ({ ...win })),
        chips,
        scatterPays,
      },
    };
  },
  rtpOf: () => fiveReelSlot.rtp,
  maxPayout: (selection) => (stakeOf(selection) * fiveReelSlot.maxMultiplier.num) / fiveReelSlot.maxMultiplier.den,
};

function stakeOf(selection: readonly PlacedSelection[]): bigint {
  const placed = selection[0];
  assert(placed !== undefined && selection.length === 1, "a slot selection is one position, all lines");
  return placed.stake;
}

/** What the player sees: rows from the top, in each the symbols of reels 1 to 5. */
function windowAt(stops: readonly number[]): SlotSymbol[][] {
  return Array.from({ length: slotRows }, (_, row) =>
    slotReels.map((reel, index) => symbolAt(reel, (stops[index] ?? 0) + row)),
  );
}

function symbolAt(reel: readonly SlotSymbol[], position: number): SlotSymbol {
  const symbol = reel[position % reel.length];
  assert(symbol !== undefined, "a reel has a symbol at every stop");
  return symbol;
}

function lineWin(window: readonly SlotSymbol[][], line: readonly number[], number: number): LineWin | undefined {
  const symbols = line.map((row, reel) => window[row]?.[reel]);
  const symbol = symbols[0];
  if (symbol === undefined) return undefined;
  let count = 1;
  while (count < symbols.length && (symbols[count] === symbol || symbols[count] === "wild")) count += 1;
  const pays = count < 3 ? undefined : slotLinePays[symbol]?.[count - 3];
  return pays === undefined ? undefined : { line: number, symbol, count, pays };
}

/**
 * The exact return. Every row of a reel shows each of the reel's symbols equally often over its stops, so all lines have
 * the same expectation: the sum over symbols and lengths of the chance of that run times what it pays. To it comes the
 * expectation of the chips, from how many of each reel's windows show how many.
 */
function returnOfMachine(): Rational {
  let paid = 0n;
  for (const [symbol, pays] of Object.entries(slotLinePays)) {
    const matching = slotReels.map(
      (reel, index) => reel.filter((shown) => shown === symbol || (index > 0 && shown === "wild")).length,
    );
    for (const [index, pay] of pays.entries()) paid += waysOfRun(matching, index + 3) * BigInt(pay);
  }
  for (const [chips, ways] of waysOfChips().entries()) paid += ways * BigInt(slotScatterPays[chips] ?? 0);
  return rational(
    paid,
    slotReels.reduce((product, reel) => product * BigInt(reel.length), 1n),
  );
}

/** In how many of all spins a line begins with a run of exactly `length`, given how many stops match on each reel. */
function waysOfRun(matching: readonly number[], length: number): bigint {
  return slotReels.reduce((ways, reel, index) => {
    const match = matching[index] ?? 0;
    if (index < length) return ways * BigInt(match);
    return ways * BigInt(index === length ? reel.length - match : reel.length);
  }, 1n);
}

/** In how many of all spins the window shows 0, 1, 2, … chips: the product of the reels' own counts as polynomials. */
function waysOfChips(): bigint[] {
  let ways = [1n];
  for (const reel of slotReels) {
    const next = Array.from({ length: ways.length + slotRows }, () => 0n);
    for (let stop = 0; stop < reel.length; stop += 1) {
      let chips = 0;
      for (let row = 0; row < slotRows; row += 1) if (symbolAt(reel, stop + row) === "chip") chips += 1;
      for (const [count, before] of ways.entries()) next[count + chips] = (next[count + chips] ?? 0n) + before;
    }
    ways = next;
  }
  return ways;
}
