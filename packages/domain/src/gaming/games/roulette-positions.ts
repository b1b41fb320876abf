/**
 * The table of European roulette: every position that takes a chip, with the pockets that it wins on. A position over n
 * pockets pays 36/n gross (35:1 on one, 17:1 on two, …, 1:1 on eighteen), so that each has the same return, 36/37.
 */
export interface RoulettePosition {
  readonly market: string;
  readonly value: string;
  readonly pockets: readonly number[];
}

export const pocketCount = 37;

const redPockets = new Set([1, 3, 5, 7, 9, 12, 14, 16, 18, 19, 21, 23, 25, 27, 30, 32, 34, 36]);
const numbers = Array.from({ length: 36 }, (_, index) => index + 1);

export function pocketColor(pocket: number): "green" | "red" | "black" {
  if (pocket === 0) return "green";
  return redPockets.has(pocket) ? "red" : "black";
}

/** An inside position is named by its pockets, ascending, joined by `-`. */
function inside(market: string, ...pockets: readonly number[]): RoulettePosition {
  return { market, value: pockets.join("-"), pockets };
}

function outside(market: string, value: string, covers: (pocket: number) => boolean): RoulettePosition {
  return { market, value, pockets: numbers.filter(covers) };
}

// The numbers lie in twelve rows of three: 1 2 3, 4 5 6, …; the zero touches 1, 2 and 3.
const notLastOfRow = numbers.filter((number) => number % 3 !== 0);
const notInLastRow = numbers.filter((number) => number <= 33);
const rowStarts = numbers.filter((number) => number % 3 === 1);

export const roulettePositions: readonly RoulettePosition[] = [
  ...[0, ...numbers].map((number) => inside("straight", number)),
  ...[1, 2, 3].map((number) => inside("split", 0, number)),
  ...notLastOfRow.map((number) => inside("split", number, number + 1)),
  ...notInLastRow.map((number) => inside("split", number, number + 3)),
  inside("street", 0, 1, 2),
  inside("street", 0, 2, 3),
  ...rowStarts.map((first) => inside("street", first, first + 1, first + 2)),
  inside("corner", 0, 1, 2, 3),
  ...notLastOfRow
    .filter((number) => number <= 33)
    .map((number) => inside("corner", number, number + 1, number + 3, number + 4)),
  ...rowStarts
    .filter((first) => first <= 31)
    .map((first) => inside("six_line", first, first + 1, first + 2, first + 3, first + 4, first + 5)),
  ...[1, 2, 3].map((dozen) => outside("dozen", `${dozen}`, (pocket) => Math.ceil(pocket / 12) === dozen)),
  ...[1, 2, 3].map((column) => outside("column", `${column}`, (pocket) => pocket % 3 === column % 3)),
  outside("red_black", "red", (pocket) => pocketColor(pocket) === "red"),
  outside("red_black", "black", (pocket) => pocketColor(pocket) === "black"),
  outside("even_odd", "even", (pocket) => pocket % 2 === 0),
  outside("even_odd", "odd", (pocket) => pocket % 2 === 1),
  outside("low_high", "low", (pocket) => pocket <= 18),
  outside("low_high", "high", (pocket) => pocket >= 19),
];
