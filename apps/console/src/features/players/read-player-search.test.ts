import { expect, test } from "vitest";
import { readPlayerSearch } from "./read-player-search.ts";

test.each([
  ["p_4k2", "playerId"],
  ["ada@example.com", "email"],
  ["dev_00ff00ff00ff00ff", "deviceId"],
  ["203.0.113.9", "ip"],
  ["203.0.113.0/24", "ip"],
  ["2001:db8::1", "ip"],
  ["+49 30 123456", "phone"],
  ["Ada Lovelace", "name"],
  ["lucky_jane", "nickname"],
  ["p_", "nickname"],
])("%s is looked for as %s", (typed, kind) => {
  expect(readPlayerSearch(`  ${typed} `)).toEqual({ kind, text: typed });
});

test("nothing typed is no search", () => {
  expect(readPlayerSearch("   ")).toBeUndefined();
});
