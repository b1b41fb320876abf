import { expect, test } from "vitest";
import { safePath } from "./safe-path.ts";

test("a path of the console stays, with its filters", () => {
  expect(safePath("/bets?status=HELD#top")).toBe("/bets?status=HELD#top");
});

test.each([
  "https://evil.example",
  "//evil.example",
  "/\\evil.example",
  "javascript:alert(1)",
  "",
  undefined,
  "/sign-in?x",
])("%s leads to the first page", (asked) => {
  expect(safePath(asked)).toBe("/");
});
