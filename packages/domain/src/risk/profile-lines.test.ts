import { expect, test } from "vitest";
import { formatProfileLines, parseProfileLines } from "./profile-lines.ts";

const text = "betMax EUR 5000.00\nbetMax EUR 20.00 country=DE game=pitboss_dice\ndepositMonth GBP 900 player=p_8c";

test("rows are written as lines and read back", () => {
  const rows = parseProfileLines(`\n${text}\n\n`);
  if (!rows.ok) throw new Error(rows.error.detail);
  expect(rows.value[1]).toEqual({
    measure: "betMax",
    currency: "EUR",
    amount: "20.00",
    country: "DE",
    playerId: null,
    category: null,
    game: "pitboss_dice",
  });
  expect(formatProfileLines(rows.value)).toBe(text);
});

test.each([
  ["betMax EUR", 1],
  ["betMax EUR 1.00\nnothing EUR 1.00", 2],
  ["betMax XXX 1.00", 1],
  ["betMax EUR 1.00 planet=mars", 1],
  ["betMax EUR 1.00 game=", 1],
])("%j has its fault in line %i", (broken, line) => {
  expect(parseProfileLines(broken)).toMatchObject({ ok: false, error: { data: { line } } });
});
