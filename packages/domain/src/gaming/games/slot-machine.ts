/**
 * The slot's machine as data: five reels of thirty stops, twenty lines, what the symbols pay. A change to any of it is a
 * new rules version, because proofs of rounds already played are computed from it.
 */
import { assert } from "../../kernel/result.ts";

export const slotSymbols = [
  "wild",
  "chip",
  "seven",
  "crown",
  "bell",
  "clover",
  "ace",
  "king",
  "queen",
  "jack",
] as const;

export type SlotSymbol = (typeof slotSymbols)[number];

export const slotRows = 3;

/** From the top of the reel down; a reel that stops at n shows n, n + 1 and n + 2, counted round its end. */
export const slotReels: readonly (readonly SlotSymbol[])[] = [
  reel(
    "jack clover queen king ace chip queen clover king queen jack seven ace clover bell " +
      "ace queen jack crown bell jack king clover jack king queen bell jack king ace",
  ),
  reel(
    "clover jack wild chip jack king queen seven ace queen king jack ace crown king " +
      "bell queen jack bell queen clover ace wild king crown clover ace jack bell queen",
  ),
  reel(
    "king queen chip ace bell wild king crown jack clover king wild clover jack chip " +
      "queen ace jack seven crown queen bell king clover ace bell wild queen ace jack",
  ),
  reel(
    "chip wild ace bell clover king jack crown wild queen bell ace king queen ace " +
      "bell queen jack king clover seven ace jack wild king crown clover jack queen clover",
  ),
  reel(
    "king ace seven jack bell crown queen ace chip jack clover queen ace clover queen " +
      "king crown jack bell king queen clover king jack ace queen seven bell jack chip",
  ),
];

/** The row (0 on top) that each line crosses on each of the five reels. */
export const slotLines: readonly (readonly number[])[] = [
  "11111",
  "00000",
  "22222",
  "01210",
  "21012",
  "00122",
  "22100",
  "10001",
  "12221",
  "01110",
  "21112",
  "10121",
  "12101",
  "01010",
  "21212",
  "11011",
  "11211",
  "00200",
  "22022",
  "02120",
].map((rows) => [...rows].map(Number));

/** Gross multiples of a line's stake (a twentieth of the bet) for three, four and five from the left. */
export const slotLinePays: Readonly<Partial<Record<SlotSymbol, readonly [three: number, four: number, five: number]>>> =
  {
    seven: [50, 300, 10_000],
    crown: [40, 150, 1_500],
    bell: [30, 100, 500],
    clover: [20, 75, 250],
    ace: [10, 30, 125],
    king: [10, 25, 100],
    queen: [5, 20, 75],
    jack: [5, 15, 50],
  };

/** Gross multiples of the whole bet by the number of chips anywhere in the window; fewer than three pay nothing. */
export const slotScatterPays: readonly number[] = [0, 0, 0, 2, 15, 250];

function reel(text: string): SlotSymbol[] {
  return text.split(" ").map((word) => {
    const symbol = slotSymbols.find((known) => known === word);
    assert(symbol !== undefined, `the slot has a symbol named ${word}`);
    return symbol;
  });
}
