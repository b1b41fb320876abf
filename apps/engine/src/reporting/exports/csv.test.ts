import { expect, test } from "vitest";
import { preambleLines } from "./csv.ts";

test("a head line is one line and begins with #, whatever it holds", () => {
  expect(
    preambleLines([
      ["Filters", "games: a\r\nb"],
      ["Zone", "=1+1"],
    ]),
  ).toBe("# Filters: games: a b\r\n# Zone: =1+1\r\n");
});
