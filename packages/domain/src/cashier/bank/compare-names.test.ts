import { expect, test } from "vitest";
import { compareNames } from "./compare-names.ts";

const ada = { firstName: "Ada Augusta", lastName: "Byron" };
const jurgen = { firstName: "Jürgen", lastName: "Müller-Lüdenscheidt" };

test.each([
  ["Ada Byron", ada, "MATCH"],
  ["BYRON ADA", ada, "MATCH"],
  ["Augusta Byron", ada, "MATCH"],
  ["Byrom, Ada", ada, "MATCH"],
  ["A. Byron", ada, "PARTIAL"],
  ["Mr and Mrs Byron", ada, "PARTIAL"],
  ["Charles Babbage", ada, "MISMATCH"],
  ["Ada Lovelace", ada, "MISMATCH"],
  ["JUERGEN MUELLER LUEDENSCHEIDT", jurgen, "MATCH"],
  ["Jurgen Muller-Ludenscheidt", jurgen, "MATCH"],
  ["Ludenscheidt", jurgen, "MISMATCH"],
  ["", ada, "UNKNOWN"],
  ["Ada Byron", undefined, "UNKNOWN"],
] as const)("%s", (holder, player, expected) => {
  expect(compareNames(holder, player)).toBe(expected);
});
