import { expect, test } from "vitest";
import { areOpposite } from "./judge-play.ts";

test("two sides of one market are opposite, whoever spells them how", () => {
  expect(
    areOpposite([
      { market: "red_black", value: "red" },
      { market: "red_black", value: "Black" },
    ]),
  ).toBe(true);
  expect(
    areOpposite([
      { market: "low_high", value: "low" },
      { market: "even_odd", value: "even" },
    ]),
  ).toBe(false);
  expect(
    areOpposite([
      { market: "a", value: "red" },
      { market: "b", value: "black" },
    ]),
  ).toBe(false);
  expect(areOpposite([{ market: "red_black", value: "red" }])).toBe(false);
});

test("what is no selection is passed over", () => {
  expect(areOpposite([null, 7, "red", {}, { market: "red_black" }])).toBe(false);
});
